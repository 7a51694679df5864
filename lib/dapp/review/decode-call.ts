/** What a call does, as far as its bytes tell: the standards' functions, known routers, calls within calls. */
import { encodeFunctionData } from 'viem';
import type { AmountFacts, AssetFacts, Deed } from '@/lib/bus/review';
import { TOKEN_ABI } from './abis';
import {
  addressAt,
  hexAt,
  listAt,
  memberOf,
  multicallFunction,
  numberAt,
  permit2Function,
  tokenFunction,
} from './decode-function';
import { decodeSwap } from './decode-swap';
import { amountOf } from './facts';
import { isWrapper, PERMIT2 } from './known-contracts';
import type { Address, Call, Hex, Surroundings } from './types';

/** Calls within calls go so deep; more is left to the trial on the node. */
const DEEPEST = 3;
const MOST_CALLS = 20;

type Target = Call & { readonly to: Address };

/** @returns at least one; more than one where calls are packed into another one */
export async function decodeCall(
  call: Call,
  chainId: number,
  around: Surroundings,
  depth = 0,
): Promise<readonly Deed[]> {
  const { to } = call;
  if (to === null) return [{ kind: 'deploy', codeBytes: (call.data.length - 2) / 2 }];
  const target = { ...call, to };
  if (call.data === '0x') return [await sendOwn(target, around)];
  if (depth < DEEPEST) {
    const inner = batchedSends(target) ?? innerCalls(target);
    if (inner !== null && inner.length > 0) {
      const deeds: Deed[] = [];
      for (const one of inner.slice(0, MOST_CALLS)) deeds.push(...(await decodeCall(one, chainId, around, depth + 1)));
      return deeds.slice(0, MOST_CALLS);
    }
  }
  return [(await decodeSingle(target, chainId, around)) ?? (await plainCall(target, around))];
}

async function sendOwn({ to, valueWei }: Target, around: Surroundings): Promise<Deed> {
  const [asset, party] = await Promise.all([around.asset(null), around.party(to)]);
  return { kind: 'send', amount: amountOf(asset, valueWei), from: null, to: party };
}

async function plainCall({ to, valueWei, data }: Target, around: Surroundings): Promise<Deed> {
  const [own, party] = await Promise.all([around.asset(null), around.party(to)]);
  return {
    kind: 'call',
    to: party,
    signature: null,
    selector: data.length >= 10 ? data.slice(0, 10) : null,
    amount: valueWei > 0n ? amountOf(own, valueWei) : null,
  };
}

/** The batch of ERC-1155 as one call for each kind that it moves; null for what is none, or has too many to be read. */
function batchedSends(call: Target): readonly Call[] | null {
  const batch = tokenFunction(call.data);
  if (batch?.name !== 'safeBatchTransferFrom' || call.valueWei > 0n) return null;
  const [from, to, , , data] = batch.args;
  const [ids, units] = [listAt(batch.args, 2), listAt(batch.args, 3)];
  if (ids.length !== units.length || ids.length > MOST_CALLS) return null;
  return ids.map((id, place) => {
    const args = [from, to, id, units[place], data] as never;
    return { ...call, data: encodeFunctionData({ abi: TOKEN_ABI, functionName: 'safeTransferFrom', args }) };
  });
}

/** The calls that are packed into this one, or null. A packed one may say another target, never another sender. */
function innerCalls(call: Target): readonly Call[] | null {
  const packed = multicallFunction(call.data);
  if (packed === null) return null;
  try {
    if (packed.name === 'multicall') {
      const data = listAt(packed.args, packed.args.length - 1);
      return data.map((_, place) => ({ ...call, data: hexAt(data, place) }));
    }
    // Multicall3 calls as itself: nothing in it is done by the account, so it is no deed of the account's own.
    return null;
  } catch {
    return null;
  }
}

async function decodeSingle(call: Target, chainId: number, around: Surroundings): Promise<Deed | null> {
  const isPermit2 = call.to.toLowerCase() === PERMIT2.toLowerCase();
  try {
    if (isPermit2) return await permit2Deed(call, around);
    return (await swapDeed(call, around)) ?? (await tokenDeed(call, chainId, around));
  } catch {
    return null;
  }
}

/** Anybody can write a function with a router's name: it is called an exchange only where the router is known. */
async function swapDeed(call: Target, around: Surroundings): Promise<Deed | null> {
  const swap = decodeSwap(call);
  if (swap === null) return null;
  const router = await around.party(call.to);
  if (router.known !== 'contract') return null;
  const [give, get] = await Promise.all([around.asset(swap.give.token), around.asset(swap.get.token)]);
  return {
    kind: 'swap',
    give: amountOf(give, swap.give.units, swap.give.bound),
    get: amountOf(get, swap.get.units, swap.get.bound),
    router,
    to: await around.party(swap.to ?? call.from),
  };
}

async function permit2Deed(call: Target, around: Surroundings): Promise<Deed | null> {
  const decoded = permit2Function(call.data);
  if (decoded === null) return null;
  const { name, args } = decoded;
  if (name === 'approve') {
    const [asset, spender] = await Promise.all([around.asset(addressAt(args, 0)), around.party(addressAt(args, 1))]);
    return allowance(amountOf(asset, numberAt(args, 2), 'at-most'), spender, 'set');
  }
  if (name === 'transferFrom') {
    const asset = await around.asset(addressAt(args, 3));
    return sent(amountOf(asset, numberAt(args, 2)), addressAt(args, 0), addressAt(args, 1), call, around);
  }
  const [first] = listAt(args, 0);
  if (first === undefined || listAt(args, 0).length > 1) return null;
  const asset = await around.asset(addressAt([memberOf(first, 'token')], 0));
  return { kind: 'allow-ended', asset, spender: await around.party(addressAt([memberOf(first, 'spender')], 0)) };
}

const allowance = (
  amount: AmountFacts,
  spender: Awaited<ReturnType<Surroundings['party']>>,
  change: 'set' | 'add' | 'subtract',
): Deed =>
  amount.units === '0' && change === 'set'
    ? { kind: 'allow-ended', asset: amount.asset, spender }
    : { kind: 'allow', amount, spender, change };

async function sent(amount: AmountFacts, from: Address, to: Address, call: Call, around: Surroundings): Promise<Deed> {
  const isOwn = from.toLowerCase() === call.from.toLowerCase();
  return { kind: 'send', amount, from: isOwn ? null : await around.party(from), to: await around.party(to) };
}

/** Which of a collection, or how much of a token: `approve` and `transferFrom` are the same function in both. */
async function unitsOrId(token: Address, value: bigint, around: Surroundings): Promise<AmountFacts> {
  const asset = await around.asset(token);
  return asset.standard === 'erc721'
    ? amountOf(await around.asset(token, 'erc721', value.toString()), 1n)
    : amountOf(asset, value);
}

async function tokenDeed(call: Target, chainId: number, around: Surroundings): Promise<Deed | null> {
  const decoded = tokenFunction(call.data);
  if (decoded === null) return null;
  const { name, args } = decoded;
  if (name === 'deposit' || name === 'withdraw') return wrapDeed(name, args, call, chainId, around);
  // Nothing of a standard takes the chain's own unit along; a contract that does has its own meaning for the name.
  if (call.valueWei > 0n) return null;
  switch (name) {
    case 'transfer':
      return sent(
        amountOf(await around.asset(call.to, 'erc20'), numberAt(args, 1)),
        call.from,
        addressAt(args, 0),
        call,
        around,
      );
    case 'transferFrom':
      return sent(
        await unitsOrId(call.to, numberAt(args, 2), around),
        addressAt(args, 0),
        addressAt(args, 1),
        call,
        around,
      );
    case 'approve':
      return allowance(
        asLimit(await unitsOrId(call.to, numberAt(args, 1), around)),
        await around.party(addressAt(args, 0)),
        'set',
      );
    case 'increaseAllowance':
    case 'increaseApproval':
      return changed('add', call.to, args, around);
    case 'decreaseAllowance':
    case 'decreaseApproval':
      return changed('subtract', call.to, args, around);
    case 'setApprovalForAll': {
      const [collection, operator] = await Promise.all([around.party(call.to), around.party(addressAt(args, 0))]);
      return { kind: args[1] === true ? 'allow-collection' : 'allow-collection-ended', collection, operator };
    }
    case 'safeTransferFrom':
      return sent(await oneOf(call.to, args, around), addressAt(args, 0), addressAt(args, 1), call, around);
    default:
      return null;
  }
}

const asLimit = (amount: AmountFacts): AmountFacts =>
  amount.bound === 'exact' ? { ...amount, bound: 'at-most' } : amount;

async function changed(
  change: 'add' | 'subtract',
  token: Address,
  args: readonly unknown[],
  around: Surroundings,
): Promise<Deed> {
  const asset = await around.asset(token, 'erc20');
  return allowance(amountOf(asset, numberAt(args, 1), 'at-most'), await around.party(addressAt(args, 0)), change);
}

/** ERC-721 says which one, ERC-1155 how many of which. */
async function oneOf(collection: Address, args: readonly unknown[], around: Surroundings): Promise<AmountFacts> {
  const id = numberAt(args, 2).toString();
  const isMany = args.length === 5;
  const asset: AssetFacts = await around.asset(collection, isMany ? 'erc1155' : 'erc721', id);
  return amountOf(asset, isMany ? numberAt(args, 3) : 1n);
}

async function wrapDeed(
  name: string,
  args: readonly unknown[],
  call: Target,
  chainId: number,
  around: Surroundings,
): Promise<Deed | null> {
  if (!isWrapper(chainId, call.to)) return null;
  if (name === 'deposit') return { kind: 'wrap', amount: amountOf(await around.asset(null), call.valueWei) };
  return { kind: 'unwrap', amount: amountOf(await around.asset(call.to, 'erc20'), numberAt(args, 0)) };
}

/** The data of an `approve` with another limit; null where the call is none whose limit can be chosen. */
export function limitedData(data: Hex, units: bigint): Hex | null {
  const decoded = tokenFunction(data);
  const isAllowance =
    decoded?.name === 'approve' || decoded?.name === 'increaseAllowance' || decoded?.name === 'increaseApproval';
  if (!isAllowance || units < 0n || units >= 1n << 256n) return null;
  return `${data.slice(0, 74)}${units.toString(16).padStart(64, '0')}${data.slice(138)}` as Hex;
}
