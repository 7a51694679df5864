/** What a transaction or a signature lets others take later: by the standards' functions and types, nothing guessed. */
import type { TypedData } from '../review/check-typed-data';
import {
  addressAt,
  hexAt,
  listAt,
  multicallFunction,
  numberAt,
  permit2Function,
  tokenFunction,
} from '../review/decode-function';
import { PERMIT2 } from '../review/known-contracts';
import type { Address, Hex } from '../review/types';
import type { AllowancePlace } from './grants';

interface Granting {
  readonly chainId: number;
  readonly owner: Address;
}
interface SentCall {
  /** Null makes a contract. */
  readonly to: Address | null;
  readonly data: Hex;
}

/** Calls within calls go so deep. */
const DEEPEST = 3;

/** Of a transaction that the owner sends. */
export function grantedByCall(by: Granting, { to, data }: SentCall, depth = 0): readonly AllowancePlace[] {
  if (to === null || data.length < 10) return [];
  try {
    if (isPermit2(to)) return permit2Grants(by, data);
    const packed = depth < DEEPEST ? multicallFunction(data) : null;
    // A router calls itself with these: what is in them is done to its own address.
    if (packed?.name === 'multicall') {
      const inner = listAt(packed.args, packed.args.length - 1);
      return inner.flatMap((_, at) => grantedByCall(by, { to, data: hexAt(inner, at) }, depth + 1));
    }
    return tokenGrants(by, to, data);
  } catch {
    return [];
  }
}

const isPermit2 = (address: string): boolean => address.toLowerCase() === PERMIT2.toLowerCase();

function tokenGrants(by: Granting, contract: Address, data: Hex): readonly AllowancePlace[] {
  const decoded = tokenFunction(data);
  if (decoded === null) return [];
  const { name, args } = decoded;
  switch (name) {
    case 'approve': {
      const [spender, value] = [addressAt(args, 0), numberAt(args, 1)];
      if (isNobody(spender)) return [];
      // The same function in ERC-20 and ERC-721: which of them it was is asked of the contract. The first item is number 0.
      const item = { ...by, kind: 'item', contract, spender, tokenId: value.toString() } as const;
      return value === 0n ? [item] : [{ ...by, kind: 'token', contract, spender }, item];
    }
    case 'increaseAllowance':
    case 'increaseApproval':
      return [{ ...by, kind: 'token', contract, spender: addressAt(args, 0) }];
    case 'permit':
      // Anybody may hand in anybody's permit: it counts where the owner is the one who sends.
      return same(addressAt(args, 0), by.owner)
        ? [{ ...by, kind: 'token', contract, spender: addressAt(args, 1) }]
        : [];
    case 'setApprovalForAll':
      return args[1] === true ? [{ ...by, kind: 'collection', contract, spender: addressAt(args, 0) }] : [];
    default:
      return [];
  }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isNobody = (address: string): boolean => /^0x0{40}$/.test(address);

function permit2Grants(by: Granting, data: Hex): readonly AllowancePlace[] {
  const decoded = permit2Function(data);
  if (decoded?.name !== 'approve' || numberAt(decoded.args, 2) === 0n) return [];
  const { args } = decoded;
  return [{ ...by, kind: 'permit2', contract: addressAt(args, 0), spender: addressAt(args, 1) }];
}

/** Of a permit that the owner has signed: whoever has it can hand it in. @param data as `checkTypedData` gives it */
export function grantedBySignature(by: Granting, data: TypedData): readonly AllowancePlace[] {
  const { primaryType, message, domain, types } = data;
  const has = (...names: string[]) => names.every((name) => types[primaryType]?.some((one) => one.name === name));
  const contract = asAddress(domain.verifyingContract);
  const spender = asAddress(message.spender);
  if (contract === null || spender === null) return [];
  if (isPermit2(contract) && has('details', 'spender', 'sigDeadline')) {
    const details: readonly unknown[] = Array.isArray(message.details) ? message.details : [message.details];
    return details.flatMap((one) => {
      const token = typeof one === 'object' && one !== null && 'token' in one ? asAddress(one.token) : null;
      return token === null ? [] : [{ ...by, kind: 'permit2' as const, contract: token, spender }];
    });
  }
  if (has('holder', 'spender', 'expiry', 'allowed'))
    return message.allowed === true ? [{ ...by, kind: 'token', contract, spender }] : [];
  if (has('owner', 'spender', 'value', 'deadline')) return [{ ...by, kind: 'token', contract, spender }];
  if (has('spender', 'tokenId', 'deadline') && typeof message.tokenId === 'string')
    return [{ ...by, kind: 'item', contract, spender, tokenId: message.tokenId }];
  return [];
}

const asAddress = (value: unknown): Address | null =>
  typeof value === 'string' && /^0x[0-9a-f]{40}$/.test(value) ? (value as Address) : null;
