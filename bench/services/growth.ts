/** The same requests on small and on large tables: how PostgreSQL runs them, and how long they take. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { type Servers, startServers } from '@/e2e/story/servers';
import { runAdmin } from '@/services/admin/run';
import { createDatabase } from '@/services/http/testing/postgres';
import { random } from '@/services/realm/testing/device';
import { interleave, type Spread } from '../measure';
import { figureRow, measuredRow, promisedRow, type Row, type RunOptions } from '../row';
import { bytesARow } from './fill';
import { changedPlans } from './plans';
import { BEHIND_A_PROXY } from './processes';
import { type FilledTables, fillTables } from './tables';

const ROUNDS = 7;
const WARM_UPS = 1;
const SMALL = 10_000;
const LARGE = Number(process.env.HALFKEY_BENCH_ROWS ?? 1_000_000);
const SLOWER_LIMIT = 1.3;

/** Small and large tables stand side by side, so that a busy moment of the machine hits both. */
export async function growth(servers: Servers, options: RunOptions): Promise<Row[]> {
  const { say, rounds = ROUNDS } = options;
  const others = await startServers({ vault: BEHIND_A_PROXY, issuer: BEHIND_A_PROXY, realm: BEHIND_A_PROXY });
  const open: FilledTables[] = [];
  try {
    say(`filling: ${SMALL} accounts`);
    const small = await fillTables(servers, SMALL);
    open.push(small);
    const moved = await moveAccounts(servers.databaseUrls.vault, servers);
    say(`filling: ${LARGE} accounts`);
    const large = await fillTables(others, LARGE);
    open.push(large);
    say('requests on both');
    const release = await interleave(rounds, WARM_UPS, large.release, small.release);
    const guess = await interleave(rounds, WARM_UPS, large.guess, small.guess);
    const slower = (id: string, what: string, spread: { ours: Spread; peer: Spread }) =>
      measuredRow({ id, what: `${what} on ${LARGE} rows, median ms; peer: on ${SMALL}`, limit: SLOWER_LIMIT }, spread);
    return [
      slower('rows-release', 'a release', release),
      slower('rows-guess', 'a guess', guess),
      await samePlans(small, large, say),
      ...moved,
      ...(await sizes(large.vault, ['account', 'feed', 'session_device'])),
      ...(await sizes(large.realm, ['realm_record', 'realm_event'])),
    ];
  } finally {
    await Promise.all(open.map((tables) => tables.close()));
    await others.stop();
  }
}

async function samePlans(small: FilledTables, large: FilledTables, say: RunOptions['say']): Promise<Row> {
  const [before, after] = [await small.plans(), await large.plans()];
  const changed = before.flatMap((plans, index) => changedPlans(plans, after[index] ?? new Map()));
  for (const change of changed) say(`  another plan: ${change}`);
  const counted = before.reduce((sum, { size }) => sum + size, 0);
  const what = 'statements with the same plan, of those of a request; peer: all';
  return { ...promisedRow({ id: 'rows-plans', what }, counted - changed.length, counted), limit: null, least: 1 };
}

async function sizes(client: pg.Client, tables: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const table of tables) {
    const what = `bytes a row of ${table}, indexes included`;
    rows.push(figureRow({ id: `bytes-${table}`, what }, await bytesARow(client, table)));
  }
  return rows;
}

/** A backup of the small tables, and its way into an empty database. */
async function moveAccounts(databaseUrl: string, { postgres }: Servers): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-bench-'));
  const perSecond = async (command: string, url: string) => {
    const startedAtMs = performance.now();
    const environment = { VAULT_DATABASE_URL: url };
    const parts = { environment, now: Date.now, random };
    const { status, stderr } = await runAdmin([command, 'vault', join(folder, 'backup')], parts);
    if (status !== 0) throw new Error(stderr);
    return (SMALL * 1_000) / (performance.now() - startedAtMs);
  };
  try {
    return [
      figureRow(
        { id: 'export', what: 'accounts a second into a backup of the vault' },
        await perSecond('export', databaseUrl),
      ),
      figureRow(
        { id: 'import', what: 'accounts a second out of it into an empty database' },
        await perSecond('import', await createDatabase(postgres.url)),
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
