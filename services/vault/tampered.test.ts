/** Somebody who can write into the vault's database: rows swapped between accounts, older ones put back, any bit flipped. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { activateRequest, releaseRequest, reserveRequest, rowRequest } from '@/lib/keyless/wire/vault';
import { createEnvelope, type EnvelopeRecord } from '@/services/kms/envelope';
import { addKey } from '@/services/kms/key-ring';
import { openLocalProvider } from '@/services/kms/local';
import type { Caller } from './account/outcome';
import type { Row } from './account/state';
import { type Attempt, createRandom, newAttempt, signActivation, signRelease, statementOf } from './testing/actors';
import { type InProcessVault, sessionHeader, startInProcessVault } from './testing/in-process';

const NOW_MS = 1_800_000_000_000;
const random = createRandom(815);
/** What the vault says to everything that does not open, with nothing about why. */
const REFUSAL = {
  status: 503,
  body: '{"type":"about:blank","status":503,"code":"temporarily-unavailable","detail":"The key service could not open or seal a share."}',
};

let folder: string;
let vault: InProcessVault;
let witness: SigningKey;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-tampered-'));
  await addKey(join(folder, 'kms'));
  const ring = { folder: join(folder, 'kms'), mode: 'development', acknowledged: 'no', random } as const;
  witness = signingKeyOf(random(32));
  vault = startInProcessVault({
    now: () => NOW_MS,
    random,
    witnessPub: witness.publicKey,
    envelope: createEnvelope(await openLocalProvider(ring), random),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function call(as: Caller, method: string, path: string, json?: unknown) {
  const headers = { authorization: sessionHeader(as), 'content-type': 'application/json' };
  const body = json === undefined ? null : JSON.stringify(json);
  const response = await vault.fetch(`http://vault.test${path}`, { method, headers, body });
  return { status: response.status, body: await response.text() };
}

interface Backup {
  readonly caller: Caller;
  readonly owner: SigningKey;
  readonly attempt: Attempt;
  readonly statement: Uint8Array;
}

async function makeBackup(before?: Backup): Promise<Backup> {
  const caller = before?.caller ?? { accountId: random(32), jkt: random(32) };
  const owner = before?.owner ?? signingKeyOf(random(32));
  const { vaultId } = vault;
  const attempt = newAttempt({ caller, owner, vaultId, from: before?.attempt.reserve.to ?? 0, random });
  const statement = statementOf(attempt, vaultId, before?.statement ?? null);
  const activation = signActivation(attempt, vaultId, statement, witness);
  const path = `/generations/${attempt.reserve.to}`;
  const answers = [
    await call(caller, 'POST', '/generations', z.encode(reserveRequest, attempt.reserve)),
    await call(caller, 'PUT', path, z.encode(rowRequest, attempt.row)),
    await call(caller, 'POST', '/activate', z.encode(activateRequest, activation)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  return { caller, owner, attempt, statement };
}

/** With the right PIN: the challenge is signed by the release key of `attempt`. */
async function release({ caller, attempt }: Pick<Backup, 'caller' | 'attempt'>, generation = attempt.reserve.to) {
  const given = await call(caller, 'POST', `/generations/${generation}/challenge`);
  const challenge = new Uint8Array(Buffer.from(JSON.parse(given.body).challenge ?? '', 'base64url'));
  const moved = { ...attempt, reserve: { ...attempt.reserve, to: generation } };
  const json = z.encode(releaseRequest, signRelease(moved, vault.vaultId, caller, challenge));
  return call(caller, 'POST', `/generations/${generation}/release`, json);
}

async function rowOf({ caller }: Pick<Backup, 'caller'>): Promise<Row> {
  const stored = await vault.store.read(caller.accountId);
  if (!stored?.state.active) throw new Error('no backup');
  return stored.state.active.row;
}

async function putRow({ caller }: Pick<Backup, 'caller'>, change: (row: Row) => Row): Promise<void> {
  const stored = await vault.store.read(caller.accountId);
  if (!stored?.state.active) throw new Error('no backup');
  const active = { ...stored.state.active, row: change(stored.state.active.row) };
  expect(await vault.store.compareAndSwap(caller.accountId, stored.version, { ...stored.state, active }, [])).toBe(
    true,
  );
}

const putShare = (backup: Backup, wrappedShare: EnvelopeRecord) => putRow(backup, (row) => ({ ...row, wrappedShare }));

/** Every version of `bytes` in which one bit is another. */
function* flips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}

describe('whoever can write into the database of the vault', { timeout: 240_000 }, () => {
  it('gets nothing for any flipped bit of ciphertext, nonce, tag, wrapped key or header, and always the same answer', async () => {
    const backup = await makeBackup();
    const { wrappedShare } = await rowOf(backup);
    const { ct, iv, tag, wrappedDek, kid, kver } = wrappedShare;
    const text = (value: string) =>
      [...flips(Buffer.from(value))].map((bytes) => Buffer.from(bytes).toString('latin1'));
    const changed: EnvelopeRecord[] = [
      ...[...flips(ct)].map((flipped) => ({ ...wrappedShare, ct: flipped })),
      ...[...flips(iv)].map((flipped) => ({ ...wrappedShare, iv: flipped })),
      ...[...flips(tag)].map((flipped) => ({ ...wrappedShare, tag: flipped })),
      ...[...flips(wrappedDek)].map((flipped) => ({ ...wrappedShare, wrappedDek: flipped })),
      ...text(kid).map((flipped) => ({ ...wrappedShare, kid: flipped })),
      ...text(kver).map((flipped) => ({ ...wrappedShare, kver: flipped })),
    ];
    expect(changed.length).toBeGreaterThan(900);
    for (const share of changed) {
      await putShare(backup, share);
      expect(await release(backup)).toEqual(REFUSAL);
    }
    await putShare(backup, wrappedShare);
    expect((await release(backup)).status).toBe(200);
  });

  it('gets nothing by swapping rows, or parts of them, between accounts', async () => {
    const [one, other] = [await makeBackup(), await makeBackup()];
    const [rowOfOne, rowOfOther] = [await rowOf(one), await rowOf(other)];
    await putRow(one, () => rowOfOther);
    expect(await release({ caller: one.caller, attempt: { ...other.attempt, reserve: one.attempt.reserve } })).toEqual(
      REFUSAL,
    );
    const { wrappedShare } = rowOfOther;
    for (const part of ['ct', 'iv', 'tag', 'wrappedDek'] as const) {
      await putRow(one, () => ({
        ...rowOfOne,
        wrappedShare: { ...rowOfOne.wrappedShare, [part]: wrappedShare[part] },
      }));
      expect([part, await release(one)]).toEqual([part, REFUSAL]);
    }
    await putRow(one, () => rowOfOne);
    expect((await release(one)).status).toBe(200);
  });

  it('gets nothing by putting an older row into the place of the current one', async () => {
    const first = await makeBackup();
    const older = await rowOf(first);
    const second = await makeBackup(first);
    const current = await rowOf(second);
    await putRow(second, () => older);
    const withOldKey = { caller: first.caller, attempt: { ...first.attempt, reserve: second.attempt.reserve } };
    expect(await release(withOldKey)).toEqual(REFUSAL);
    await putRow(second, () => ({ ...current, wrappedShare: older.wrappedShare }));
    expect(await release(second)).toEqual(REFUSAL);
    await putRow(second, () => current);
    expect((await release(second)).status).toBe(200);
  });
});
