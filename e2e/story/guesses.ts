/** Somebody who has stolen the issuer's key: he guesses at the realms, and the issuer counts no try. */
import { join } from 'node:path';
import { WalletError } from '@/lib/errors';
import type { Parties } from '@/lib/keyless/ports';
import { createRealms } from '@/lib/keyless/realms';
import { loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import type { Stack } from '@/scripts/stack/stack';
import { readKeys } from '@/services/issuer/keys';
import { createRealmTokens } from '@/services/issuer/realms/realm-tokens';
import { random } from './device';

const REALM_TIMEOUT_MS = 30_000;
/** Hashed otherwise than the wallet does it: wrong whatever it is, and at once. */
const WRONG_PIN = new TextEncoder().encode('739164');

/** Spends so many guesses of the backup that stands. @returns the code of the last one */
export async function guessBehindTheIssuer(
  stack: Pick<Stack, 'config' | 'dataOf'>,
  { accountId, vault, pins }: Parties,
  count: number,
): Promise<string> {
  const { active } = await vault.metadata();
  if (!active) throw new Error('there is no backup');
  const { tenantPrivateKey } = await readKeys(join(stack.dataOf('issuer'), 'keys'));
  const sign = createRealmTokens({ tenant: 'halfkey', version: 1, privateKey: tenantPrivateKey }, random);
  const realms = createRealms({ sdk: await loadJuicebox(), scope: globalThis, timeoutMs: REALM_TIMEOUT_MS });
  const realmSet = { ...pins.currentRealmSet, hashingMode: 'FastInsecure' } as const;
  let code = '';
  for (let guess = 0; guess < count; guess += 1) {
    const request = { accountId, slot: active.slot, realmSet, operation: 'recover', issuedAtMs: Date.now() } as const;
    const access = { realmSet, tokens: await sign(request), pin: WRONG_PIN.slice(), info: accountId };
    code = await realms.recover(access).then(
      () => 'done',
      (error: unknown) => (error instanceof WalletError ? error.code : Promise.reject(error)),
    );
  }
  return code;
}
