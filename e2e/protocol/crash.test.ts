/** I4: a device may die at any moment. */
import type { Flow } from './matrix';
import { testDevices, type Visits } from './matrix-runs';
import { inMemory, onPostgres } from './mortal';

/** What makes the same contacts as a creation is visited at some of them only. */
const everywhere = ({ name }: Flow): Visits => (name === 'another sign-in' ? 8 : 'all');

testDevices('memory stores', inMemory, everywhere, 120);
testDevices('PostgreSQL', onPostgres, () => 2, 18);
