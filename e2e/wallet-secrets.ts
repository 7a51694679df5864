/** The secrets of a wallet under test, gathered from where they may be. */
import { HDKey } from '@scure/bip32';
import { encode, fromBase64url } from '@/lib/bytes';
import { hkdf } from '@/lib/crypto/kdf';
import { seedOf, wordsOf } from '@/lib/crypto/mnemonic';
import { joinKey } from '@/lib/crypto/split';
import { releaseRow } from '@/lib/keyless/backup/back-up';
import { openPayload } from '@/lib/keyless/backup/generation';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import { pinBytes } from '@/lib/keyless/pin/pin';
import type { Stack } from '@/scripts/stack/stack';
import type { WalletBrowser } from './browser';
import { phraseParts, type Secrets } from './secrets';
import type { Owner } from './steps';
import { openDevice } from './story/device';

/** What an open browser keeps. */
export interface Kept {
  readonly entropy: Uint8Array;
  /** Of the password. */
  readonly salt: Uint8Array;
  readonly keyringKey: Uint8Array;
}

/** In the background, which must be unlocked. */
export async function readKept(browser: WalletBrowser): Promise<Kept> {
  const { keyring, sealed } = await (await browser.background()).evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: { storage: Record<'local' | 'session', Area> } }).chrome;
    type Area = { get(key: string): Promise<Stored> };
    type Stored = {
      keyring: { key: string; contents: Record<string, { entropy: string }> };
      sealed: { wraps: { password: { salt: string } } };
    };
    return { ...(await storage.session.get('keyring')), ...(await storage.local.get('sealed')) };
  });
  const [only] = Object.values(keyring.contents);
  if (only === undefined) throw new Error('no wallet is open');
  return {
    entropy: fromBase64url(only.entropy),
    salt: fromBase64url(sealed.wraps.password.salt),
    keyringKey: fromBase64url(keyring.key),
  };
}

/** Everything that follows from the entropy. */
export async function secretsOf(entropy: Uint8Array, accountId: Uint8Array): Promise<Secrets> {
  const words = wordsOf(entropy);
  const seed = await seedOf(entropy);
  const account = HDKey.fromMasterSeed(seed).derive("m/44'/60'/0'/0/0");
  return {
    entropy,
    seed,
    'private key': account.privateKey ?? new Uint8Array(),
    'owner key': hkdf(entropy, encode('halfkey/owner/v1', accountId)),
    ...phraseSecrets(words),
  };
}

/** What only somebody with account and PIN can put together: by one more recovery. */
export async function readShares(stack: Stack, owner: Pick<Owner, 'account' | 'pin'>) {
  const parties = await (await openDevice(stack, owner.account)).signIn();
  const { accountId } = parties;
  const found = await lookUpBackup(parties, null);
  if (!found) throw new Error('there is no backup');
  const { active, realmSet } = found;
  const { tokens } = await parties.issuer.recoverTokens(active.slot);
  const { secret } = await parties.realms.recover({ realmSet, tokens, pin: pinBytes(owner.pin), info: accountId });
  const { realmShare } = openPayload(secret, active.generation);
  const { backendShare } = await releaseRow(
    parties,
    { accountId, ...active },
    realmShare,
    await parties.vault.challenge(active.generation),
  );
  const key = await joinKey(backendShare, realmShare);
  return { accountId, slot: active.slot, realmShare, backendShare, key };
}

/** Each few words in a row, in whatever way they are written down. */
export const phraseSecrets = (words: string): Secrets =>
  Object.fromEntries(phraseParts(words).map((part, index) => [`words ${index}`, part]));
