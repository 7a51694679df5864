/** What others may take now: what was granted here, and listed tokens with contracts that many sites send people to. */
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import type { Address, ChainAdapter, ContractCall } from '@/lib/chains/types';
import { knownSpenders, PERMIT2 } from '../review/known-contracts';
import { type AllowancePlace, type Grant, placeKey } from './grants';

const ABI = parseAbi([
  'function allowance(address owner, address spender) view returns (uint256)',
  'function isApprovedForAll(address owner, address operator) view returns (bool)',
  'function getApproved(uint256 id) view returns (address)',
  'function ownerOf(uint256 id) view returns (address)',
  'function approve(address spender, uint256 unitsOrId)',
  'function setApprovalForAll(address operator, bool approved)',
]);
/** https://github.com/Uniswap/permit2, interface IAllowanceTransfer. */
const PERMIT2_ABI = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 units, uint48 expiration, uint48 nonce)',
  'function approve(address token, address spender, uint160 units, uint48 expiration)',
]);

/** One that holds. */
export interface Allowance {
  readonly place: AllowancePlace;
  /** In the smallest unit of a token; 1 for an item, 0 for a whole collection. */
  readonly units: bigint;
  /** ms since the epoch; null where it does not end by itself. */
  readonly untilMs: number | null;
  /** The site it was granted to, and when, where that was through this wallet. */
  readonly granted: { readonly origin: string; readonly atMs: number } | null;
}

export interface Looked {
  readonly chainId: number;
  readonly owner: Address;
  /** Contracts of listed and added tokens on this chain. */
  readonly tokens: readonly Address[];
  readonly grants: readonly Grant[];
  readonly read: ChainAdapter['read'];
  /** ms since the epoch */
  readonly nowMs: number;
}

/** @throws WalletError `chain-unreachable` */
export async function readAllowances({ read, nowMs, ...looked }: Looked): Promise<readonly Allowance[]> {
  const wanted = placesOf(looked).map((one) => ({ ...one, calls: callsOf(one.place) }));
  const answers = await read(wanted.flatMap(({ calls }) => calls));
  let at = 0;
  return wanted.flatMap(({ place, granted, calls }) => {
    const own = answers.slice(at, at + calls.length);
    at += calls.length;
    const held = heldOf(place, own, nowMs);
    return held === null ? [] : [{ place, granted, ...held }];
  });
}

/** Granted ones first, the newest of them first. */
function placesOf({ chainId, owner, tokens, grants }: Pick<Looked, 'chainId' | 'owner' | 'tokens' | 'grants'>) {
  const own = grants.filter(({ place }) => place.chainId === chainId && same(place.owner, owner));
  const granted = own.map(({ place, origin, atMs }) => ({ place, granted: { origin, atMs } }));
  const guessed = tokens.flatMap((contract) =>
    knownSpenders(chainId).flatMap((spender) => {
      const at = { chainId, owner, contract, spender };
      const places: AllowancePlace[] = [{ kind: 'token', ...at }];
      // Permit2 itself takes by allowances at the tokens.
      if (!same(spender, PERMIT2)) places.push({ kind: 'permit2', ...at });
      return places.map((place) => ({ place, granted: null }));
    }),
  );
  const seen = new Set<string>();
  return [...granted, ...guessed].filter(({ place }) => {
    const key = placeKey(place);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function callsOf(place: AllowancePlace): readonly ContractCall[] {
  const { owner, contract, spender } = place;
  const ask = (data: Hex): ContractCall => ({ to: contract, data });
  switch (place.kind) {
    case 'token':
      return [ask(encodeFunctionData({ abi: ABI, functionName: 'allowance', args: [owner, spender] }))];
    case 'permit2': {
      const args = [owner, contract, spender] as const;
      return [{ to: PERMIT2, data: encodeFunctionData({ abi: PERMIT2_ABI, functionName: 'allowance', args }) }];
    }
    case 'collection':
      return [ask(encodeFunctionData({ abi: ABI, functionName: 'isApprovedForAll', args: [owner, spender] }))];
    case 'item': {
      const args = [BigInt(place.tokenId)] as const;
      return [
        ask(encodeFunctionData({ abi: ABI, functionName: 'getApproved', args })),
        ask(encodeFunctionData({ abi: ABI, functionName: 'ownerOf', args })),
      ];
    }
    default:
      return place satisfies never;
  }
}

/** Null where nothing is allowed, any more or at all, and where a contract answers something else. */
function heldOf(
  place: AllowancePlace,
  [first = null, second = null]: ReadonlyArray<Hex | null>,
  nowMs: number,
): Pick<Allowance, 'units' | 'untilMs'> | null {
  if (first === null) return null;
  try {
    switch (place.kind) {
      case 'token': {
        const units = decodeFunctionResult({ abi: ABI, functionName: 'allowance', data: first });
        return units === 0n ? null : { units, untilMs: null };
      }
      case 'permit2': {
        const [units, end] = decodeFunctionResult({ abi: PERMIT2_ABI, functionName: 'allowance', data: first });
        const untilMs = end * 1_000;
        return units === 0n || untilMs < nowMs ? null : { units, untilMs: reachable(untilMs) };
      }
      case 'collection': {
        const isAllowed = decodeFunctionResult({ abi: ABI, functionName: 'isApprovedForAll', data: first });
        return isAllowed ? { units: 0n, untilMs: null } : null;
      }
      case 'item': {
        if (second === null) return null;
        const allowed = decodeFunctionResult({ abi: ABI, functionName: 'getApproved', data: first });
        // Sold since: then it is the next owner's.
        const owner = decodeFunctionResult({ abi: ABI, functionName: 'ownerOf', data: second });
        return same(allowed, place.spender) && same(owner, place.owner) ? { units: 1n, untilMs: null } : null;
      }
      default:
        return place satisfies never;
    }
  } catch {
    return null;
  }
}

/** What a calendar has; later is never. */
const reachable = (timeMs: number): number | null => (timeMs > 8_640_000_000_000_000 ? null : timeMs);

const NOBODY: Address = `0x${'0'.repeat(40)}`;

/** What its owner sends to end it. */
export function revocation(place: AllowancePlace): ContractCall {
  const { contract, spender } = place;
  switch (place.kind) {
    case 'token':
      return { to: contract, data: encodeFunctionData({ abi: ABI, functionName: 'approve', args: [spender, 0n] }) };
    case 'permit2': {
      const args = [contract, spender, 0n, 0] as const;
      return { to: PERMIT2, data: encodeFunctionData({ abi: PERMIT2_ABI, functionName: 'approve', args }) };
    }
    case 'collection': {
      const args = [spender, false] as const;
      return { to: contract, data: encodeFunctionData({ abi: ABI, functionName: 'setApprovalForAll', args }) };
    }
    case 'item': {
      const args = [NOBODY, BigInt(place.tokenId)] as const;
      return { to: contract, data: encodeFunctionData({ abi: ABI, functionName: 'approve', args }) };
    }
    default:
      return place satisfies never;
  }
}
