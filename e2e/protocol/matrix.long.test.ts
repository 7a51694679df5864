import { testDevices, testMatrix } from './matrix-runs';
import { inMemory, onPostgres } from './mortal';

testMatrix('memory stores, everywhere', inMemory, 'all');
testMatrix('PostgreSQL, everywhere', onPostgres, 'all');
testDevices('PostgreSQL, everywhere', onPostgres, () => 'all', 160);
