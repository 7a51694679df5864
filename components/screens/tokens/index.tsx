import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { TokenOrder } from '@/lib/bus/networks';
import type { Snapshot } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { AddToken } from '../add-token';
import { TokensScreen } from './Screen';

export interface TokensProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

/** The tokens of the selected network. */
export function Tokens({ snapshot, onBack }: TokensProps) {
  const { call } = useWallet();
  const [adding, setAdding] = useState(false);
  const { network, tokens } = snapshot;
  const { chainId } = network;
  const show = useAction((address: string, visible: boolean) =>
    call('tokens.set-visibility', { chainId, address, visibility: visible ? 'shown' : 'hidden' }),
  );
  const sort = useAction((order: TokenOrder) => call('tokens.set-order', { order }));
  if (adding) return <AddToken network={network} onDone={() => setAdding(false)} />;
  return (
    <TokensScreen
      networkName={network.name}
      tokens={tokens.filter((token) => token.chainId === chainId)}
      order={snapshot.tokenOrder}
      error={show.error ?? sort.error}
      onOrder={sort.run}
      onVisible={show.run}
      onAdd={() => setAdding(true)}
      onBack={onBack}
    />
  );
}
