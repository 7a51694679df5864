import type { CoinId } from '@/lib/bus/utxo/shapes';
import { asWalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import type { UtxoCall } from '../use-utxo';
import { addressProblem } from '../words';

/** A code may say so in its own scheme; its address names the chain. */
const ETHEREUM = /^ethereum:/i;

/** Why a scanned text is no payment of this currency; null where it is one, also where the form has to ask what is meant. */
export async function scanProblem(text: string, coin: CoinId, ask: UtxoCall): Promise<string | null> {
  if (ETHEREUM.test(text.trim())) return addressProblem({ reason: 'other-chain', party: 'Ethereum' }, coin);
  try {
    await ask('address.check', { coin, text, legacyMeant: false });
    return null;
  } catch (thrown) {
    const { code, details } = asWalletError(thrown);
    if (code !== 'bad-address' || details.reason === 'maybe-bitcoin') return null;
    return details.reason === 'format' || details.reason === 'empty'
      ? t('scan.not-payment')
      : addressProblem(details, coin);
  }
}
