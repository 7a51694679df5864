/** People and parties for the tests of the vault: owners and thieves with devices, and an issuer's witness. */
import { encode, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { hkdf } from '@/lib/crypto/kdf';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { type BackupRecord, encodeRecord, recordHashOf } from '@/lib/keyless/wire/record';
import {
  type Activation,
  activateStatement,
  keptStatement,
  releaseStatement,
  reserveStatement,
  rowHashOf,
  statementHashOf,
} from '@/lib/keyless/wire/statement';
import type { ActivateRequest, ReleaseRequest, ReserveRequest, RowRequest } from '@/lib/keyless/wire/vault';
import type { Caller } from '../account/outcome';

/** Bytes that look random and are the same in every run. */
export function createRandom(seed: number): (length: number) => Uint8Array {
  let counter = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 32) {
      counter += 1;
      bytes.set(sha256(encode(u32(seed), u32(counter))).subarray(0, length - offset), offset);
    }
    return bytes;
  };
}

/** One attempt at a generation, with everything that its device knows. */
export interface Attempt {
  readonly caller: Caller;
  readonly owner: SigningKey;
  readonly releaseKey: SigningKey;
  readonly reserve: ReserveRequest;
  readonly row: RowRequest;
  readonly record: BackupRecord;
}

export interface AttemptOptions {
  readonly caller: Caller;
  readonly owner: SigningKey;
  readonly vaultId: Uint8Array;
  readonly from: number;
  readonly random: (length: number) => Uint8Array;
  /** 16 bytes; some set that nobody looks up when absent. */
  readonly realmSetId?: Uint8Array;
}

/** A fresh attempt, as a device would make it: the reservation is always signed. */
export function newAttempt(options: AttemptOptions): Attempt {
  const { caller, owner, vaultId, from, random, realmSetId = new Uint8Array(16).fill(7) } = options;
  const to = from + 1;
  const slot = random(16);
  const fields = { accountId: caller.accountId, generation: to, slot, realmSetId, ownerPub: owner.publicKey };
  const record: BackupRecord = { fields, nonce: random(12), ciphertext: random(48) };
  const releaseKey = signingKeyOf(hkdf(random(33), 'halfkey/release/v1'));
  const backendShare = Uint8Array.of(...random(32), 1);
  const ownerSignature = owner.sign(reserveStatement({ vaultId, ...caller, from, to, slot, realmSetId }));
  return {
    caller,
    owner,
    releaseKey,
    record,
    reserve: { from, to, slot, realmSetId, ownerSignature },
    row: { record: encodeRecord(record), backendShare, releasePub: releaseKey.publicKey },
  };
}

/** S of an attempt, as the parties should see it; `changes` make it a lie. */
export function statementOf(
  { record, reserve, row, caller, owner }: Attempt,
  vaultId: Uint8Array,
  previous: Uint8Array | null,
  changes: Partial<Activation> = {},
): Uint8Array {
  return activateStatement({
    vaultId,
    accountId: caller.accountId,
    from: reserve.from,
    to: reserve.to,
    slot: reserve.slot,
    recordHash: recordHashOf(record),
    rowHash: rowHashOf(row.releasePub, row.backendShare),
    realmSetId: reserve.realmSetId,
    ownerPub: owner.publicKey,
    previousHash: statementHashOf(previous),
    ...changes,
  });
}

/** What a device sends once the issuer keeps its S. */
export function signActivation(
  { caller, owner }: Attempt,
  vaultId: Uint8Array,
  statement: Uint8Array,
  witness: SigningKey,
): ActivateRequest {
  const statementHash = statementHashOf(statement);
  const kept = witness.sign(keptStatement({ vaultId, accountId: caller.accountId, statementHash }));
  return { statement, signature: owner.sign(statement), kept };
}

/** What a device sends that knows the realm share of `attempt`. */
export function signRelease(
  { releaseKey, reserve }: Attempt,
  vaultId: Uint8Array,
  caller: Caller,
  challenge: Uint8Array,
): ReleaseRequest {
  const { to: generation, slot } = reserve;
  return {
    challenge,
    signature: releaseKey.sign(releaseStatement({ vaultId, ...caller, generation, slot, challenge })),
  };
}
