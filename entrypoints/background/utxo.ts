/** Bitcoin and its relatives: the engine where it is loaded, its keys, what is kept of its news. */
import type { Preferences } from '@/lib/bus/snapshot';
import { createUtxoKeys } from '@/lib/keyring/utxo-keys';
import { openUtxoInside, openUtxoLine } from '@/lib/platform/utxo-host';
import { createUtxoHost, type HostDeps } from '@/lib/utxo/host/host';
import { createUtxoWatch } from '@/lib/utxo/host/kept';
import type { Cells } from './cells';
import { environment } from './environment';
import { showUtxoPayment } from './payment-notice';

export interface UtxoSideParts {
  readonly cells: Cells;
  readonly areas: HostDeps['areas'];
  readonly settings: () => Promise<Preferences>;
  readonly changed: () => void;
}

const open = import.meta.env.FIREFOX
  ? () => openUtxoInside(async () => (await import('../utxo/engine')).serve)
  : openUtxoLine;

export function openUtxo({ cells, areas, settings, changed }: UtxoSideParts) {
  const host = createUtxoHost({
    open,
    areas,
    keys: createUtxoKeys({ profile: cells.profile, session: cells.keyring }),
    onNews: (news) => watch.onNews(news),
    setTimer: environment.setTimer,
  });
  const watch = createUtxoWatch({
    kept: cells.utxo,
    balances: cells.utxoBalances,
    host,
    show: showUtxoPayment(settings),
    now: environment.now,
    changed,
  });
  /** A wallet was removed: with it goes what is of it, now or with the next question to the servers. */
  const prune = async (): Promise<void> => {
    if (await watch.isActive()) await host.tell('prune').catch(() => undefined);
  };
  const wipe = async (): Promise<void> => {
    await host.wipe();
    await Promise.all([cells.utxo.remove(), cells.utxoBalances.remove()]);
  };
  return { ...watch, call: host.call, end: host.end, prune, wipe };
}
