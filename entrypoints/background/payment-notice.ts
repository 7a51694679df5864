import type { Preferences } from '@/lib/bus/snapshot';
import type { UtxoEnded } from '@/lib/bus/utxo/line';
import { amountText } from '@/lib/chains/amount';
import type { Networks } from '@/lib/chains/networks';
import type { PaymentNotice } from '@/lib/chains/notices';
import type { Tokens } from '@/lib/chains/tokens';
import { languageFor } from '@/lib/i18n/language-for';
import { noticeTitle } from '@/lib/i18n/notices';
import { showNotice } from '@/lib/platform/notifications';

export interface NoticeParts {
  readonly settings: () => Promise<Preferences>;
  readonly networks: Networks;
  readonly tokens: Tokens;
}

/** Shows what became of a payment; the amount only where amounts are not covered. */
export function showPayment({ settings, networks, tokens }: NoticeParts) {
  return async ({ id, outcome, transaction }: PaymentNotice): Promise<void> => {
    const { chainId, token, to, valueWei } = transaction;
    const { language, hideAmounts } = await settings();
    const network = (await networks.all()).find((one) => one.chainId === chainId);
    const unit = token === undefined ? network : await tokens.find(chainId, token).catch(() => undefined);
    const amount = unit && !hideAmounts ? [`${amountText(BigInt(valueWei), unit.decimals)} ${unit.symbol}`] : [];
    const text = [...amount, shortened(to), network?.name ?? ''].filter(Boolean).join(' · ');
    await showNotice({ id, title: noticeTitle(languageFor(language, navigator.languages), outcome), text });
  };
}

/** The same of Bitcoin and its relatives. */
export function showUtxoPayment(settings: () => Promise<Preferences>) {
  return async ({ txid, outcome, name, amount, to }: UtxoEnded): Promise<void> => {
    const { language, hideAmounts, notifications } = await settings();
    if (!notifications) return;
    const text = [hideAmounts ? '' : amount, shortened(to), name].filter(Boolean).join(' · ');
    await showNotice({
      id: `payment ${txid}`,
      title: noticeTitle(languageFor(language, navigator.languages), outcome),
      text,
    });
  };
}

const shortened = (address: string): string => `${address.slice(0, 8)}…${address.slice(-6)}`;
