import { expect, it } from 'vitest';
import { shownTask, type TaskPurpose } from './task';

const opening = (purpose: TaskPurpose, code: 'interrupted' | 'vault-unreachable' | 'sign-in-cancelled') =>
  shownTask({ stage: 'opening', purpose, device: null, providerId: null, error: { code, details: {} } });

it.each([
  ['withdraw', 'interrupted', true],
  ['sign-out', 'vault-unreachable', true],
  ['withdraw', 'sign-in-cancelled', false],
  // Nothing is sent before something more was typed.
  ['delete', 'interrupted', false],
  ['pin-reset', 'vault-unreachable', false],
  ['second-sign-in', 'interrupted', false],
] as const)('a %s that failed by %s may be done all the same: %s', (purpose, code, mayBeDone) => {
  expect(opening(purpose, code)).toMatchObject({ stage: 'opening', purpose, mayBeDone });
});

it('that has not failed has done nothing yet', () => {
  const task = { stage: 'opening', purpose: 'withdraw', device: null, providerId: null, error: null } as const;
  expect(shownTask(task)).toMatchObject({ error: null, mayBeDone: false });
});
