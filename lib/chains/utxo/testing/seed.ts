/** Seeds of public vectors, and the keys of their accounts. */
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import { type Account, addressesOf, deriveAccount, HARDENED, type OwnAddress, pathText, placesOf } from '../accounts';
import { addressOf } from '../address';
import { COINS, type CoinId, type Purpose } from '../coins';
import { ownScript, type ScriptType } from '../script';
import type { KeySource } from '../sign';

export const masterOf = (mnemonic: string): HDKey => HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic));

const times = (word: string, count: number) => new Array<string>(count).fill(word).join(' ');
export const ABANDON: HDKey = masterOf(`${times('abandon', 11)} about`);
export const ALL: HDKey = masterOf(times('all', 12));

export const keysOf = (master: HDKey): KeySource => ({
  withKey: (path, work) => {
    const { privateKey } = master.derive(pathText(path));
    if (!privateKey) throw new Error('no key');
    return work(privateKey);
  },
});

/** The first account of a kind. */
export function accountOf(master: HDKey, coin: CoinId, purpose: Purpose): Account {
  const place = placesOf(coin).find((one) => one.purpose === purpose);
  if (!place) throw new Error('no such account');
  return deriveAccount(master, place);
}

export const addressAt = (master: HDKey, coin: CoinId, purpose: Purpose, chain: 0 | 1, index: number): OwnAddress =>
  addressesOf(accountOf(master, coin, purpose), chain)(index);

/** Of a path as text, whatever account it is of. */
export function ownAt(master: HDKey, coin: CoinId, text: string, scriptType: ScriptType): OwnAddress {
  const { publicKey } = master.derive(text);
  if (!publicKey) throw new Error('no key');
  const script = ownScript(scriptType, publicKey);
  const path = text
    .split('/')
    .slice(1)
    .map((step) => Number.parseInt(step, 10) + (step.endsWith("'") ? HARDENED : 0));
  const [, , , chain, index = 0] = path;
  const address = addressOf(COINS[coin], script) ?? '';
  return { address, script, scriptType, publicKey, path, chain: chain === 1 ? 1 : 0, index };
}
