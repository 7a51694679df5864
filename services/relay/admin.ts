/**
 * Keys of a relay.
 *   npx tsx services/relay/admin.ts init DIR    makes the key of its own; those of providers are put beside it
 */
import { randomBytes } from 'node:crypto';
import { createKeys } from './keys';

const [command, folder] = process.argv.slice(2);

try {
  if (command !== 'init' || folder === undefined) throw new Error('usage: admin.ts init DIR');
  await createKeys(folder, (length) => new Uint8Array(randomBytes(length)));
  process.stdout.write(`${JSON.stringify({ folder }, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
