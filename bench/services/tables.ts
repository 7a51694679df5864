/** Servers whose tables are filled to a size, and what is asked of them. */
import pg from 'pg';
import type { Servers } from '@/e2e/story/servers';
import { spreadOf } from '../measure';
import { fillRealm, fillVault } from './fill';
import { createGuessClients, guessRate } from './guess-clients';
import { type Plans, realmPlans, vaultPlans } from './plans';
import { createReleaseClient, releaseRate } from './release-clients';

const AT_ONCE = 8;
/** Of each sample. */
const RELEASES = 80;
const GUESSERS = 16;
/**
 * The third is what `deploy/compose.yaml` sets. The others are for filling, which would checkpoint all the time, and write
 * most pages to the log whole, again and again.
 */
const SETTINGS = ["max_wal_size = '16GB'", "checkpoint_timeout = '1h'", 'random_page_cost = 1.1'];

export interface FilledTables {
  readonly vault: pg.Client;
  readonly realm: pg.Client;
  /** Median ms of releases by eight at once. */
  release(): Promise<number>;
  /** The same of guesses, by users of their own. */
  guess(): Promise<number>;
  plans(): Promise<Plans[]>;
  close(): Promise<void>;
}

/** @param accounts copies of one account and one user, under other ids */
export async function fillTables(servers: Servers, accounts: number): Promise<FilledTables> {
  const { databaseUrls, urls } = servers;
  const clients = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => createReleaseClient(servers, index)));
  const [first] = clients;
  if (!first) throw new Error('there is no client');
  const [vault, realm] = [new pg.Client(databaseUrls.vault), new pg.Client(databaseUrls.realm)];
  await Promise.all([vault.connect(), realm.connect()]);
  for (const setting of SETTINGS) await vault.query(`ALTER SYSTEM SET ${setting}`);
  await vault.query('SELECT pg_reload_conf()');
  await createGuessClients(servers, 1);
  const { rows } = await realm.query("SELECT record_id FROM realm_record WHERE state = 'registered' LIMIT 1");
  const recordId: string = rows[0].record_id;
  await Promise.all([fillVault(vault, first.accountId, 0, accounts), fillRealm(realm, recordId, 0, accounts)]);
  await vault.query('CHECKPOINT');
  return {
    vault,
    realm,
    release: async () => spreadOf((await releaseRate(clients, urls.vault, RELEASES)).tookMs).median,
    guess: async () => {
      const users = await createGuessClients(servers, GUESSERS);
      return spreadOf((await guessRate(users, urls.realm, AT_ONCE)).tookMs).median;
    },
    plans: async () => [
      await vaultPlans(databaseUrls.vault, first.accountId, first.device.jkt),
      await realmPlans(databaseUrls.realm, recordId),
    ],
    close: async () => void (await Promise.all([vault.end(), realm.end()])),
  };
}
