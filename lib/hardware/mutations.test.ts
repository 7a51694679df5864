import { it } from 'vitest';
import { checkMutations } from './testing/mutations';

it(
  'answers 5,000 broken conversations of each kind with typed errors, or with the right signature',
  () => checkMutations(5_000),
  300_000,
);
