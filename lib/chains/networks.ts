/** The networks of this device: those of the build, those that were added, and which one is looked at. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { EvmChain } from './evm/adapter';
import type { NodeFacts } from './evm/probe';
import { checkNetworkForm, checkNodeUrl, type NetworkForm } from './network-form';
import type { Address } from './types';

const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const customNetwork = z.object({
  chainId: z.int().min(1),
  name: z.string(),
  symbol: z.string(),
  rpcUrl: z.string(),
  explorerUrl: z.string().nullable(),
  multicall: address.nullable(),
  /** Not in what older builds have stored. */
  rollup: z.enum(['none', 'op-stack']).exactOptional(),
});

export const networksRecord = z.object({
  /** Null until another one than the first of the build was chosen. */
  selected: z.int().nullable(),
  hidden: z.array(z.int()),
  /** Nodes that stand in for those of the build, by chain. */
  nodes: z.array(z.object({ chainId: z.int().min(1), rpcUrl: z.string() })),
  custom: z.array(customNetwork),
});
export type NetworksRecord = z.output<typeof networksRecord>;

/** A network of the build. */
export interface BundledNetwork extends EvmChain {
  readonly explorerUrl: string | null;
  readonly test: boolean;
}

export interface Network extends BundledNetwork {
  readonly custom: boolean;
  readonly hidden: boolean;
  /** The build's own node, where another one stands in for it. */
  readonly replacedRpcUrl: string | null;
}

export interface NetworksDeps {
  /** At least one; the first is selected at the beginning. */
  readonly bundled: readonly BundledNetwork[];
  readonly stored: { read(): Promise<NetworksRecord | null>; write(value: NetworksRecord): Promise<void> };
  /** Asks a node who it is. @throws WalletError `bad-network` with a reason */
  readonly probe: (rpcUrl: string) => Promise<NodeFacts>;
  /** Whether this build may talk to a node at all. */
  readonly mayReach: (rpcUrl: URL) => boolean;
  /** Whether something that was sent there is not mined yet. */
  readonly isInUse: (chainId: number) => Promise<boolean>;
}

export interface Networks {
  all(): Promise<readonly Network[]>;
  selected(): Promise<Network>;
  /** Shows it, too. @throws WalletError `bad-message` for a network that is not known; so do all below */
  select(chainId: number): Promise<void>;
  /** @throws WalletError `bad-network` reason `selected`: what is looked at cannot be hidden */
  setVisibility(chainId: number, visibility: 'shown' | 'hidden'): Promise<void>;
  /** @throws WalletError `bad-network` with the reason that belongs to a field of the form */
  add(form: NetworkForm): Promise<void>;
  /** The same for the one with that chain id. */
  change(form: NetworkForm): Promise<void>;
  /** Puts another node in the place of the build's; null brings that one back. @throws WalletError `bad-network` */
  setNode(chainId: number, rpcUrl: string | null): Promise<void>;
  /** Only one that was added. @throws WalletError `bad-network` reason `in-use` while something pending is there */
  remove(chainId: number): Promise<void>;
  /** Forgets all of it. */
  reset(): Promise<void>;
}

const NOTHING: NetworksRecord = { selected: null, hidden: [], nodes: [], custom: [] };

export function createNetworks({ bundled, stored, probe, mayReach, isInUse }: NetworksDeps): Networks {
  const exclusively = inTurn();
  const read = async () => (await stored.read()) ?? NOTHING;
  const change = (edit: (record: NetworksRecord) => NetworksRecord) =>
    exclusively(async () => stored.write(edit(await read())));
  const all = async () => networksOf(bundled, await read());
  const find = async (chainId: number): Promise<Network> => {
    const found = (await all()).find((one) => one.chainId === chainId);
    if (!found) throw new WalletError('bad-message', { reason: 'chain' });
    return found;
  };
  const findCustom = async (chainId: number): Promise<Network> => {
    const found = await find(chainId);
    if (!found.custom) throw new WalletError('bad-message', { reason: 'chain' });
    return found;
  };
  /** The facts of a node that is one of the chain. */
  const ask = async (rpcUrl: string, chainId: number): Promise<NodeFacts> => {
    const facts = await probe(rpcUrl);
    if (facts.chainId !== chainId)
      throw new WalletError('bad-network', { reason: 'chain-id-denied', chainId: facts.chainId });
    return facts;
  };
  /** A form that holds, with what its node says. */
  const accept = async (form: NetworkForm) => {
    const checked = checkNetworkForm(form, mayReach);
    const { multicall, rollup } = await ask(checked.rpcUrl, checked.chainId);
    return { ...checked, multicall, rollup };
  };
  const selected = async (): Promise<Network> => {
    const [record, networks] = [await read(), await all()];
    const [first] = networks;
    if (!first) throw new WalletError('bad-message', { reason: 'chain' });
    return networks.find(({ chainId }) => chainId === record.selected) ?? first;
  };

  return {
    all,
    selected,
    select: async (chainId) => {
      await find(chainId);
      await change((record) => ({ ...record, selected: chainId, hidden: without(record.hidden, chainId) }));
    },
    setVisibility: async (chainId, visibility) => {
      await find(chainId);
      if (visibility === 'hidden' && (await selected()).chainId === chainId)
        throw new WalletError('bad-network', { reason: 'selected' });
      await change((record) => {
        const rest = without(record.hidden, chainId);
        return { ...record, hidden: visibility === 'hidden' ? [...rest, chainId] : rest };
      });
    },
    add: async (form) => {
      const { chainId } = checkNetworkForm(form, mayReach);
      const taken = (await all()).find((one) => one.chainId === chainId);
      if (taken) throw new WalletError('bad-network', { reason: 'chain-id-taken', party: taken.name });
      const added = await accept(form);
      await change((record) => ({ ...record, custom: [...others(record.custom, chainId), added] }));
    },
    change: async (form) => {
      const { chainId } = checkNetworkForm(form, mayReach);
      await findCustom(chainId);
      const changed = await accept(form);
      await change((record) => ({
        ...record,
        custom: record.custom.map((one) => (one.chainId === chainId ? changed : one)),
      }));
    },
    setNode: async (chainId, rpcUrl) => {
      await find(chainId);
      if (rpcUrl === null) return change((record) => ({ ...record, nodes: others(record.nodes, chainId) }));
      const node = checkNodeUrl(rpcUrl, mayReach);
      await ask(node, chainId);
      await change((record) => ({
        ...record,
        nodes: [...others(record.nodes, chainId), { chainId, rpcUrl: node }],
      }));
    },
    remove: async (chainId) => {
      await findCustom(chainId);
      if (await isInUse(chainId)) throw new WalletError('bad-network', { reason: 'in-use' });
      await change((record) => ({
        ...record,
        selected: record.selected === chainId ? null : record.selected,
        hidden: without(record.hidden, chainId),
        custom: others(record.custom, chainId),
      }));
    },
    reset: () => exclusively(() => stored.write(NOTHING)),
  };
}

/** A network as a screen sees it. */
export const shownNetwork = ({ multicall: _, rollup: __, ...shown }: Network) => shown;

const without = (ids: readonly number[], chainId: number) => ids.filter((id) => id !== chainId);
const others = <One extends { readonly chainId: number }>(all: readonly One[], chainId: number): One[] =>
  all.filter((one) => one.chainId !== chainId);

/** The networks of the build first; one that was added gives way to a later build that brings its chain. */
function networksOf(bundled: readonly BundledNetwork[], record: NetworksRecord): readonly Network[] {
  const nodeOf = new Map(record.nodes.map(({ chainId, rpcUrl }) => [chainId, rpcUrl]));
  const isHidden = (chainId: number) => record.hidden.includes(chainId);
  const ofBuild = bundled.map((network) => {
    const rpcUrl = nodeOf.get(network.chainId);
    const replaced = rpcUrl === undefined ? { replacedRpcUrl: null } : { rpcUrl, replacedRpcUrl: network.rpcUrl };
    return { ...network, ...replaced, custom: false, hidden: isHidden(network.chainId) };
  });
  const added = record.custom
    .filter(({ chainId }) => !bundled.some((one) => one.chainId === chainId))
    .map((network) => ({
      ...network,
      decimals: ETHER_DECIMALS,
      rollup: network.rollup ?? 'none',
      test: false,
      custom: true,
      hidden: isHidden(network.chainId),
      replacedRpcUrl: null,
    }));
  return [...ofBuild, ...added];
}

/** Of every EVM chain's own unit: wallets and contracts take it for granted. */
const ETHER_DECIMALS = 18;
