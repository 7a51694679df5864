import { ALL_SERVERS, type ServerName, type Servers } from '@/e2e/story/servers';
import { spreadOf } from '../measure';
import { promisedRow, type Row, type RunOptions } from '../row';

const START_LIMIT_S = 1;
const STARTS = 5;

/** From nothing to ready, server by server. */
export async function starts(servers: Servers, { say, rounds = STARTS }: RunOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of ALL_SERVERS) {
    say(`starts of the ${name}`);
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) took.push(await startS(servers, name));
    const what = `from the start of the ${name} to its readiness, s; peer: the limit`;
    rows.push(promisedRow({ id: `start-${name}`, what }, spreadOf(took).median, START_LIMIT_S));
  }
  return rows;
}

async function startS({ urls, start, stopServer }: Servers, name: ServerName): Promise<number> {
  await stopServer(name);
  const startedAtMs = performance.now();
  await start(name);
  while ((await fetch(`${urls[name]}/readyz`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 5));
  return (performance.now() - startedAtMs) / 1_000;
}
