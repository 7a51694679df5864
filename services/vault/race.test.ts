/** Several vaults on one PostgreSQL, a hundred requests at once: exactly one wins. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '@/lib/crypto/hash';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createChallenges } from './account/challenges';
import { createShareKeeper } from './key-service/share-keeper';
import { vaultMigrations } from './store/migrations';
import { createPostgresStore, type VaultTables } from './store/postgres-store';
import { signRelease } from './testing/actors';
import { sealWith } from './testing/in-process';
import { createScene, expectOk, type Scene } from './testing/scene';
import { createVault, type Vault } from './vault';

const RACERS = 100;
const PROCESSES = 3;
const databases: Database<VaultTables & SessionTables>[] = [];

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  for (let count = 0; count < PROCESSES; count += 1) databases.push(await openDatabase({ databaseUrl }));
  await Promise.all(databases.slice(0, 1).map(({ db }) => migrate(db, vaultMigrations)));
}, 120_000);

afterAll(async () => {
  for (const database of databases) await database.close();
});

/** A scene, and as many vaults as there are processes, all with the keys of the scene. */
function createRace(seed: number): Scene & { vaults: Vault[] } {
  const [first] = databases;
  if (!first) throw new Error('no database');
  const scene = createScene(seed, createPostgresStore(first.db));
  const { receiptKey, witness, random, now } = scene;
  const vaultId = sha256(receiptKey.publicKey);
  const shares = createShareKeeper(sealWith(new Uint8Array(32), random));
  const parts = { shares, receiptKey, vaultId, witnessPub: witness.publicKey, now };
  const vaults = databases.map(({ db }) => {
    const challenges = createChallenges({ key: new Uint8Array(32), once: databaseSessionStore(db), random });
    return createVault({ ...parts, store: createPostgresStore(db), challenges });
  });
  return { ...scene, vaults };
}

const racing = <Result>(vaults: readonly Vault[], run: (vault: Vault, index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => run(vaults[index % vaults.length] as Vault, index)));

function codes(outcomes: { ok: boolean; code?: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ok, code } of outcomes) {
    const name = ok ? 'ok' : (code ?? 'no code');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('a hundred at once on PostgreSQL', () => {
  it('reservations by different devices: one is open, the others are told until when', async () => {
    const race = createRace(11);
    const owner = race.owner();
    const attempts = Array.from({ length: RACERS }, () => race.attempt(race.device(), owner));
    const outcomes = await racing(race.vaults, async (vault, index) => {
      const attempt = attempts[index] ?? attempts[0];
      return attempt ? vault.reserve(attempt.caller, attempt.reserve) : Promise.reject();
    });
    expect(codes(outcomes)).toEqual({ ok: 1, 'reserved-elsewhere': RACERS - 1 });
    expect(await race.facts()).toHaveLength(1);
  });

  it('the same activation: all are told yes, one fact is published', async () => {
    const race = createRace(12);
    const attempt = race.attempt(race.device(), race.owner());
    const [vault] = race.vaults;
    if (!vault) throw new Error('no vault');
    expectOk(await vault.reserve(attempt.caller, attempt.reserve));
    expectOk(await vault.putRow(attempt.caller, 1, attempt.row));
    const request = race.activation(attempt);
    const outcomes = await racing(race.vaults, (other) => other.activate(attempt.caller, request));
    expect(codes(outcomes)).toEqual({ ok: RACERS });
    expect((await race.facts()).filter(({ kind }) => kind === 'activated')).toHaveLength(1);
  });

  it('an activation against replacements: it is the backup, or its slot is void', { timeout: 120_000 }, async () => {
    for (const seed of [13, 50]) {
      const race = createRace(seed);
      const attempt = race.attempt(race.device(), race.owner());
      const [vault] = race.vaults;
      if (!vault) throw new Error('no vault');
      expectOk(await vault.reserve(attempt.caller, attempt.reserve));
      expectOk(await vault.putRow(attempt.caller, 1, attempt.row));
      const outcomes = await racing(race.vaults, async (other, index) => {
        if (index === seed) return other.activate(attempt.caller, race.activation(attempt));
        const { caller, reserve } = race.attempt(attempt.caller, attempt.owner);
        return other.reserve(caller, reserve);
      });
      const fate = await race.store.latestSlotFact(race.accountId, attempt.reserve.slot);
      expect(fate?.kind).toBe(outcomes[seed]?.ok ? 'activated' : 'void');
      const numbers = (await race.feed()).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });

  it('the same signed challenge: the share leaves once', async () => {
    const race = createRace(16);
    const attempt = race.attempt(race.device(), race.owner());
    const [vault] = race.vaults;
    if (!vault) throw new Error('no vault');
    expectOk(await vault.reserve(attempt.caller, attempt.reserve));
    expectOk(await vault.putRow(attempt.caller, 1, attempt.row));
    const { challenge } = expectOk(await vault.challenge(attempt.caller, 1));
    const request = signRelease(attempt, race.vaultId, attempt.caller, challenge);
    const outcomes = await racing(race.vaults, (other) => other.release(attempt.caller, 1, request));
    expect(codes(outcomes)).toEqual({ ok: 1, 'challenge-unknown': RACERS - 1 });
  });
});
