/** Descriptions that makers of contracts have published (ERC-7730), rendered by a library from the build's copy. */

import { Decoder } from 'micro-eth-signer/abi.js';
import { hexToBytes } from 'viem';
import { z } from 'zod';
import type { Deed } from '@/lib/bus/review';
import { amountOf, lineOf, wordOf } from './facts';
import type { Address, Call, Surroundings } from './types';

const MOST_FIELDS = 40;
/** Descriptions of standards, which others are made of; they name no contract. */
const STANDARDS = 'ercs/';

const descriptors = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Descriptors = z.output<typeof descriptors>;

export type Described = Extract<Deed, { kind: 'described' }>;

/**
 * @param load the build's descriptions, read when the first call wants one: they are half a megabyte
 * @returns null for a call that nobody has described
 */
export function createDescriber(load: () => Promise<unknown>) {
  let loaded: Promise<Descriptors> | undefined;
  const all = (): Promise<Descriptors> => {
    loaded ??= load().then((read) => descriptors.parse(read));
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  return async (call: Call, chainId: number, around: Surroundings): Promise<Described | null> => {
    const { to } = call;
    if (to === null || call.data.length < 10) return null;
    const files = filesFor(await all(), to);
    return Object.keys(files).length === 0 ? null : render(files, { ...call, to }, chainId, around);
  };
}

/** Those that name the contract, and those that they are made of, which stand in the same folder or are standards. */
function filesFor(all: Descriptors, address: Address): Descriptors {
  const key = address.toLowerCase();
  const named = Object.entries(all).filter(([, file]) => JSON.stringify(file).toLowerCase().includes(key));
  const folders = new Set(named.filter(([, file]) => 'includes' in file).map(([name]) => name.replace(/[^/]*$/, '')));
  const parts = Object.entries(all).filter(
    ([name, file]) => (name.startsWith(STANDARDS) || folders.has(name.replace(/[^/]*$/, ''))) && !hasContext(file),
  );
  return Object.fromEntries([...parts, ...named]);
}

/** Parts have no deployments of their own. */
const hasContext = (file: Descriptors[string]): boolean => JSON.stringify(file.context ?? {}).includes('"deployments"');

async function render(
  files: Descriptors,
  call: Call & { readonly to: Address },
  chainId: number,
  around: Surroundings,
): Promise<Described | null> {
  const id = BigInt(chainId);
  const data = hexToBytes(call.data);
  const entry = new Decoder().addClearSig(files).clearSigEntry(call.to.toLowerCase(), data, id);
  const result = await entry?.(
    { to: call.to.toLowerCase(), from: call.from.toLowerCase(), data, value: call.valueWei, chainId: id },
    {
      resolveToken: async ({ address }) => {
        const { symbol, decimals } = await around.asset(address as Address, 'erc20');
        return symbol === null || decimals === null ? undefined : { symbol, decimals, abi: 'ERC20' };
      },
      resolveAddress: async ({ address }) => (await around.party(address as Address)).name ?? undefined,
    },
  );
  if (result === undefined) return null;
  const fields = Object.entries(result.fields);
  return {
    kind: 'described',
    intent: lineOf(result.interpolatedIntent ?? result.intent),
    to: await around.party(call.to),
    // Descriptions need not speak of it.
    amount: call.valueWei > 0n ? amountOf(await around.asset(null), call.valueWei) : null,
    fields: fields.slice(0, MOST_FIELDS).map(([label, { value }]) => ({ label: wordOf(label), value: lineOf(value) })),
    more: Math.max(0, fields.length - MOST_FIELDS),
  };
}
