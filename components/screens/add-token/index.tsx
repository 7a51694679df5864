import { useRef, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { NetworkView, TokenOffer } from '@/lib/bus/networks';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { AddTokenScreen } from './Screen';
import { tokenError } from './token-errors';

export interface AddTokenProps {
  readonly network: NetworkView;
  readonly onDone: () => void;
}

export function AddToken({ network, onDone }: AddTokenProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const [address, setAddress] = useState('');
  const [offer, setOffer] = useState<TokenOffer | null>(null);
  /** What was typed when it was asked about: an answer to something older is dropped. */
  const [asked, setAsked] = useState('');
  const latest = useRef('');
  const { chainId } = network;
  const look = useAction(async () => {
    setAsked(address);
    const found = await call('tokens.look', { chainId, address });
    if (latest.current === address) setOffer(found);
  });
  const add = useAction(async ({ symbol }: TokenOffer) => {
    await call('tokens.add', { chainId, address });
    show(t('token.added', { symbol }));
    onDone();
  });
  const error = asked === address ? (add.error ?? look.error) : null;
  const refusal = error && tokenError(error, { typed: address, network });
  return (
    <AddTokenScreen
      networkName={network.name}
      address={address}
      refusal={refusal ?? undefined}
      problem={refusal === null ? error : null}
      offer={offer}
      busy={look.busy || add.busy}
      onAddress={(typed) => {
        latest.current = typed;
        setAddress(typed);
        setOffer(null);
      }}
      onLook={look.run}
      onAdd={() => offer !== null && add.run(offer)}
      onBack={onDone}
    />
  );
}
