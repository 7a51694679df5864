/**
 * Keys of a vault.
 *   npx tsx services/vault/admin.ts init DIR    makes new keys and prints their public side
 *   npx tsx services/vault/admin.ts show DIR    prints the public side
 */
import { randomBytes } from 'node:crypto';
import { toHex } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { createKeys, readKeys } from './keys';

const [command, folder] = process.argv.slice(2);

try {
  if ((command !== 'init' && command !== 'show') || folder === undefined)
    throw new Error('usage: admin.ts init DIR | show DIR');
  if (command === 'init') await createKeys(folder, (length) => new Uint8Array(randomBytes(length)));
  const { publicKey } = (await readKeys(folder)).receiptKey;
  const publicSide = { vaultId: toHex(sha256(publicKey)), receiptPublicKey: toHex(publicKey) };
  process.stdout.write(`${JSON.stringify(publicSide, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
