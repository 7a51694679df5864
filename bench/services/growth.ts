/** The same requests on small and on large tables: how PostgreSQL runs them, and how long they take. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Servers } from '@/e2e/story/servers';
import { runAdmin } from '@/services/admin/run';
import { createDatabase } from '@/services/http/testing/postgres';
import { random } from '@/services/realm/testing/device';
import { type Spread, spreadOf } from '../measure';
import { figureRow, measuredRow, promisedRow, type Row, type RunOptions } from '../row';
import { bytesARow, fillRealm, fillVault } from './fill';
import { createGuessClients, guessRate } from './guess-clients';
import { changedPlans, realmPlans, vaultPlans } from './plans';
import { type ReleaseClient, releaseRate } from './release-clients';

const ROUNDS = 7;
/** Of each sample. */
const RELEASES = 80;
const GUESSERS = 16;
const SMALL = 10_000;
const LARGE = Number(process.env.HALFKEY_BENCH_ROWS ?? 1_000_000);
const SLOWER_LIMIT = 1.3;

export async function growth(servers: Servers, options: RunOptions, clients: readonly ReleaseClient[]): Promise<Row[]> {
  const { say, rounds = ROUNDS } = options;
  const { databaseUrls, urls } = servers;
  const [first] = clients;
  if (!first) throw new Error('there is no client');
  const [vault, realm] = [new pg.Client(databaseUrls.vault), new pg.Client(databaseUrls.realm)];
  await Promise.all([vault.connect(), realm.connect()]);
  try {
    // Filling would checkpoint all the time, and write most pages to the log whole, again and again.
    for (const setting of ["max_wal_size = '16GB'", "checkpoint_timeout = '1h'"])
      await vault.query(`ALTER SYSTEM SET ${setting}`);
    await vault.query('SELECT pg_reload_conf()');
    await createGuessClients(servers, 1);
    const { rows } = await realm.query("SELECT record_id FROM realm_record WHERE state = 'registered' LIMIT 1");
    const recordId: string = rows[0].record_id;
    const fill = async (from: number, to: number) => {
      say(`filling up to ${to} accounts`);
      await Promise.all([fillVault(vault, first.accountId, from, to), fillRealm(realm, recordId, from, to)]);
      for (const client of [vault, realm]) await client.query('CHECKPOINT');
    };
    const measure = async () => {
      const [release, guess]: [number[], number[]] = [[], []];
      for (let round = 0; round <= rounds; round += 1) {
        const released = await releaseRate(clients.slice(0, 8), urls.vault, RELEASES);
        const guessed = await guessRate(await createGuessClients(servers, GUESSERS), urls.realm, 8);
        if (round === 0) continue;
        release.push(spreadOf(released.tookMs).median);
        guess.push(spreadOf(guessed.tookMs).median);
      }
      return { release: spreadOf(release), guess: spreadOf(guess) };
    };
    const plans = async () => [
      await vaultPlans(databaseUrls.vault, first.accountId, first.device.jkt),
      await realmPlans(databaseUrls.realm, recordId),
    ];
    await fill(0, SMALL);
    const moved = await moveAccounts(databaseUrls.vault, servers);
    say('requests on the small tables');
    const [small, plansOfSmall] = [await measure(), await plans()];
    await fill(SMALL, LARGE);
    say('requests on the large tables');
    const [large, plansOfLarge] = [await measure(), await plans()];
    const changed = plansOfSmall.flatMap((before, index) => changedPlans(before, plansOfLarge[index] ?? new Map()));
    for (const change of changed) say(`  another plan: ${change}`);
    const counted = plansOfSmall.reduce((sum, { size }) => sum + size, 0);
    const slower = (id: string, what: string, spread: { ours: Spread; peer: Spread }) =>
      measuredRow({ id, what: `${what} on ${LARGE} rows, median ms; peer: on ${SMALL}`, limit: SLOWER_LIMIT }, spread);
    return [
      slower('rows-release', 'a release', { ours: large.release, peer: small.release }),
      slower('rows-guess', 'a guess', { ours: large.guess, peer: small.guess }),
      {
        ...promisedRow(
          { id: 'rows-plans', what: 'statements with the same plan, of those of a request; peer: all' },
          counted - changed.length,
          counted,
        ),
        limit: null,
        least: 1,
      },
      ...moved,
      ...(await sizes(vault, ['account', 'feed', 'session_device'])),
      ...(await sizes(realm, ['realm_record', 'realm_event'])),
    ];
  } finally {
    await Promise.all([vault.end(), realm.end()]);
  }
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
