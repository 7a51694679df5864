/**
 * Lists that a build carries for reviews, made from packages whose versions are pinned: descriptions of contracts
 * (ERC-7730) and names of sites that steal.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ERCS } from 'micro-eth-signer/clearsig/repo.js';
import { CLEARSIG_REPO_FULL } from 'micro-eth-signer/clearsig/repo-full.js';
import { z } from 'zod';
import { HASH_BYTES, normalHost } from '../lib/dapp/review/phishing';

const { resolve } = createRequire(import.meta.url);
const config = z.object({ blacklist: z.array(z.string()).min(1) });

/** Names of hosts, as `lib/dapp/review/phishing` compares them. */
export function phishingHosts(): readonly string[] {
  const folder = dirname(resolve('eth-phishing-detect/package.json'));
  const { blacklist } = config.parse(JSON.parse(readFileSync(join(folder, 'src', 'config.json'), 'utf8')));
  return [...new Set(blacklist.map(normalHost).filter((host) => host.includes('.')))].sort();
}

/** The first bytes of SHA-256 of each, in order, one after the other. */
export function phishingList(hosts: readonly string[]): Buffer {
  const hashes = hosts.map((host) => createHash('sha256').update(host).digest().subarray(0, HASH_BYTES));
  return Buffer.concat(hashes.sort(Buffer.compare));
}

/** What makers of contracts say of their functions, from the public registry that the package is made of. */
export const contractDescriptions = (): unknown => ({ ...ERCS, ...CLEARSIG_REPO_FULL });
