import { useState } from 'react';
import { accountsOf, refOf } from '@/components/screens/shared/own-accounts';
import type { Snapshot } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { matches } from './matches';
import { SearchSheet, type TokenView } from './Screen';

export interface SearchProps {
  readonly snapshot: Snapshot;
  readonly open: boolean;
  readonly onToken: (token: TokenView) => void;
  readonly onClose: () => void;
}

export function Search({ snapshot, open, onToken, onClose }: SearchProps) {
  const { call } = useWallet();
  const [query, setQuery] = useState('');
  const close = () => {
    setQuery('');
    onClose();
  };
  const here = snapshot.tokens.filter(({ chainId, hidden }) => chainId === snapshot.network.chainId && !hidden);
  return (
    <SearchSheet
      open={open}
      query={query}
      accounts={accountsOf(snapshot).filter(({ name, address }) => matches(query, [name, address]))}
      tokens={here.filter(({ symbol, name, address }) => matches(query, [symbol, name, address]))}
      onQuery={setQuery}
      onAccount={(account) => {
        close();
        call('accounts.select', { account: refOf(account) }).catch(() => undefined);
      }}
      onToken={(token) => {
        close();
        onToken(token);
      }}
      onClose={close}
    />
  );
}
