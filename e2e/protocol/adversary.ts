/**
 * Somebody who holds dumps of real stores, and does the most with them that can be done: he runs stolen realms himself,
 * as often as he likes, asks live ones two at a time, and opens whatever he comes to hold.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SigningKey } from '@/lib/crypto/signature';
import { WalletError } from '@/lib/errors';
import { releaseRow } from '@/lib/keyless/backup/back-up';
import { openGeneration } from '@/lib/keyless/backup/generation';
import { pinBytes } from '@/lib/keyless/pin/pin';
import type { RealmTokens } from '@/lib/keyless/wire/issuer';
import { decodePayload, type Payload } from '@/lib/keyless/wire/payload';
import { juiceboxUserOf } from '@/lib/keyless/wire/realm-set';
import type { ActiveBackup } from '@/lib/keyless/wire/vault';
import { spkiHexOf } from '@/services/issuer/app';
import { createRealmTokens } from '@/services/issuer/realms/realm-tokens';
import type { Envelope } from '@/services/kms/envelope';
import { createRealmApp } from '@/services/realm/app';
import { recordId } from '@/services/realm/protocol/record';
import { importTenantKey } from '@/services/realm/protocol/tokens';
import { createMemoryStore } from '@/services/realm/store/memory-store';
import { type Device, random, type World } from './world';

export const PIECES = ['account', 'vault', 'issuer', 'realm-0', 'realm-1', 'realm-2'] as const;
/** What was stolen: a sign-in; database and key service of the vault; database and keys of the issuer; a realm. */
export type Piece = (typeof PIECES)[number];
export type Loot = 'nothing' | 'PIN and realm share' | 'wallet';

/** The keys of a world, which its parties lose together with their stores. */
export interface Keys {
  readonly envelope: Envelope;
  readonly tenantPrivateKey: KeyObject;
  readonly receiptKey: SigningKey;
}

interface Victim {
  readonly world: World;
  readonly keys: Keys;
  readonly accountId: Uint8Array;
  /** What the vault says of the backup, to everybody: more than a thief of one realm has. */
  readonly active: ActiveBackup;
}

/** @param pins in the order in which he tries them */
export async function attack(victim: Victim, pieces: readonly Piece[], pins: readonly string[]): Promise<Loot> {
  const device = await victim.world.device(victim.accountId);
  for (const [turn, pin] of pins.entries()) {
    const payload = await guess(victim, device, pieces, pin, turn);
    if (payload) return (await openWith(victim, device, pieces, payload)) ? 'wallet' : 'PIN and realm share';
  }
  return 'nothing';
}

/** One guess at two realms; null: wrong, or no two realms answer any more. */
async function guess(
  { world, keys, accountId, active }: Victim,
  device: Device,
  pieces: readonly Piece[],
  pin: string,
  turn: number,
): Promise<Payload | null> {
  const stolen = world.realms.filter((_, index) => pieces.some((piece) => piece === `realm-${index}`));
  const live = pieces.includes('account') || pieces.includes('issuer') ? othersOf(world, stolen) : [];
  const asked = pairOf(stolen, live, turn);
  if (!asked) return null;
  const mine = { tenant: 'halfkey', version: 1, privateKey: generateKeyPairSync('ed25519').privateKey };
  const request = { accountId, slot: active.slot, realmSet: world.realmSet, operation: 'recover' } as const;
  const tokensBy = (key: typeof mine) => createRealmTokens(key, random)({ ...request, issuedAtMs: world.nowMs });
  const liveTokens = asked.every((realm) => stolen.includes(realm))
    ? {}
    : pieces.includes('issuer')
      ? await tokensBy({ ...mine, privateKey: keys.tenantPrivateKey })
      : await tokensOfAccount(world, device, active);
  const ownTokens = await tokensBy(mine);
  const tokens: RealmTokens = Object.fromEntries(
    world.realms.map((realm) => [realm.id, (stolen.includes(realm) ? ownTokens : liveTokens)[realm.id] ?? 'none']),
  );

  const apps = await Promise.all(
    world.realms.map(async (realm) => {
      const isOwn = stolen.includes(realm);
      const store = isOwn ? await copyOf(realm.store, accountId, active.slot) : realm.store;
      const tenantKey = isOwn ? mine : { ...mine, privateKey: keys.tenantPrivateKey };
      const tenants = new Map([['halfkey:1', importTenantKey(spkiHexOf(tenantKey))]]);
      return createRealmApp({ realmId: realm.id, tenants, store, now: () => world.nowMs, random });
    }),
  );
  world.intercept = async (sent) => {
    const index = Number(/^realm-(\d)\.test$/.exec(new URL(sent.url).hostname)?.[1]);
    const [realm, app] = [world.realms[index], apps[index]];
    if (!realm || !app || !asked.includes(realm)) throw new TypeError('not asked');
    return app.request(sent);
  };
  try {
    const access = { realmSet: world.realmSet, tokens, pin: pinBytes(pin), info: accountId };
    const { secret } = await device.parties.realms.recover(access);
    return decodePayload(secret);
  } catch (error) {
    if (error instanceof WalletError) return null;
    throw error;
  } finally {
    world.intercept = (sent, pass) => pass(sent);
  }
}

const othersOf = ({ realms }: World, stolen: World['realms']) => realms.filter((realm) => !stolen.includes(realm));

/** Stolen realms cost nothing; live ones take turns. */
function pairOf(stolen: World['realms'], live: World['realms'], turn: number): World['realms'] | null {
  const [first, second] = stolen;
  if (first && second) return [first, second];
  const one = live[turn % live.length];
  const other = first ?? live[(turn + 1) % live.length];
  return one && other && one !== other ? [one, other] : null;
}

/** By the schedule, however long it takes. */
async function tokensOfAccount(world: World, { parties }: Device, { slot }: ActiveBackup): Promise<RealmTokens> {
  const { tries } = await parties.issuer.witness();
  world.nowMs = Math.max(world.nowMs, tries.nextAtMs);
  return (await parties.issuer.recoverTokens(slot)).tokens;
}

/** The dump of a realm, as it was stolen: with every guess still in it. */
async function copyOf(store: World['realms'][number]['store'], accountId: Uint8Array, slot: Uint8Array) {
  const id = recordId('halfkey', juiceboxUserOf(accountId, slot));
  const copy = createMemoryStore();
  const row = await store.read(id);
  if (row) await copy.compareAndSwap(id, null, row.record, null);
  return copy;
}

async function openWith(victim: Victim, device: Device, pieces: readonly Piece[], payload: Payload): Promise<boolean> {
  const { accountId, active } = victim;
  const place = { accountId, ...active };
  const row = pieces.includes('vault')
    ? await stolenRow(victim)
    : pieces.includes('account')
      ? await device.parties.vault
          .challenge(active.generation)
          .then((challenge) => releaseRow(device.parties, place, payload.realmShare, challenge))
      : null;
  if (!row) return false;
  const entropy = await openGeneration(payload, row, { ...place, activation: null });
  return entropy.length === 32;
}

/** Record and share out of the vault's database, by its key service. */
export async function stolenRow({ world, keys, accountId, active }: Victim) {
  const row = (await world.vaultStore.read(accountId))?.state.active?.row;
  if (!row) throw new Error('the vault has no row');
  const { generation, slot } = active;
  const place = { vaultId: world.pins.vaultId, accountId, generation, slot, field: 'backend-share' };
  return { record: row.record, backendShare: await keys.envelope.open(row.wrappedShare, place) };
}
