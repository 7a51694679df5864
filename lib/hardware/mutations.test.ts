import { it } from 'vitest';
import { checkMutations } from './testing/mutations';

it(
  'answers 2,500 broken conversations of each kind with typed errors, or with the right signature',
  () => checkMutations(2_500),
  300_000,
);
