/** Keys and ids of a stack, made once by each service's own admin command; only public halves are read here. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Program } from './bundle';
import { REALM_NAMES } from './parties';
import { runToEnd } from './process';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const vaultKeys = z.object({ vaultId: hex(32), receiptPublicKey: hex(32) });
const issuerKeys = z.object({ witnessPublicKey: hex(32), realmTenantKeys: z.record(z.string(), z.unknown()) });

/** Everything public that one party has to know of another. */
export interface PublicKeys {
  readonly vault: z.infer<typeof vaultKeys>;
  readonly issuer: z.infer<typeof issuerKeys>;
  /** 32 hex digits each. */
  readonly realmIds: readonly string[];
  /** PEM: what the stand-in for Apple checks the relay's secrets with. */
  readonly applePublicKey: string;
}

/** Google's stand-in takes this secret from the relay. */
export const RELAY_SECRET = 'development-only';

export async function openKeys(dataDir: string, program: (program: Program) => string): Promise<PublicKeys> {
  const [vault, issuer, applePublicKey, realmIds] = await Promise.all([
    publicHalves(join(dataDir, 'vault'), program('vault-admin')),
    publicHalves(join(dataDir, 'issuer'), program('issuer-admin')),
    relayKeys(join(dataDir, 'relay'), program('relay-admin')),
    Promise.all(REALM_NAMES.map((name) => realmIdOf(join(dataDir, name, 'id')))),
    keyRing(join(dataDir, 'vault', 'kms'), program('kms-admin')),
  ]);
  return { vault: vaultKeys.parse(vault), issuer: issuerKeys.parse(issuer), realmIds, applePublicKey };
}

async function publicHalves(folder: string, admin: string): Promise<unknown> {
  const [keys, noted] = [join(folder, 'keys'), join(folder, 'public.json')];
  if (existsSync(noted)) return JSON.parse(await readFile(noted, 'utf8'));
  const said = await runToEnd(admin, admin, [existsSync(keys) ? 'show' : 'init', keys]);
  await writeFile(noted, said);
  return JSON.parse(said);
}

/** The key of its own, and what the providers would have handed out. @returns the public half of Apple's */
async function relayKeys(folder: string, admin: string): Promise<string> {
  const [keys, noted] = [join(folder, 'keys'), join(folder, 'apple-public.pem')];
  if (existsSync(noted)) return readFile(noted, 'utf8');
  if (!existsSync(keys)) await runToEnd(admin, admin, ['init', keys]);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = { mode: 0o600 };
  await writeFile(join(keys, 'google.key'), `${RELAY_SECRET}\n`, secret);
  await writeFile(join(keys, 'apple.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), secret);
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await writeFile(noted, pem);
  return pem;
}

async function keyRing(folder: string, admin: string): Promise<void> {
  if (!existsSync(folder)) await runToEnd(admin, admin, ['init', folder]);
}

async function realmIdOf(path: string): Promise<string> {
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored !== undefined) return hex(16).parse(stored.trim());
  const id = randomBytes(16).toString('hex');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${id}\n`);
  return id;
}
