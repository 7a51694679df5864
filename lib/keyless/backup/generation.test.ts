import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { splitKey } from '@/lib/crypto/split';
import { WalletError } from '@/lib/errors';
import { decodePayload, encodePayload } from '../wire/payload';
import { decodeRecord, recordAad } from '../wire/record';
import { activateStatement, rowHashOf, statementHashOf } from '../wire/statement';
import {
  type Expected,
  type MadeGeneration,
  makeGeneration,
  openGeneration,
  openPayload,
  ownerKeyOf,
  type Place,
  releaseKeyOf,
} from './generation';

const random = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length));
const vaultId = random(32);

interface Made {
  entropy: Uint8Array;
  place: Place;
  made: MadeGeneration;
  expected: Expected;
}

async function make(changes: Partial<Place> = {}, entropy: Uint8Array = random(32)): Promise<Made> {
  const place = { accountId: random(32), generation: 1, slot: random(16), realmSetId: random(16), ...changes };
  const made = await makeGeneration(entropy, place, random);
  return {
    entropy,
    place,
    made,
    expected: { ...place, recordHash: made.recordHash, activation: activate(place, made, entropy) },
  };
}

function activate(
  place: Place,
  made: MadeGeneration,
  entropy: Uint8Array,
  signer = ownerKeyOf(entropy, place.accountId),
) {
  const statement = activateStatement({
    vaultId,
    accountId: place.accountId,
    from: place.generation - 1,
    to: place.generation,
    slot: place.slot,
    recordHash: made.recordHash,
    rowHash: rowHashOf(made.releasePub, made.backendShare),
    realmSetId: place.realmSetId,
    ownerPub: made.ownerPub,
    previousHash: statementHashOf(null),
  });
  return { vaultId, statement, signature: signer.sign(statement) };
}

const openMade = (made: MadeGeneration, expected: Expected, payload = made.payload) =>
  openGeneration(openPayload(payload, expected.generation), made, expected);

const codeOf = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => 'opened',
    (error: unknown) => (error instanceof WalletError ? error.code : error),
  );

describe('a generation', () => {
  it('opens to the entropy it was made of', async () => {
    const { entropy, made, expected } = await make();
    expect(await openMade(made, expected)).toEqual(entropy);
  });

  it('is AES-256-GCM under HKDF of the key, as another implementation computes it', async () => {
    const { entropy, place, made } = await make();
    const { realmShare } = decodePayload(made.payload);
    const { joinKey } = await import('@/lib/crypto/split');
    const key = await joinKey(made.backendShare, realmShare);
    const prk = createHmac('sha256', Buffer.alloc(32)).update(key).digest();
    const enc = createHmac('sha256', prk).update('halfkey/enc/v1').update(Buffer.of(1)).digest();
    const { nonce, ciphertext } = decodeRecord(made.record);
    const cipher = createCipheriv('aes-256-gcm', enc, nonce).setAAD(recordAad({ ...place, ownerPub: made.ownerPub }));
    const sealed = Buffer.concat([cipher.update(entropy), cipher.final(), cipher.getAuthTag()]);
    expect(equalBytes(sealed, ciphertext)).toBe(true);
  });

  it('I1: the back-end share is uniform and says nothing about the key', async () => {
    const key = new Uint8Array(32);
    const counts = new Uint32Array(256);
    const splits = 10_000;
    for (let split = 0; split < splits; split++) {
      const [backendShare] = await splitKey(key);
      for (const byte of backendShare.subarray(0, 32)) counts[byte] = (counts[byte] ?? 0) + 1;
    }
    const expectedCount = (splits * 32) / 256;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expectedCount) ** 2 / expectedCount, 0);
    // 255 degrees of freedom: a fair source exceeds 400 less than once in 10^8 runs.
    expect(chiSquare).toBeLessThan(400);
  });

  it('I5: any flipped bit of the record is refused by the same error', async () => {
    const { made, expected } = await make();
    for (let bit = 0; bit < made.record.length * 8; bit++) {
      const record = made.record.slice();
      record[bit >> 3] = (record[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codeOf(() => openMade({ ...made, record }, expected))).toBe('record-mismatch');
    }
  });

  it('I5: a share of the vault’s own making is refused before anything is decrypted', async () => {
    const { made, expected } = await make();
    for (let index = 0; index < 32; index++) {
      const backendShare = made.backendShare.slice();
      backendShare[index] = (backendShare[index] ?? 0) ^ 1;
      expect(await codeOf(() => openMade({ ...made, backendShare }, expected))).toBe('commitment-mismatch');
    }
    const { realmShare } = decodePayload(made.payload);
    for (const backendShare of [realmShare, new Uint8Array(33), made.backendShare.slice(1)])
      expect(await codeOf(() => openMade({ ...made, backendShare }, expected))).toBe('share-malformed');
  });

  it('I5: a vault that swaps ciphertext, key and shares for its own is refused', async () => {
    const victim = await make();
    const forged = await makeGeneration(random(32), victim.place, random);
    expect(await codeOf(() => openMade({ ...forged, payload: victim.made.payload }, victim.expected))).toBe(
      'record-mismatch',
    );
    expect(
      await codeOf(() =>
        openMade({ ...forged, payload: victim.made.payload }, { ...victim.expected, recordHash: forged.recordHash }),
      ),
    ).toBe('record-mismatch');
  });

  it('refuses a wrong statement, signer, vault or row at the last check', async () => {
    const { entropy, place, made, expected } = await make();
    const other = await make({}, entropy);
    const wrong: Array<Expected['activation']> = [
      { vaultId, statement: expected.activation?.statement ?? new Uint8Array(), signature: random(64) },
      activate(place, made, entropy, ownerKeyOf(random(32), place.accountId)),
      { ...activate(place, made, entropy), vaultId: random(32) },
      activate(place, { ...made, backendShare: random(33) }, entropy),
      activate(other.place, other.made, entropy),
      { vaultId, statement: random(295), signature: random(64) },
    ];
    for (const activation of wrong)
      expect(await codeOf(() => openMade(made, { ...expected, activation }))).toBe('statement-invalid');
  });

  it('I9: pieces of two generations of one wallet never combine', async () => {
    const first = await make();
    const second = await make({ ...first.place, generation: 2, slot: random(16) }, first.entropy);
    const pieces = [first, second];
    let opened = 0;
    for (const payloadOf of pieces)
      for (const recordOf of pieces)
        for (const shareOf of pieces)
          for (const saidOf of pieces) {
            const row = { record: recordOf.made.record, backendShare: shareOf.made.backendShare };
            const outcome = await codeOf(async () =>
              openGeneration(openPayload(payloadOf.made.payload, saidOf.place.generation), row, saidOf.expected),
            );
            if (outcome === 'opened') opened += 1;
            const allSame = new Set([payloadOf, recordOf, shareOf, saidOf]).size === 1;
            expect(outcome === 'opened').toBe(allSame);
          }
    expect(opened).toBe(2);
  });

  it('checks in the order of the protocol, one error each', async () => {
    const { made, expected, place } = await make();
    const payload = decodePayload(made.payload);
    const withPayload = (changes: Partial<typeof payload>) => encodePayload({ ...payload, ...changes });
    expect(await codeOf(async () => openPayload(made.payload, 2))).toBe('payload-mismatch');
    expect(await codeOf(async () => openPayload(made.payload.slice(1), 1))).toBe('payload-mismatch');
    expect(await codeOf(() => openMade(made, expected, withPayload({ recordHash: random(32) })))).toBe(
      'record-mismatch',
    );
    expect(await codeOf(() => openMade(made, { ...expected, slot: random(16) }))).toBe('record-mismatch');
    expect(await codeOf(() => openMade(made, { ...expected, accountId: random(32) }))).toBe('record-mismatch');
    expect(await codeOf(() => openMade(made, expected, withPayload({ commitment: random(32) })))).toBe(
      'commitment-mismatch',
    );
    expect(await codeOf(() => openMade(made, expected, withPayload({ realmShare: made.backendShare })))).toBe(
      'share-malformed',
    );
    expect(place.generation).toBe(1);
  });

  it('gives keys that sign nothing that counts once they are wiped', () => {
    const key = ownerKeyOf(random(32), random(32));
    const message = random(10);
    expect(verifySignature(key.publicKey, message, key.sign(message))).toBe(true);
    key.wipe();
    expect(verifySignature(key.publicKey, message, key.sign(message))).toBe(false);
  });

  it('proves the PIN to the vault by a key that only the realm share gives', async () => {
    const { made } = await make();
    const { realmShare } = decodePayload(made.payload);
    expect(releaseKeyOf(realmShare).publicKey).toEqual(made.releasePub);
  });
});
