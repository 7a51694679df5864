import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { CoinView } from '@/lib/bus/utxo/shapes';
import { WalletError } from '@/lib/errors';
import { u } from '@/lib/i18n/utxo';
import { usePageHost } from '@/lib/state/page-host';
import { useUtxoCall } from '../use-utxo';
import { serverProblem } from '../words';
import { type ServerDraft, ServerScreen } from './Screen';

export interface ServerPageProps {
  readonly coin: CoinView;
  /** A server was picked, and has answered. */
  readonly onPicked: () => void;
  readonly onBack: () => void;
}

/** Whose makers let other wallets use them. None of them is asked before it was picked. */
const PUBLIC: readonly ServerDraft[] = [
  { kind: 'esplora', url: 'https://mempool.space/api', own: false },
  { kind: 'esplora', url: 'https://blockstream.info/api', own: false },
];

export function ServerPage({ coin, onPicked, onBack }: ServerPageProps) {
  const ask = useUtxoCall();
  const { show } = useToaster();
  const { askForNode } = usePageHost();
  const [draft, setDraft] = useState<ServerDraft>(coin.backend ?? { kind: 'blockbook', url: '', own: false });
  const save = useAction(async ({ kind, url, own }: ServerDraft) => {
    // Only pages may ask the browser, and only in the turn of the press.
    if (kind === 'esplora' && !(await askForNode(url.trim())))
      throw new WalletError('bad-server', { reason: 'permission' });
    await ask('backend.set', { coin: coin.coin, kind, url: url.trim(), own });
    show(u('server.saved', { coin: coin.name }));
    onPicked();
  });
  const clear = useAction(async () => {
    await ask('backend.clear', { coin: coin.coin });
    onBack();
  });
  const [changed, setChanged] = useState(false);
  const error = changed ? null : (save.error ?? clear.error);
  const atField = error?.code === 'bad-server';
  return (
    <ServerScreen
      coin={coin}
      used={coin.backend}
      draft={draft}
      offered={PUBLIC.filter(({ kind }) => coin.backendKinds.includes(kind))}
      error={atField ? serverProblem(error.details, coin.coin) : undefined}
      problem={atField ? null : error}
      asking={save.busy}
      onDraft={(next) => {
        setDraft(next);
        setChanged(true);
      }}
      onSave={() => {
        setChanged(false);
        void save.run(draft);
      }}
      onClear={clear.run}
      onBack={onBack}
    />
  );
}
