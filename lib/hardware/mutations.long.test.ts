import { it } from 'vitest';
import { checkMutations } from './testing/mutations';

it(
  'answers 50,000 broken conversations of each kind with typed errors, or with the right signature',
  () => checkMutations(50_000),
  3_600_000,
);
