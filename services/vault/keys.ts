/** The vault's own keys: a folder of three files that only their owner may read. */
import { hkdfSync } from 'node:crypto';
import { encode, toBase64url, toHex } from '@/lib/bytes';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { KeysUnusable, readKeyFile, readSeedFile, writeKeyFiles } from '@/services/http/config/key-files';

export interface VaultKeys {
  /** Signs the feed; vault id and pins of builds and issuer follow from its public half. */
  readonly receiptKey: SigningKey;
  /** 32 bytes, for access tokens and DPoP nonces. */
  readonly sessionSecret: Uint8Array;
  /** 32 bytes, for the challenges of a release. Follows from the session secret. */
  readonly challengeKey: Uint8Array;
  /** What the issuer shows to read the feed; it is given a copy of the file. */
  readonly serviceKey: string;
}

const FILES = { receipt: 'receipt.key', session: 'session.key', service: 'issuer-service.key' };

/**
 * Makes a folder of new keys. Existing files are never replaced.
 * @throws Error with code EEXIST if the folder holds keys.
 */
export const createKeys = (folder: string, random: (length: number) => Uint8Array): Promise<void> =>
  writeKeyFiles(folder, {
    [FILES.receipt]: toHex(random(32)),
    [FILES.session]: toHex(random(32)),
    [FILES.service]: toBase64url(random(32)),
  });

/** @throws KeysUnusable */
export async function readKeys(folder: string): Promise<VaultKeys> {
  const [receipt, sessionSecret, serviceKey] = await Promise.all([
    readSeedFile(folder, FILES.receipt),
    readSeedFile(folder, FILES.session),
    readKeyFile(folder, FILES.service),
  ]);
  if (serviceKey.length < 43) throw new KeysUnusable(`${FILES.service} should hold at least 43 characters.`);
  return { receiptKey: signingKeyOf(receipt), sessionSecret, challengeKey: challengeKeyOf(sessionSecret), serviceKey };
}

function challengeKeyOf(sessionSecret: Uint8Array): Uint8Array {
  const purpose = encode('halfkey/release-challenge/v1', 'vault');
  return new Uint8Array(hkdfSync('sha256', sessionSecret, new Uint8Array(), purpose, 32));
}
