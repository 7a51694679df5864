/** Extended public keys as devices say them (BIP-32, SLIP-132). */
import { HDKey } from '@scure/bip32';
import { HARDENED } from '@/lib/chains/utxo/accounts';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import type { ExtendedPublicKey } from './deps';
import { placeOf } from './places';

const XPUB = 0x0488b21e;
const DEPTH = 3;

/** @throws WalletError `device-misbehaved` reason `xpub` if it is none of that place */
export function extendedOf(coin: CoinId, key: string, text: string): ExtendedPublicKey {
  const { purpose, account } = placeOf(coin, key);
  const versions = [XPUB, COINS[coin].xpub[purpose] ?? XPUB];
  for (const version of versions) {
    const { publicKey, chainCode, parentFingerprint, depth, index } = parsed(text, version) ?? {};
    if (publicKey && chainCode && depth === DEPTH && index === HARDENED + account)
      return { publicKey, chainCode, parentFingerprint: parentFingerprint ?? 0 };
  }
  throw new WalletError('device-misbehaved', { reason: 'xpub' });
}

function parsed(text: string, version: number): HDKey | null {
  try {
    return HDKey.fromExtendedKey(text, { public: version, private: 0 });
  } catch {
    return null;
  }
}
