import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { NetworkFormInput, NetworkView } from '@/lib/bus/networks';
import type { Snapshot } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { networkErrors } from './network-errors';
import { NetworkFormScreen } from './Screen';

export interface NetworkFormProps {
  readonly snapshot: Snapshot;
  /** Null for a network that is to be added. */
  readonly chainId: number | null;
  readonly onDone: () => void;
}

const EMPTY: NetworkFormInput = { name: '', rpcUrl: '', chainId: '', symbol: '', explorerUrl: '' };

function draftOf({ name, rpcUrl, chainId, symbol, explorerUrl }: NetworkView): NetworkFormInput {
  return { name, rpcUrl, chainId: String(chainId), symbol, explorerUrl: explorerUrl ?? '' };
}

/** What was typed into this form when a page was closed over it. */
const keptDraft = ({ networkDraft }: Snapshot, chainId: number | null): NetworkFormInput | null =>
  networkDraft !== null && networkDraft.of === chainId ? networkDraft.form : null;

const hostOf = (rpcUrl: string): string | null => (URL.canParse(rpcUrl) ? new URL(rpcUrl).hostname : null);

/** A network of one's own, or the node of one of the build. */
export function NetworkForm({ snapshot, chainId, onDone }: NetworkFormProps) {
  const network = snapshot.networks.find((one) => one.chainId === chainId) ?? null;
  const { call } = useWallet();
  const [draft, setDraft] = useState(
    () => keptDraft(snapshot, chainId) ?? (network === null ? EMPTY : draftOf(network)),
  );
  const leave = () => {
    call('networks.keep-draft', { draft: null }).catch(() => undefined);
    onDone();
  };
  const { save, restore, show, remove } = useNetworkActions(snapshot, network, onDone);
  const error = save.error ?? restore.error ?? show.error ?? remove.error;
  const errors = error && networkErrors(error, network === null ? 'typed' : 'fixed');
  return (
    <NetworkFormScreen
      network={network}
      selected={network?.chainId === snapshot.network.chainId}
      draft={draft}
      errors={errors ?? {}}
      problem={errors === null ? error : null}
      asking={save.busy}
      onDraft={setDraft}
      onSave={() => save.run(draft)}
      onDefaultNode={restore.run}
      onVisible={show.run}
      onRemove={remove.run}
      onBack={leave}
    />
  );
}

function useNetworkActions(snapshot: Snapshot, network: NetworkView | null, onDone: () => void) {
  const { call } = useWallet();
  const { askForNode, dropNode } = usePageHost();
  const { show: say } = useToaster();
  const chainId = network?.chainId ?? 0;
  /** The access to a host is given back when no network needs it any more. */
  const giveBack = async () => {
    const host = network && hostOf(network.rpcUrl);
    const needed = snapshot.networks.some((one) => one.chainId !== chainId && hostOf(one.rpcUrl) === host);
    if (network !== null && !needed) await dropNode(network.rpcUrl);
  };
  const save = useAction(async (draft: NetworkFormInput) => {
    const rpcUrl = draft.rpcUrl.trim();
    const changed = network?.rpcUrl !== rpcUrl;
    // The browser's question takes the focus, and with it a popup. Nothing is waited for: it is asked in the turn of the
    // press, later the browser does not show it.
    call('networks.keep-draft', { draft: { of: network?.chainId ?? null, form: draft } }).catch(() => undefined);
    if (changed && !(await askForNode(rpcUrl))) throw new WalletError('bad-network', { reason: 'permission' });
    if (network === null) await call('networks.add', draft);
    else if (network.custom) await call('networks.change', draft);
    else if (changed)
      await call('networks.set-node', { chainId, rpcUrl: rpcUrl === network.replacedRpcUrl ? null : rpcUrl });
    if (changed && hostOf(rpcUrl) !== (network && hostOf(network.rpcUrl))) await giveBack();
    say(t(network === null ? 'network.added' : 'network.saved'));
    onDone();
  });
  const restore = useAction(async () => {
    await call('networks.set-node', { chainId, rpcUrl: null });
    await giveBack();
    onDone();
  });
  const show = useAction((visible: boolean) =>
    call('networks.set-visibility', { chainId, visibility: visible ? 'shown' : 'hidden' }),
  );
  const remove = useAction(async () => {
    await call('networks.remove', { chainId });
    await giveBack();
    onDone();
  });
  return { save, restore, show, remove };
}
