import type { Snapshot } from '@/lib/bus/snapshot';
import { amountText } from '@/lib/chains/amount';
import { type AskedPayment, isPaymentUri, readPaymentUri } from '@/lib/chains/payment-uri';
import { t } from '@/lib/i18n';
import type { Asset } from './asset';
import type { SendDraft } from './Screen';

/** What a request is held against. */
export interface Known {
  readonly network: Pick<Snapshot['network'], 'chainId'>;
  readonly networks: readonly Pick<Snapshot['network'], 'chainId' | 'name'>[];
  /** What can be sent from here, the network's own unit first. */
  readonly assets: readonly Pick<Asset, 'token' | 'decimals'>[];
}

const assetOf = ({ token }: AskedPayment, { assets }: Known) =>
  assets.find((one) => one.token?.toLowerCase() === token?.toLowerCase());

const isHere = ({ chainId }: AskedPayment, { network }: Known) => chainId === null || chainId === network.chainId;

/** A draft with a payment request (EIP-681) where the recipient is typed, filled in; any other as it is. */
export function fillRequest(draft: SendDraft, known: Known): SendDraft {
  const asked = readPaymentUri(draft.to);
  const asset = asked && isHere(asked, known) ? assetOf(asked, known) : undefined;
  if (asked === null || asset === undefined) return draft;
  const { token, decimals } = asset;
  const amount =
    asked.amount === null
      ? { amount: token === draft.token ? draft.amount : '' }
      : { amount: amountText(asked.amount, decimals) };
  return { ...draft, to: asked.address, token, ...amount, everything: false };
}

/** Why a request that stands there could not be filled in; undefined for anything else. */
export function requestProblem(to: string, known: Known): string | undefined {
  const asked = readPaymentUri(to);
  if (asked === null) return isPaymentUri(to) ? t('send.request.not-understood') : undefined;
  const { chainId } = asked;
  if (chainId !== null && !isHere(asked, known))
    return t('send.request.other-network', {
      chainId,
      name: known.networks.find((one) => one.chainId === chainId)?.name,
    });
  return assetOf(asked, known) === undefined ? t('send.request.other-token') : undefined;
}
