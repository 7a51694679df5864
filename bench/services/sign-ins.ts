import { createRelayed } from '@/e2e/story/relayed';
import type { Servers } from '@/e2e/story/servers';
import { spreadOf } from '../measure';
import { figureRow, type Row, type RunOptions } from '../row';
import { cpuSeconds } from './processes';

const PEOPLE = 8;
const ROUNDS = 7;
/** Of each person in a round. */
const SIGN_INS = 5;

/** What the relay is for: from its first redirect to an ID token, and a session at vault and issuer with it. */
export async function signIns(servers: Servers, { say, rounds = ROUNDS }: RunOptions): Promise<Row[]> {
  say(`sign-ins through the relay by ${PEOPLE} at once`);
  const ground = { servers, onWrite: () => undefined, standing: async () => undefined };
  const people = Array.from({ length: PEOPLE }, (_, index) => createRelayed(`person ${index}`, ground));
  const pid = servers.pidOf('relay');
  const before = cpuSeconds(pid);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAtMs = performance.now();
    await Promise.all(
      people.map(async (person) => {
        for (let made = 0; made < SIGN_INS; made += 1) await person.signIn();
      }),
    );
    rates.push((PEOPLE * SIGN_INS * 1_000) / (performance.now() - startedAtMs));
  }
  const ms = ((cpuSeconds(pid) - before) * 1_000) / (rounds * PEOPLE * SIGN_INS);
  const what = `sign-ins through the relay a second, ${PEOPLE} at once, each with a stranger who tries the same handle`;
  return [
    figureRow({ id: 'relay-sign-in', what }, spreadOf(rates).median),
    figureRow({ id: 'relay-cpu', what: 'processor time of the relay for one, ms' }, ms),
  ];
}
