import { expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { RPC_CODE, wireErrorOf } from './rpc-error';

it.each([
  ['device-cancelled', 'rejected'],
  ['device-page-closed', 'rejected'],
  ['device-unsupported', 'unsupported'],
  ['busy', 'pending'],
  ['device-misbehaved', 'internal'],
] as const)('a device that says %s is to a site: %s', (code, problem) => {
  const { code: told, message } = wireErrorOf(new WalletError(code, { reason: 'typed-data' }));
  expect(told).toBe(RPC_CODE[problem]);
  expect(message).not.toContain(code);
});
