/** What a call does, as far as its bytes tell: the standards' functions, known routers, calls within calls. */
import { encodeFunctionData } from 'viem';
import type { AmountFacts, AssetFacts, Deed } from '@/lib/bus/review';
import { TOKEN_ABI } from './abis';
import {
  addressAt,
  type DecodedFunction,
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
const DEEPEST = 4;

type Target = Call & { readonly to: Address };

export interface Decoded {
  /** What is said of it, at least one: everything that it does, or only that it is a call. */
  readonly deeds: readonly Deed[];
  /** Of a call that is not understood to its last byte, what its parts look like. Nothing of it is said, but its risks are. */
  readonly suspected: readonly Deed[];
}

const sure = (...deeds: readonly Deed[]): Decoded => ({ deeds, suspected: [] });
/** Everything but a call that nobody understands. */
const isUnderstood = ({ kind }: Deed): boolean => kind !== 'call';

export async function decodeCall(call: Call, chainId: number, around: Surroundings, depth = 0): Promise<Decoded> {
  const { to } = call;
  if (to === null) return sure({ kind: 'deploy', codeBytes: (call.data.length - 2) / 2 });
  const target = { ...call, to };
  if (call.data === '0x') return sure(await (isWrapper(chainId, to) ? wrapped : sendOwn)(target, around));
  const swap = await swapDeed(target, chainId, around);
  if (swap !== null) return sure(swap);
  const packed = depth < DEEPEST ? packedCalls(target) : null;
  if (packed !== null) return decodePacked(target, packed, chainId, around, depth);
  const { deed, whole } = await decodeSingle(target, chainId, around);
  if (deed === null) return sure(await plainCall(target, around));
  return whole ? sure(deed) : { deeds: [await plainCall(target, around)], suspected: [deed] };
}

interface Packed {
  readonly calls: readonly Call[];
  readonly whole: boolean;
}

/** All of them, or only that it is a call: one that is not understood can undo what the others say. */
async function decodePacked(
  target: Target,
  { calls, whole }: Packed,
  chainId: number,
  around: Surroundings,
  depth: number,
): Promise<Decoded> {
  const parts: Decoded[] = [];
  // What is empty inside of another call sends nothing: it asks the contract for something without a name.
  for (const one of calls)
    parts.push(
      one.data === '0x' ? sure(await plainCall(target, around)) : await decodeCall(one, chainId, around, depth + 1),
    );
  const deeds = parts.flatMap((part) => part.deeds);
  // What is sent along goes once, and each of them would speak of it.
  if (whole && target.valueWei === 0n && deeds.length > 0 && deeds.every(isUnderstood)) return sure(...deeds);
  const suspected = [...deeds.filter(isUnderstood), ...parts.flatMap((part) => part.suspected)];
  return { deeds: [await plainCall(target, around)], suspected };
}

async function sendOwn({ to, valueWei }: Target, around: Surroundings): Promise<Deed> {
  const [asset, party] = await Promise.all([around.asset(null), around.party(to)]);
  return { kind: 'send', amount: amountOf(asset, valueWei), from: null, to: party };
}

/** What a wrapper is sent without a word, it wraps. */
async function wrapped({ valueWei }: Target, around: Surroundings): Promise<Deed> {
  return { kind: 'wrap', amount: amountOf(await around.asset(null), valueWei) };
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

/** The calls that are packed into this one, or null. None of them is of another sender, or to another contract. */
const packedCalls = (call: Target): Packed | null => batchedSends(call) ?? multicall(call);

/** The batch of ERC-1155 as one call for each kind that it moves; null for what is none. */
function batchedSends(call: Target): Packed | null {
  const batch = tokenFunction(call.data);
  if (batch?.name !== 'safeBatchTransferFrom') return null;
  const [from, to] = batch.args;
  const [ids, units] = [listAt(batch.args, 2), listAt(batch.args, 3)];
  if (ids.length !== units.length) return null;
  const calls = ids.map((id, place) => {
    const args = [from, to, id, units[place], '0x'] as never;
    return { ...call, data: encodeFunctionData({ abi: TOKEN_ABI, functionName: 'safeTransferFrom', args }) };
  });
  return { calls, whole: batch.whole };
}

/** Multicall3 calls as itself: nothing in it is done by the account, so it is none. */
function multicall(call: Target): Packed | null {
  const decoded = multicallFunction(call.data);
  if (decoded === null) return null;
  const data = listAt(decoded.args, decoded.args.length - 1);
  return { calls: data.map((_, place) => ({ ...call, data: hexAt(data, place) })), whole: decoded.whole };
}

interface Single {
  readonly deed: Deed | null;
  readonly whole: boolean;
}

async function decodeSingle(call: Target, chainId: number, around: Surroundings): Promise<Single> {
  const isPermit2 = call.to.toLowerCase() === PERMIT2.toLowerCase();
  const decoded = isPermit2 ? permit2Function(call.data) : tokenFunction(call.data);
  if (decoded === null) return { deed: null, whole: false };
  // Nothing else of a standard takes the chain's own unit along; a contract that does has its own meaning for the name.
  const isPaid = call.valueWei > 0n && decoded.name !== 'deposit';
  try {
    const read = isPermit2 ? permit2Deed(decoded, call, around) : tokenDeed(decoded, call, chainId, around);
    return { deed: await read, whole: decoded.whole && !isPaid };
  } catch {
    return { deed: null, whole: false };
  }
}

async function swapDeed(call: Target, chainId: number, around: Surroundings): Promise<Deed | null> {
  const swap = decodeSwap(call, chainId);
  if (swap === null) return null;
  const [give, get] = await Promise.all([around.asset(swap.give.token), around.asset(swap.get.token)]);
  const [router, to] = await Promise.all([around.party(call.to), around.party(swap.to)]);
  return {
    kind: 'swap',
    give: amountOf(give, swap.give.units, swap.give.bound),
    get: amountOf(get, swap.get.units, swap.get.bound),
    router,
    to,
  };
}

async function permit2Deed({ name, args }: DecodedFunction, call: Target, around: Surroundings): Promise<Deed | null> {
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

async function tokenDeed(
  { name, args }: DecodedFunction,
  call: Target,
  chainId: number,
  around: Surroundings,
): Promise<Deed | null> {
  if (name === 'deposit' || name === 'withdraw') return wrapDeed(name, args, call, chainId, around);
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
  const standard = isMany ? 'erc1155' : 'erc721';
  const asset: AssetFacts = await around.asset(collection, standard, id);
  if (asset.standard !== standard) throw new TypeError('not a collection');
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
  if (name === 'deposit') return wrapped(call, around);
  return { kind: 'unwrap', amount: amountOf(await around.asset(call.to, 'erc20'), numberAt(args, 0)) };
}

/** The data of an `approve` with another limit; null where the call is none whose limit can be chosen. */
export function limitedData(data: Hex, units: bigint): Hex | null {
  const decoded = tokenFunction(data);
  const isAllowance =
    decoded?.name === 'approve' || decoded?.name === 'increaseAllowance' || decoded?.name === 'increaseApproval';
  if (!decoded?.whole || !isAllowance || units < 0n || units >= 1n << 256n) return null;
  return `${data.slice(0, 74)}${units.toString(16).padStart(64, '0')}${data.slice(138)}` as Hex;
}
