import { testMatrix } from './matrix-runs';
import { inMemory, onPostgres } from './mortal';

testMatrix('memory stores', inMemory, 2);
testMatrix('PostgreSQL', onPostgres, 1);
