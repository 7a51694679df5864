/** What an account's holdings and rights become, as far as the events of a trial tell (ERC-20, 721, 1155, EIP-7528). */
import { decodeEventLog } from 'viem';
import { z } from 'zod';
import { EVENTS_ABI } from './abis';
import { PERMIT2 } from './known-contracts';
import type { Address, Hex } from './types';

/** Nodes report the chain's own unit as a token of this address (EIP-7528). */
const OWN_UNIT = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee';

const hex = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value));
const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
export const logShape = z.object({ address, topics: z.array(hex).max(4), data: hex });
export type LogEntry = z.output<typeof logShape>;

export type Standard = 'own' | 'erc20' | 'erc721' | 'erc1155';

/** What comes (more than nought) or goes. */
export interface Move {
  readonly standard: Standard;
  readonly token: Address | null;
  readonly tokenId: string | null;
  readonly units: bigint;
}

export interface Grant {
  readonly token: Address;
  readonly spender: Address;
  readonly units: bigint;
  readonly tokenId: string | null;
}

export interface LogFacts {
  readonly moves: readonly Move[];
  readonly grants: readonly Grant[];
  readonly operators: ReadonlyArray<{ readonly collection: Address; readonly operator: Address }>;
}

interface Ledger {
  readonly moves: Map<string, Move>;
  readonly grants: Map<string, Grant>;
  readonly operators: Map<string, { readonly collection: Address; readonly operator: Address }>;
}

/** The net of all events: what comes and goes again is no change. The last right that is given to somebody counts. */
export function readLogs(logs: readonly LogEntry[], account: Address): LogFacts {
  const ledger: Ledger = { moves: new Map(), grants: new Map(), operators: new Map() };
  const owner = account.toLowerCase();
  const place = owner.slice(2);
  for (const log of logs) if (log.topics.some((topic) => topic.toLowerCase().endsWith(place))) note(log, owner, ledger);
  return {
    moves: [...ledger.moves.values()].filter(({ units }) => units !== 0n),
    grants: [...ledger.grants.values()].filter(({ units }) => units > 0n),
    operators: [...ledger.operators.values()],
  };
}

function note(log: LogEntry, account: string, ledger: Ledger): void {
  const event = decode(log) ?? decodeOfCollection(log);
  if (event === null) return;
  const { token } = event;
  const key = token.toLowerCase();
  const isOwn = key === OWN_UNIT;
  const isPermit2 = event.kind === 'grant' && event.through === 'permit2';
  if (isPermit2 && log.address.toLowerCase() !== PERMIT2.toLowerCase()) return;
  switch (event.kind) {
    case 'move': {
      const { from, to, standard, items } = event;
      const sign = (to.toLowerCase() === account ? 1n : 0n) - (from.toLowerCase() === account ? 1n : 0n);
      if (sign === 0n) return;
      for (const { tokenId, units } of items) {
        const place = `${key}/${tokenId ?? ''}`;
        const before = ledger.moves.get(place)?.units ?? 0n;
        const what = isOwn ? ({ standard: 'own', token: null } as const) : { standard, token };
        ledger.moves.set(place, { ...what, tokenId, units: before + sign * units });
      }
      return;
    }
    case 'grant':
      if (event.owner.toLowerCase() !== account || isOwn) return;
      ledger.grants.set(`${key}/${event.spender.toLowerCase()}/${event.tokenId ?? ''}/${event.through}`, event);
      return;
    case 'operator': {
      if (event.owner.toLowerCase() !== account) return;
      const place = `${key}/${event.operator.toLowerCase()}`;
      if (event.approved) ledger.operators.set(place, { collection: token, operator: event.operator });
      else ledger.operators.delete(place);
      return;
    }
    default:
      event satisfies never;
  }
}

interface Item {
  readonly tokenId: string | null;
  readonly units: bigint;
}
type Event =
  | {
      kind: 'move';
      token: Address;
      standard: 'erc20' | 'erc721' | 'erc1155';
      from: Address;
      to: Address;
      items: Item[];
    }
  | {
      kind: 'grant';
      through: 'token' | 'permit2';
      token: Address;
      owner: Address;
      spender: Address;
      units: bigint;
      tokenId: string | null;
    }
  | { kind: 'operator'; token: Address; owner: Address; operator: Address; approved: boolean };

/** Events whose places of indexed values are those of ERC-20 and ERC-1155. */
function decode({ address: token, topics, data }: LogEntry): Event | null {
  const [topic, ...rest] = topics;
  if (topic === undefined) return null;
  try {
    const { eventName, args } = decodeEventLog({ abi: EVENTS_ABI, topics: [topic, ...rest], data });
    switch (eventName) {
      case 'Transfer':
        return { kind: 'move', token, standard: 'erc20', ...args, items: [{ tokenId: null, units: args.units }] };
      case 'Approval':
        return 'token' in args
          ? { kind: 'grant', through: 'permit2', ...args, tokenId: null }
          : { kind: 'grant', through: 'token', token, ...args, tokenId: null };
      case 'Permit':
        return { kind: 'grant', through: 'permit2', ...args, tokenId: null };
      case 'ApprovalForAll':
        return { kind: 'operator', token, ...args };
      case 'TransferSingle':
        return {
          kind: 'move',
          token,
          standard: 'erc1155',
          ...args,
          items: [{ tokenId: `${args.id}`, units: args.units }],
        };
      case 'TransferBatch': {
        const items = args.ids.map((id, place) => ({ tokenId: `${id}`, units: args.units[place] ?? 0n }));
        return { kind: 'move', token, standard: 'erc1155', ...args, items };
      }
      default:
        return eventName satisfies never;
    }
  } catch {
    return null;
  }
}

/** keccak256 of `Transfer(address,address,uint256)` and of `Approval(address,address,uint256)`. */
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const APPROVAL = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925';
const NOBODY = `0x${'0'.repeat(40)}`;

/** ERC-721 has the same events with the number of the thing indexed, too. */
function decodeOfCollection({ address: token, topics }: LogEntry): Event | null {
  const [topic, one, other, id] = topics;
  if (one === undefined || other === undefined || id === undefined || one.length !== 66 || other.length !== 66)
    return null;
  const from: Address = `0x${one.slice(-40)}`;
  const to: Address = `0x${other.slice(-40)}`;
  const tokenId = BigInt(id).toString();
  if (topic === TRANSFER) return { kind: 'move', token, standard: 'erc721', from, to, items: [{ tokenId, units: 1n }] };
  if (topic !== APPROVAL) return null;
  return { kind: 'grant', through: 'token', token, owner: from, spender: to, units: to === NOBODY ? 0n : 1n, tokenId };
}
