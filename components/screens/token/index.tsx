import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { TokenScreen } from './Screen';

export interface TokenPageProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  /** Of the token's contract on the selected network. */
  readonly address: string;
  /** Null where only the address is known. */
  readonly onSend: (() => void) | null;
  readonly onReceive: () => void;
  readonly onBack: () => void;
}

const same = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();

export function TokenPage({ snapshot, account, address, onSend, onReceive, onBack }: TokenPageProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const { network, tokens, balances } = snapshot;
  const { chainId } = network;
  const hide = useAction(async (symbol: string) => {
    await call('tokens.set-visibility', { chainId, address, visibility: 'hidden' });
    show(t('token.hidden', { symbol }));
    onBack();
  });
  const token = tokens.find((one) => one.chainId === chainId && same(one.address, address));
  if (token === undefined) return null;
  const held = balances.find(
    (one) => one.chainId === chainId && same(one.owner, account.address) && same(one.token, address),
  );
  const copy = async () => {
    await navigator.clipboard.writeText(token.address);
    show(t('token.copied'));
  };
  return (
    <TokenScreen
      token={token}
      network={network}
      units={held === undefined ? null : BigInt(held.units)}
      asOfMs={held?.asOfMs ?? null}
      networkDown={snapshot.networkError !== null}
      prices={snapshot.prices}
      error={hide.error}
      onSend={onSend}
      onReceive={onReceive}
      onCopy={() => copy().catch(() => undefined)}
      onHide={() => hide.run(token.symbol)}
      onBack={onBack}
    />
  );
}
