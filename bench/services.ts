/** The services on a PostgreSQL with fsync on: what they cost beside the least that would do the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SERVER_NAMES, type ServerName, type Servers, startServers } from '@/e2e/story/servers';
import { runAdmin } from '@/services/admin/run';
import { createDatabase } from '@/services/http/testing/postgres';
import { startProcess } from '@/services/http/testing/process';
import { evaluate } from '@/services/realm/protocol/oprf';
import { makeRegistration, random, randomPoint } from '@/services/realm/testing/device';
import { interleave, type Spread, spreadOf } from './measure';
import { figureRow, type Group, measuredRow, promisedRow, type Row, type RunOptions, textOf } from './row';
import { bytesARow, fillRealm, fillVault } from './services/fill';
import { createGuessClients, guessRate } from './services/guess-clients';
import { changedPlans, realmPlans, vaultPlans } from './services/plans';
import { cpuSeconds, residentMb } from './services/processes';
import { createReleaseClient, type ReleaseClient, releaseRate } from './services/release-clients';

const CLIENTS = [1, 8, 32];
const ROUNDS = 7;
const WARM_UPS = 1;
/** Of each sample. */
const RELEASES = 80;
const GUESSERS = 16;
const LEAST_OF_BARE = 0.7;
const LEAST_OF_EVALUATION = 0.5;
const SMALL = 10_000;
const LARGE = Number(process.env.HALFKEY_BENCH_ROWS ?? 1_000_000);
const SLOWER_LIMIT = 1.3;
const MEMORY_LIMIT_MB = 200;
const START_LIMIT_S = 1;
const STARTS = 5;
/** So that accounts of one machine are not all one network to the limits. */
const BEHIND_A_PROXY = { VAULT_PROXIES: '1', ISSUER_PROXIES: '1', REALM_PROXIES: '1' };

export const services: Group = {
  name: 'services',
  run: async (options) => {
    const servers = await startServers({ vault: BEHIND_A_PROXY, issuer: BEHIND_A_PROXY, realm: BEHIND_A_PROXY });
    try {
      const clients = await Promise.all(
        Array.from({ length: Math.max(...CLIENTS) }, (_, index) => createReleaseClient(servers, index)),
      );
      const rows: Row[] = [];
      for (const step of [releases, guesses, witnesses, memory, starts, growth]) {
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

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const milliseconds = (values: readonly number[]) =>
  `median ${percentile(values, 0.5).toFixed(1)} ms, 99th percentile ${percentile(values, 0.99).toFixed(1)} ms`;

async function releases(servers: Servers, { say, rounds = ROUNDS }: RunOptions, clients: readonly ReleaseClient[]) {
  const { urls, folder, databaseUrls, pidOf } = servers;
  const environment = {
    VAULT_KEYS_DIR: join(folder, 'vault-keys'),
    VAULT_KMS_DIR: join(folder, 'kms'),
    VAULT_DATABASE_URL: databaseUrls.vault,
  };
  const bare = await startProcess('bench/services/bare-vault.ts', environment);
  const nothing = await startProcess('bench/services/null-vault.ts', {});
  const rows: Row[] = [];
  try {
    for (const count of CLIENTS) {
      const some = clients.slice(0, count);
      const took = { ours: [] as number[], peer: [] as number[] };
      const cpu = { ours: [] as number[], peer: [] as number[] };
      const sample = (whose: 'ours' | 'peer', origin: string, pid: number) => async () => {
        const before = cpuSeconds(pid);
        const { perSecond, tookMs } = await releaseRate(some, origin, RELEASES);
        cpu[whose].push(((cpuSeconds(pid) - before) * 1_000) / RELEASES);
        took[whose].push(...tookMs);
        return perSecond;
      };
      say(`releases by ${count} at once`);
      const spread = await interleave(
        rounds,
        WARM_UPS,
        sample('ours', urls.vault, pidOf('vault')),
        sample('peer', bare.url, bare.pid),
      );
      say(`  ours: ${milliseconds(took.ours)}; peer: ${milliseconds(took.peer)}`);
      const what = `releases a second, ${count} at once, each a challenge and its answer; peer: a bare handler with the same statements and verifications`;
      rows.push(measuredRow({ id: `vault-release-${count}`, what, limit: null, least: LEAST_OF_BARE }, spread));
      const costs = { ours: spreadOf(cpu.ours.slice(WARM_UPS)), peer: spreadOf(cpu.peer.slice(WARM_UPS)) };
      const cost = `processor time of the server for a release, ${count} at once, ms; peer: the same of the bare handler`;
      rows.push(measuredRow({ id: `vault-cpu-${count}`, what: cost, limit: null }, costs));
    }
    const before = process.cpuUsage();
    const alone: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      alone.push((await releaseRate(clients, nothing.url, RELEASES)).perSecond);
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1_000 / (rounds * RELEASES);
    rows.push(
      figureRow(
        { id: 'generator', what: 'releases a second of the load generator against a server that does nothing' },
        spreadOf(alone).median,
      ),
    );
    rows.push(figureRow({ id: 'generator-cpu', what: 'its processor time for a release, ms' }, ms));
    return rows;
  } finally {
    await Promise.all([bare.stop(), nothing.stop()]);
  }
}

async function guesses(servers: Servers, { say, rounds = ROUNDS }: RunOptions): Promise<Row[]> {
  const pid = servers.pidOf('realm');
  const rows: Row[] = [];
  for (const count of CLIENTS) {
    say(`guesses by ${count} at once`);
    const took: number[] = [];
    const perCore: number[] = [];
    const rate = async () => {
      const clients = await createGuessClients(servers, GUESSERS);
      const before = cpuSeconds(pid);
      const { perSecond, guesses, tookMs } = await guessRate(clients, servers.urls.realm, count);
      perCore.push(guesses / (cpuSeconds(pid) - before));
      took.push(...tookMs);
      return perSecond;
    };
    const spread = await interleave(rounds, WARM_UPS, rate, evaluationsACore);
    say(`  ${milliseconds(took)}`);
    const what = `guesses a second, ${count} at once, as clients see them; peer: OPRF evaluation and proof alone, on a core`;
    rows.push(measuredRow({ id: `realm-guess-${count}`, what, limit: null }, spread));
    const core = `guesses for a second of the realm's processor time, ${count} at once; peer: OPRF evaluation and proof alone`;
    const spreads = { ours: spreadOf(perCore.slice(WARM_UPS)), peer: spread.peer };
    rows.push(measuredRow({ id: `realm-core-${count}`, what: core, limit: null, least: LEAST_OF_EVALUATION }, spreads));
  }
  return rows;
}

/** For a second of this process's time. */
async function evaluationsACore(): Promise<number> {
  const { oprfPrivateKey, oprfSignedPublicKey } = makeRegistration(1);
  const inputs = Array.from({ length: 8 * GUESSERS }, randomPoint);
  const before = process.cpuUsage();
  for (const input of inputs) evaluate(oprfPrivateKey, oprfSignedPublicKey.publicKey, input, random);
  const { user, system } = process.cpuUsage(before);
  return (inputs.length * 1_000_000) / (user + system);
}

/** What a device asks the issuer before and after everything: each reads the feed of the vault. */
async function witnesses({ pidOf }: Servers, { say, rounds = ROUNDS }: RunOptions, clients: readonly ReleaseClient[]) {
  say('witness requests by 8 at once');
  const pid = pidOf('issuer');
  const before = cpuSeconds(pid);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAtMs = performance.now();
    await Promise.all(clients.slice(0, 8).map((client) => client.witness(RELEASES / 8)));
    rates.push((RELEASES * 1_000) / (performance.now() - startedAtMs));
  }
  const ms = ((cpuSeconds(pid) - before) * 1_000) / (rounds * RELEASES);
  return [
    figureRow({ id: 'issuer-witness', what: 'requests for the witness a second, 8 at once' }, spreadOf(rates).median),
    figureRow({ id: 'issuer-cpu', what: 'processor time of the issuer for one, ms' }, ms),
  ];
}

/** Taken while the load of the groups before is still in the heaps. */
const memory = async ({ pidOf }: Servers): Promise<Row[]> =>
  SERVER_NAMES.map((name) => {
    const what = `resident memory of the ${name} after its load, MB; peer: the limit`;
    return promisedRow({ id: `memory-${name}`, what }, residentMb(pidOf(name)), MEMORY_LIMIT_MB);
  });

async function starts(servers: Servers, { say, rounds = STARTS }: RunOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of SERVER_NAMES) {
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

/** The same requests on small and on large tables. */
async function growth(servers: Servers, options: RunOptions, clients: readonly ReleaseClient[]): Promise<Row[]> {
  const { say, rounds = ROUNDS } = options;
  const { databaseUrls, urls } = servers;
  const [first] = clients;
  if (!first) throw new Error('there is no client');
  const [vault, realm] = [new pg.Client(databaseUrls.vault), new pg.Client(databaseUrls.realm)];
  await Promise.all([vault.connect(), realm.connect()]);
  try {
    await createGuessClients(servers, 1);
    const { rows } = await realm.query("SELECT record_id FROM realm_record WHERE state = 'registered' LIMIT 1");
    const recordId: string = rows[0].record_id;
    const fill = async (from: number, to: number) => {
      say(`filling up to ${to} accounts`);
      await fillVault(vault, first.accountId, from, to);
      await fillRealm(realm, recordId, from, to);
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
