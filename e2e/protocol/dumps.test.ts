/** I1, I2, I3 and I9 against adversaries that hold dumps of real stores. */
import { combine } from 'shamir-secret-sharing';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { joinKey } from '@/lib/crypto/split';
import { openGeneration, openPayload } from '@/lib/keyless/backup/generation';
import { decodeRecord } from '@/lib/keyless/wire/record';
import { sealWith } from '@/services/vault/testing/in-process';
import { attack, type Keys, type Loot, type Piece, stolenRow } from './adversary';
import { inMemory } from './mortal';
import {
  bytesOf,
  codeOf,
  countRealmRows,
  create,
  createWorld,
  PIN,
  random,
  recover,
  rotate,
  type World,
} from './world';

let world: World;
let keys: Keys;
beforeAll(async () => {
  const { ground } = await inMemory();
  const envelope = sealWith(random(32), random);
  world = await createWorld({ ...ground, envelope });
  keys = { ...ground, envelope };
});

/** A wallet of its own, so that guesses are spent on nobody else. */
async function victim() {
  const accountId = random(32);
  const device = await world.device(accountId);
  const { entropy } = await create(device);
  const { active } = await device.parties.vault.metadata();
  if (!active) throw new Error('no backup');
  return { world, keys, accountId, active, device, entropy };
}

/** Wrong PINs, and the right one at the place `at` (counted from 1). */
const pinsWithRightOneAt = (at: number) => [...Array.from({ length: at - 1 }, (_, n) => `7391${60 + n}`), PIN];

describe('I1: the vault with its key service', () => {
  it('holds a share with which every key is as possible as any other', async () => {
    const { backendShare } = await stolenRow(await victim());
    const x = backendShare[32] ?? 0;
    const otherX = (x % 255) + 1;
    const share = (bytes: Uint8Array, at: number) => Uint8Array.of(...bytes, at);
    // Over GF(2^8) joining is linear: what our share gives alone, and what each byte of the other one adds.
    const own = await combine([backendShare, share(new Uint8Array(32), otherX)]);
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    const added = await combine([share(new Uint8Array(256), x), share(every, otherX)]);
    for (let times = 0; times < 20; times++) {
      const wanted = random(32);
      const other = wanted.map((byte, index) => added.indexOf(byte ^ (own[index] ?? 0)));
      expect(await joinKey(backendShare, share(other, otherX))).toEqual(wanted);
    }
  });

  it('keeps the share sealed: without the key service not even that much', async () => {
    const { accountId, active, ...rest } = await victim();
    const { backendShare, record } = await stolenRow({ accountId, active, ...rest });
    const stored = JSON.stringify(await world.vaultStore.read(accountId), (_, value) =>
      value instanceof Uint8Array ? toHex(value) : value,
    );
    expect(stored).toContain(toHex(record));
    expect(stored).not.toContain(toHex(backendShare.slice(0, 32)));
    const stranger = { ...keys, envelope: sealWith(random(32), random) };
    await expect(stolenRow({ ...rest, world, accountId, active, keys: stranger })).rejects.toThrow();
  });

  it('holds a record in which the wallet stands nowhere', async () => {
    const taken = await victim();
    const { record } = await stolenRow(taken);
    const wallet = toHex(bytesOf(taken.entropy));
    expect(toHex(record)).not.toContain(wallet.slice(0, 16));
    expect(decodeRecord(record).ciphertext).toHaveLength(48);
  });
});

/** The thirty-first: more than any limit lets somebody try. */
const PAST_EVERY_LIMIT = 31;
const WITHOUT_THE_PIN: readonly (readonly [Loot, readonly Piece[]])[] = [
  ['nothing', ['account']],
  ['nothing', ['vault']],
  ['nothing', ['issuer']],
  ['nothing', ['realm-0']],
  ['nothing', ['account', 'vault']],
  ['nothing', ['account', 'issuer']],
  ['nothing', ['account', 'realm-0']],
  ['nothing', ['vault', 'issuer']],
  ['nothing', ['vault', 'realm-0']],
  ['nothing', ['issuer', 'realm-0']],
  ['PIN and realm share', ['realm-0', 'realm-1']],
  ['PIN and realm share', ['realm-0', 'realm-1', 'realm-2']],
  ['PIN and realm share', ['issuer', 'realm-1', 'realm-2']],
  // That the adversary is none of straw: with one piece more he has it all.
  ['wallet', ['vault', 'realm-0', 'realm-1']],
  ['wallet', ['account', 'realm-0', 'realm-2']],
];
const WITH_THE_PIN: readonly (readonly [Loot, readonly Piece[]])[] = [
  ['nothing', ['vault']],
  ['nothing', ['realm-0']],
  ['nothing', ['vault', 'realm-0']],
  ['PIN and realm share', ['issuer']],
  ['wallet', ['account']],
  ['wallet', ['vault', 'issuer']],
];

describe('I2 and I3: whoever steals', () => {
  it.each(WITHOUT_THE_PIN)('gets without the PIN %s from %j', async (loot, pieces) => {
    expect(await attack(await victim(), pieces, pinsWithRightOneAt(PAST_EVERY_LIMIT))).toBe(loot);
  });

  it.each(WITH_THE_PIN)('gets with the PIN %s from %j', async (loot, pieces) => {
    expect(await attack(await victim(), pieces, [PIN])).toBe(loot);
  });

  it.each([
    ['the account', 12, ['account'], 'wallet'],
    ['the issuer', 12, ['issuer'], 'PIN and realm share'],
    ['the account and a realm', 16, ['account', 'realm-0'], 'wallet'],
    ['the issuer and a realm', 16, ['issuer', 'realm-2'], 'PIN and realm share'],
  ] as const)('%s, has %i guesses and not one more', async (_, guesses, pieces, loot) => {
    expect(await attack(await victim(), pieces, pinsWithRightOneAt(guesses))).toBe(loot);
    expect(await attack(await victim(), pieces, pinsWithRightOneAt(guesses + 1))).toBe('nothing');
  });
});

describe('I9: a dump of the vault from before a PIN reset', () => {
  it('opens with nothing that the realms give afterwards, and its own slot is gone from them', async () => {
    const taken = await victim();
    const { accountId, device, entropy, active } = taken;
    const oldRow = await stolenRow(taken);
    await rotate(device, entropy, '905172');
    const { active: current } = await device.parties.vault.metadata();
    if (!current) throw new Error('no backup');
    const { tokens } = await device.parties.issuer.recoverTokens(current.slot);
    const pin = new TextEncoder().encode('905172');
    const { realmSet } = world;
    const { secret } = await device.parties.realms.recover({ realmSet, tokens, pin, info: accountId });
    expect(() => openPayload(secret, 1)).toThrow('payload-mismatch');
    const expected = { accountId, ...active, activation: null };
    expect(await codeOf(openGeneration(openPayload(secret, 2), oldRow, expected))).toBe('record-mismatch');
    world.nowMs += 3_600_000;
    await world.issuer.runDeletions();
    expect(await countRealmRows(world, accountId, active.slot)).toBe(0);
    expect(await attack({ ...taken, active }, ['vault', 'realm-0', 'realm-1'], [PIN])).toBe('nothing');
    expect(bytesOf((await recover(device, '905172')).entropy)).toEqual(bytesOf(entropy));
  });
});
