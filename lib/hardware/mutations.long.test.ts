import { it } from 'vitest';
import { checkMutations } from './testing/mutations';

it(
  'answers 100,000 broken conversations with typed errors, or with the right signature',
  () => checkMutations(100_000),
  3_600_000,
);
