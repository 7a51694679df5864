/** The realms that hold one generation, and the id that binds a record to exactly this set (keyless protocol, section 3). */

import { encode, fromHex, toHex, u8, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';

/** How Juicebox stretches the PIN. `FastInsecure` is for tests that run in one process; builds are checked for it. */
export type HashingMode = 'Standard2019' | 'FastInsecure';

export interface Realm {
  /** 16 bytes as 32 lower-case hex digits. */
  readonly id: string;
  /** Base URL; a path needs its closing slash. */
  readonly address: string;
}

export interface RealmSet {
  readonly realms: readonly Realm[];
  /** How many realms must store a registration: all. */
  readonly registerThreshold: number;
  /** How many realms recover: a strict majority. */
  readonly recoverThreshold: number;
  readonly hashingMode: HashingMode;
  /** Guesses a realm, 1 to 255. */
  readonly guesses: number;
}

/** 16 bytes. Addresses are not part of it: a realm may move. */
export function realmSetIdOf(set: RealmSet): Uint8Array {
  const ids = set.realms.map((realm) => realm.id.toLowerCase()).sort();
  return sha256(
    encode(
      'halfkey/realms/v1',
      ...ids.map(fromHex),
      u8(set.registerThreshold),
      u8(set.recoverThreshold),
      set.hashingMode,
      u32(set.guesses),
    ),
  ).slice(0, 16);
}

/** The Juicebox user of one slot: 32 hex digits. */
export function juiceboxUserOf(accountId: Uint8Array, slot: Uint8Array): string {
  return toHex(sha256(encode('halfkey/slot/v1', accountId, slot)).slice(0, 16));
}
