import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { hkdf } from '@/lib/crypto/kdf';
import { signingKeyOf } from '@/lib/crypto/signature';
import { compareCodeOf } from '../backup/compare-code';
import { ownerKeyOf, releaseKeyOf } from '../backup/generation';
import { pinCheckOf } from '../pin/pin-check';
import { accountIdOf, signInNonce } from './account';
import { type FeedFact, feedEntryBytes, feedEntryHash } from './feed';
import { decodePayload, encodePayload } from './payload';
import { juiceboxUserOf, type RealmSet, realmSetIdOf } from './realm-set';
import { decodeRecord, encodeRecord, recordAad, recordHashOf } from './record';
import {
  activateStatement,
  decodeActivation,
  deleteStatement,
  keptStatement,
  objectionStatement,
  releaseStatement,
  reserveStatement,
  rowHashOf,
  signOutStatement,
  statementHashOf,
  successStatement,
  undoStatement,
} from './statement';
import vectors from './wire.vectors.json';

const { given } = vectors;
const at = (name: Exclude<keyof typeof given, 'realmSet' | 'generation' | 'tryNumber' | 'timeS'>) =>
  fromHex(given[name]);
const vaultId = at('vaultId');
const accountId = fromHex(vectors.accountId);
const realmSetId = fromHex(vectors.realmSetId);
const [slot, jkt, orderId, ownerPub] = [at('slot'), at('jkt'), at('orderId'), at('ownerPub')];
const { generation, tryNumber, timeS } = given;
const activation = fromHex(vectors.statements.activate);
const statementHash = statementHashOf(activation);

describe('names and derivations', () => {
  it('account id and sign-in nonce', () => {
    expect(toHex(accountIdOf(given.iss, given.sub))).toBe(vectors.accountId);
    expect(signInNonce(jkt, at('signInRandom'))).toBe(vectors.signInNonce);
  });

  it('realm set id, whatever order the realms stand in and wherever they live', () => {
    const { realmIds, registerThreshold, recoverThreshold, guesses } = given.realmSet;
    const set: RealmSet = {
      realms: realmIds.map((id) => ({ id, address: 'http://127.0.0.1:1/' })),
      registerThreshold,
      recoverThreshold,
      hashingMode: 'Standard2019',
      guesses,
    };
    expect(toHex(realmSetIdOf(set))).toBe(vectors.realmSetId);
    const moved = { ...set, realms: set.realms.map(({ id }) => ({ id, address: 'https://realm.example/' })).reverse() };
    expect(toHex(realmSetIdOf(moved))).toBe(vectors.realmSetId);
    for (const other of [
      { ...set, guesses: 9 },
      { ...set, recoverThreshold: 3 },
      { ...set, hashingMode: 'FastInsecure' as const },
    ])
      expect(toHex(realmSetIdOf(other))).not.toBe(vectors.realmSetId);
  });

  it('the Juicebox user of a slot', () => {
    expect(juiceboxUserOf(accountId, slot)).toBe(vectors.juiceboxUser);
  });

  it('keys', () => {
    expect(toHex(hkdf(at('key'), 'halfkey/enc/v1'))).toBe(vectors.encryptionKey);
    expect(toHex(hkdf(at('key'), 'halfkey/commit/v1'))).toBe(vectors.commitment);
    const publicKeyOf = (seed: string) => toHex(signingKeyOf(fromHex(seed)).publicKey);
    expect(toHex(ownerKeyOf(at('entropy'), accountId).publicKey)).toBe(publicKeyOf(vectors.ownerSeed));
    expect(toHex(releaseKeyOf(at('realmShare')).publicKey)).toBe(publicKeyOf(vectors.releaseSeed));
  });

  it('PIN check and compare code', () => {
    expect(toHex(pinCheckOf(at('entropy'), accountId, generation, '４８２９１３'))).toBe(vectors.pinCheck);
    expect(compareCodeOf(at('entropy'), accountId, generation)).toBe(vectors.compareCode);
  });
});

describe('the record', () => {
  const fields = { accountId, generation, slot, realmSetId, ownerPub };
  const record = { fields, nonce: at('nonce'), ciphertext: at('ciphertext') };

  it('has these bytes, this hash and this additional data', () => {
    expect(toHex(recordAad(fields))).toBe(vectors.aad);
    expect(toHex(encodeRecord(record))).toBe(vectors.record);
    expect(toHex(recordHashOf(record))).toBe(vectors.recordHash);
  });

  it('decodes to itself and nothing else', () => {
    const bytes = fromHex(vectors.record);
    expect(decodeRecord(bytes)).toEqual(record);
    expect(() => decodeRecord(bytes.slice(1))).toThrow(RangeError);
    expect(() => decodeRecord(Uint8Array.of(...bytes, 0))).toThrow(RangeError);
    const otherSuite = bytes.slice();
    otherSuite[40] = 2;
    expect(() => decodeRecord(otherSuite)).toThrow('unknown suite');
  });
});

describe('the payload', () => {
  it('has these 102 bytes and decodes to itself', () => {
    const payload = {
      generation,
      realmShare: at('realmShare'),
      recordHash: fromHex(vectors.recordHash),
      commitment: fromHex(vectors.commitment),
    };
    expect(toHex(encodePayload(payload))).toBe(vectors.payload);
    expect(decodePayload(fromHex(vectors.payload))).toEqual(payload);
  });

  it('refuses other versions and lengths', () => {
    const bytes = fromHex(vectors.payload);
    expect(() => decodePayload(Uint8Array.of(2, ...bytes.slice(1)))).toThrow(RangeError);
    expect(() => decodePayload(bytes.slice(0, 101))).toThrow(RangeError);
  });

  it('decodes to views, so that wiping its bytes leaves no copy of the share', () => {
    const bytes = fromHex(vectors.payload);
    const { realmShare, commitment } = decodePayload(bytes);
    bytes.fill(0);
    expect([...realmShare, ...commitment].every((byte) => byte === 0)).toBe(true);
  });
});

describe('statements', () => {
  const s = {
    vaultId,
    accountId,
    from: 6,
    to: 7,
    slot,
    recordHash: fromHex(vectors.recordHash),
    rowHash: fromHex(vectors.rowHash),
    realmSetId,
    ownerPub,
    previousHash: statementHashOf(at('previousStatement')),
  };
  const order = { vaultId, accountId, orderId };
  const built = {
    activate: activateStatement(s),
    reserve: reserveStatement({ vaultId, accountId, from: 6, to: 7, slot, realmSetId, jkt }),
    success: successStatement({ accountId, slot, tryNumber }),
    delete: deleteStatement({ vaultId, accountId, generation, slot, statementHash, orderId, notBeforeS: timeS }),
    undo: undoStatement(order),
    objection: objectionStatement(order),
    signOut: signOutStatement({ accountId, jkt }),
    release: releaseStatement({ vaultId, accountId, generation, slot, challenge: at('challenge'), jkt }),
    kept: keptStatement({ vaultId, accountId, statementHash }),
  };

  it.each(Object.entries(built))('%s has these bytes', (name, bytes) => {
    expect(toHex(bytes)).toBe(vectors.statements[name as keyof typeof built]);
  });

  it('name the row by release key and share', () => {
    expect(toHex(rowHashOf(at('releasePub'), at('backendShare')))).toBe(vectors.rowHash);
  });

  it('an activation decodes to itself, and no other statement decodes to one', () => {
    expect(decodeActivation(built.activate)).toEqual(s);
    for (const [name, bytes] of Object.entries(built))
      if (name !== 'activate') expect(() => decodeActivation(bytes)).toThrow(RangeError);
  });

  it('no two kinds share their bytes', () => {
    expect(new Set(Object.values(built).map(toHex)).size).toBe(Object.keys(built).length);
  });
});

describe('the feed', () => {
  const previousHash = feedEntryHash(at('previousStatement'));
  const facts: Record<keyof typeof vectors.feed, [number: number, previous: Uint8Array, fact: FeedFact]> = {
    reserved: [1, feedEntryHash(null), { kind: 'reserved', slot, from: 6, to: 7, realmSetId, jkt }],
    void: [2, previousHash, { kind: 'void', slot }],
    activated: [3, previousHash, { kind: 'activated', statement: activation, signature: at('ownerSignature') }],
    ordered: [
      4,
      previousHash,
      { kind: 'ordered', order: 'delete', orderId, generation, slot, statementHash, deadlineMs: 1790259200_000 },
    ],
    undone: [5, previousHash, { kind: 'undone', orderId }],
    erased: [6, previousHash, { kind: 'erased', number: 8, orderId }],
  };

  it.each(Object.entries(facts))('%s has these bytes', (kind, [number, previous, fact]) => {
    const bytes = feedEntryBytes(vaultId, accountId, { number, atMs: timeS * 1000, previousHash: previous, fact });
    expect(toHex(bytes)).toBe(vectors.feed[kind as keyof typeof facts]);
  });
});
