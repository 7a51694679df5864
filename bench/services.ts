/** The services on a PostgreSQL with fsync on: what they cost beside the least that would do the same. */
import { ALL_SERVERS, type Servers, startServers } from '@/e2e/story/servers';
import { spreadOf } from './measure';
import { figureRow, type Group, promisedRow, type Row, type RunOptions, textOf } from './row';
import { growth } from './services/growth';
import { guesses } from './services/guesses';
import { BEHIND_A_PROXY, cpuSeconds, residentMb } from './services/processes';
import { createReleaseClient, type ReleaseClient } from './services/release-clients';
import { releases } from './services/releases';
import { signIns } from './services/sign-ins';
import { starts } from './services/starts';

const CLIENTS = 32;
const ROUNDS = 7;
/** Of each sample. */
const WITNESSES = 80;
const MEMORY_LIMIT_MB = 200;
export const services: Group = {
  name: 'services',
  run: async (options) => {
    const servers = await startServers({ vault: BEHIND_A_PROXY, issuer: BEHIND_A_PROXY, realm: BEHIND_A_PROXY });
    try {
      const clients = await Promise.all(
        Array.from({ length: CLIENTS }, (_, index) => createReleaseClient(servers, index)),
      );
      const rows: Row[] = [];
      for (const step of [releases, guesses, witnesses, signIns, memory, starts, growth]) {
        const found = await step(servers, options, clients);
        // Told at once, so that nothing is lost when a later step fails.
        for (const row of found) options.say(textOf(row));
        rows.push(...found);
      }
      return rows;
    } finally {
      await servers.stop();
    }
  },
};

/** What a device asks the issuer before and after everything: each reads the feed of the vault. */
async function witnesses({ pidOf }: Servers, { say, rounds = ROUNDS }: RunOptions, clients: readonly ReleaseClient[]) {
  say('witness requests by 8 at once');
  const pid = pidOf('issuer');
  const before = cpuSeconds(pid);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAtMs = performance.now();
    await Promise.all(clients.slice(0, 8).map((client) => client.witness(WITNESSES / 8)));
    rates.push((WITNESSES * 1_000) / (performance.now() - startedAtMs));
  }
  const ms = ((cpuSeconds(pid) - before) * 1_000) / (rounds * WITNESSES);
  return [
    figureRow({ id: 'issuer-witness', what: 'requests for the witness a second, 8 at once' }, spreadOf(rates).median),
    figureRow({ id: 'issuer-cpu', what: 'processor time of the issuer for one, ms' }, ms),
  ];
}

/** Taken while the load of the groups before is still in the heaps. */
const memory = async ({ pidOf }: Servers): Promise<Row[]> =>
  ALL_SERVERS.map((name) => {
    const what = `resident memory of the ${name} after its load, MB; peer: the limit`;
    return promisedRow({ id: `memory-${name}`, what }, residentMb(pidOf(name)), MEMORY_LIMIT_MB);
  });
