/** R1 to R7 hold in every state of the model, and the model notices when one of them is broken. */
import { describe, expect, it } from 'vitest';
import { checkModel, GOALS, MUTANTS } from './check-model';

const SLOW_MS = 1_200_000;

describe('the model of the life cycle', () => {
  it.each([
    ['two attempts and an issuer that may be restored', [], 300_000],
    ['three attempts', ['SLOTS=3', 'WITHOUT_RESTORE'], 600_000],
  ])(
    'with %s has no state in which a wallet is lost, a live slot deleted or an owner stuck',
    (_, definitions, least) => {
      const { violated, states } = checkModel(definitions);
      expect(violated).toBeNull();
      expect(states).toBeGreaterThan(least);
    },
    SLOW_MS,
  );

  it.each(MUTANTS)(
    'catches the mutant %s',
    (name) => {
      expect(checkModel([`MUTANT_${name}`]).violated).not.toBeNull();
    },
    SLOW_MS,
  );

  it.each(GOALS)(
    'comes to %s',
    (name) => {
      expect(checkModel([`GOAL_${name}`]).violated).not.toBeNull();
    },
    SLOW_MS,
  );
});
