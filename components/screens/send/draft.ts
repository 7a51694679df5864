import { accountInUse, canSend } from '@/components/screens/shared/own-accounts';
import type { Snapshot } from '@/lib/bus/snapshot';
import { assetsOf } from './asset';
import type { SendDraft } from './Screen';

/** @param token a contract, or null for the network's own unit */
export const emptyDraft = (token: string | null): SendDraft => ({
  to: '',
  amount: '',
  everything: false,
  token,
  fee: 'normal',
});

type Facts = Pick<Snapshot, 'sendDraft' | 'network' | 'tokens' | 'balances' | 'wallets' | 'selected'>;

/** What was typed when a page was closed over it; null if that was for another account or network, or of a token that is gone. */
export function keptDraft(snapshot: Facts): SendDraft | null {
  const { sendDraft, network } = snapshot;
  const account = accountInUse(snapshot);
  if (sendDraft === null || account === undefined || !canSend(snapshot, account)) return null;
  const { of, form } = sendDraft;
  const isSame = of.chainId === network.chainId && of.from.toLowerCase() === account.address.toLowerCase();
  const isThere = assetsOf(snapshot, account, form.token).some(({ token }) => token === form.token);
  return isSame && isThere ? form : null;
}
