/** Somebody who has stolen the issuer's key: he asks the realms, and the issuer counts no try. */
import { join } from 'node:path';
import { WalletError } from '@/lib/errors';
import { createRealms } from '@/lib/keyless/parties/realms';
import type { Parties } from '@/lib/keyless/ports';
import { loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import type { RealmSet } from '@/lib/keyless/wire/realm-set';
import type { Stack } from '@/scripts/stack/stack';
import { readKeys } from '@/services/issuer/keys';
import { createRealmTokens } from '@/services/issuer/realms/realm-tokens';
import { random } from './device';

const REALM_TIMEOUT_MS = 30_000;
/** Hashed otherwise than the wallet does it: wrong whatever it is, and at once. */
const WRONG_PIN = new TextEncoder().encode('739164');

interface Row {
  readonly accountId: Uint8Array;
  readonly slot: Uint8Array;
}

/** @returns asks for a row with a wrong PIN, and gives the code of the answer */
async function guesserAt({ dataOf }: Pick<Stack, 'dataOf'>) {
  const { tenantPrivateKey } = await readKeys(join(dataOf('issuer'), 'keys'));
  const sign = createRealmTokens({ tenant: 'halfkey', version: 1, privateKey: tenantPrivateKey }, random);
  const realms = createRealms({ sdk: await loadJuicebox(), scope: globalThis, timeoutMs: REALM_TIMEOUT_MS });
  return async (row: Row, set: RealmSet, nowMs: number): Promise<string> => {
    const realmSet = { ...set, hashingMode: 'FastInsecure' } as const;
    const tokens = await sign({ ...row, realmSet, operation: 'recover', issuedAtMs: nowMs });
    return realms.recover({ realmSet, tokens, pin: WRONG_PIN.slice(), info: row.accountId }).then(
      () => 'done',
      (error: unknown) => (error instanceof WalletError ? error.code : Promise.reject(error)),
    );
  };
}

/** Spends so many guesses of the backup that stands. @returns the code of the last one */
export async function guessBehindTheIssuer(
  stack: Pick<Stack, 'dataOf'>,
  { accountId, vault, pins }: Parties,
  count: number,
): Promise<string> {
  const { active } = await vault.metadata();
  if (!active) throw new Error('there is no backup');
  const guess = await guesserAt(stack);
  let code = '';
  for (let done = 0; done < count; done += 1)
    code = await guess({ accountId, slot: active.slot }, pins.currentRealmSet, Date.now());
  return code;
}

/** Whether no realm has anything of this slot. @param nowMs as the realms see it */
export async function isRowGone(stack: Pick<Stack, 'config' | 'dataOf'>, row: Row, nowMs: number): Promise<boolean> {
  const guess = await guesserAt(stack);
  const [set] = stack.config.realmSets;
  for (const realm of set?.realms ?? []) {
    const alone = { ...set, realms: [realm], registerThreshold: 1, recoverThreshold: 1 } as RealmSet;
    if ((await guess(row, alone, nowMs)) !== 'realms-empty') return false;
  }
  return true;
}
