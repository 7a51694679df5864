/**
 * What has arrived, as far as a plain node can tell: the chain's own unit from changes of the balance, without a sender;
 * tokens from the logs of recent blocks. Nothing here is needed to send, so a node that does not tell fails softly.
 */
import { z } from 'zod';
import { asWalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { sameAddress } from './look-alike';

const address = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const units = z.string().regex(/^[0-9]+$/);

const received = z.object({
  /** The same for the same arrival, however often it is read. */
  id: z.string(),
  chainId: z.int().min(1),
  owner: address,
  /** Null for the chain's own unit. */
  token: address.nullable(),
  units,
  /** Null where only the balance is known. */
  from: address.nullable(),
  hash: z.string().nullable(),
  /** When it was seen here, ms since the epoch. */
  atMs: z.int().min(0),
});
export type Received = z.output<typeof received>;

/** What an account held, and how many transactions it had made, at the end of one block. */
const mark = z.object({ chainId: z.int().min(1), owner: address, wei: units, nonce: z.int().min(0) });

/** How far the logs of a chain were read, and whether the node gave them. */
const scan = z.object({
  chainId: z.int().min(1),
  toBlock: z.string().regex(/^[0-9]+$/),
  atMs: z.int().min(0),
  answered: z.boolean(),
});

export const incomingRecord = z.object({
  version: z.literal(1),
  /** Newest first. */
  received: z.array(received),
  marks: z.array(mark),
  scans: z.array(scan),
});
export type IncomingRecord = z.output<typeof incomingRecord>;

/** A transfer of a token as its contract logs it (EIP-20, `Transfer`). */
export interface TokenTransfer {
  readonly token: `0x${string}`;
  readonly from: `0x${string}`;
  readonly to: `0x${string}`;
  readonly units: bigint;
  readonly hash: `0x${string}`;
  /** Place in the block. */
  readonly logIndex: number;
}

/** What is asked of a chain. Every method may throw `chain-unreachable`. */
export interface IncomingChain {
  latestBlock(): Promise<bigint>;
  /** Balance and number of transactions at the end of the same block. */
  stateAt(owner: `0x${string}`, block: bigint): Promise<{ readonly wei: bigint; readonly nonce: number }>;
  /** Both blocks included. */
  transfersTo(
    owners: ReadonlyArray<`0x${string}`>,
    tokens: ReadonlyArray<`0x${string}`>,
    fromBlock: bigint,
    toBlock: bigint,
  ): Promise<readonly TokenTransfer[]>;
}

/** An own transaction that is over or not yet. */
export interface OwnSpending {
  readonly chainId: number;
  readonly from: string;
  readonly nonce: number;
  readonly state: 'pending' | 'confirmed' | 'failed' | 'replaced';
  readonly valueWei: bigint;
  readonly feeWei: bigint;
}

export interface IncomingAsk {
  readonly chainId: number;
  readonly owners: ReadonlyArray<`0x${string}`>;
  readonly tokens: ReadonlyArray<`0x${string}`>;
  /** Balances that were read just now, to ask no more than is needed. */
  readonly balances: ReadonlyArray<{ readonly owner: string; readonly wei: bigint }>;
  readonly spending: readonly OwnSpending[];
}

export interface Incoming {
  list(): Promise<readonly Received[]>;
  /** False if the node of a chain did not give its logs the last time. */
  tokensAnswered(chainId: number): Promise<boolean>;
  /** Looks for what has arrived since the last time. Never throws: what was not answered is looked for again. */
  refresh(ask: IncomingAsk): Promise<void>;
  wipe(): Promise<void>;
}

/** Blocks that are looked back at most; more is what public nodes refuse. */
const WINDOW_BLOCKS = 1_000;
/** Blocks that are read once more, for a chain may change its last ones. */
const OVERLAP_BLOCKS = 5n;
const SCAN_EVERY_MS = 15_000;
const KEPT = 200;

const EMPTY: IncomingRecord = { version: 1, received: [], marks: [], scans: [] };

interface IncomingDeps {
  readonly stored: {
    read(): Promise<IncomingRecord | null>;
    write(value: IncomingRecord): Promise<void>;
    remove(): Promise<void>;
  };
  readonly chainOf: (chainId: number) => Promise<IncomingChain>;
  /** ms since the epoch */
  readonly now: () => number;
}

export function createIncoming({ stored, chainOf, now }: IncomingDeps): Incoming {
  const exclusively = inTurn();
  const read = async () => (await stored.read()) ?? EMPTY;
  const change = (edit: (before: IncomingRecord) => IncomingRecord) =>
    exclusively(async () => stored.write(edit(await read())));

  const readBalances = async (ask: IncomingAsk): Promise<void> => {
    const { marks } = await read();
    const changed = ask.balances.filter(({ owner, wei }) => {
      const known = markOf(marks, ask.chainId, owner);
      return !known || BigInt(known.wei) !== wei;
    });
    if (changed.length === 0) return;
    const chain = await chainOf(ask.chainId);
    const block = await chain.latestBlock();
    for (const { owner } of changed) {
      const at = owner as `0x${string}`;
      const state = await chain.stateAt(at, block);
      await change((before) => withState(before, ask, { owner: at, ...state, block, atMs: now() }));
    }
  };

  const readLogs = async (ask: IncomingAsk): Promise<void> => {
    const last = (await read()).scans.find(({ chainId }) => chainId === ask.chainId);
    if (ask.tokens.length === 0 || (last && now() - last.atMs < SCAN_EVERY_MS)) return;
    const toBlock = String(last?.toBlock ?? 0);
    try {
      const chain = await chainOf(ask.chainId);
      const latest = await chain.latestBlock();
      const found = await chain.transfersTo(ask.owners, ask.tokens, firstBlock(BigInt(toBlock), latest), latest);
      const scanned = { chainId: ask.chainId, toBlock: latest.toString(), atMs: now(), answered: true };
      await change((before) => withTransfers(withScan(before, scanned), ask, found, now()));
    } catch (error) {
      if (asWalletError(error).code === 'storage-failed') return;
      await change((before) => withScan(before, { chainId: ask.chainId, toBlock, atMs: now(), answered: false }));
    }
  };

  return {
    list: async () => (await read()).received,
    tokensAnswered: async (chainId) => (await read()).scans.find((one) => one.chainId === chainId)?.answered !== false,
    refresh: async (ask) => {
      await Promise.allSettled([readBalances(ask), readLogs(ask)]);
    },
    wipe: () => exclusively(() => stored.remove()),
  };
}

const markOf = (marks: IncomingRecord['marks'], chainId: number, owner: string) =>
  marks.find((one) => one.chainId === chainId && sameAddress(one.owner, owner));

function firstBlock(scannedTo: bigint, latest: bigint): bigint {
  const earliest = latest - BigInt(WINDOW_BLOCKS) + 1n;
  const next = scannedTo - OVERLAP_BLOCKS + 1n;
  const first = next > earliest ? next : earliest;
  return first > 0n ? first : 0n;
}

const withScan = (before: IncomingRecord, scanned: IncomingRecord['scans'][number]): IncomingRecord => ({
  ...before,
  scans: [...before.scans.filter(({ chainId }) => chainId !== scanned.chainId), scanned],
});

function withReceived(before: IncomingRecord, arrived: readonly Received[]): IncomingRecord {
  const known = new Set(before.received.map(({ id }) => id));
  const fresh = arrived.filter(({ id }) => !known.has(id));
  return { ...before, received: [...fresh, ...before.received].slice(0, KEPT) };
}

interface State {
  readonly owner: `0x${string}`;
  readonly wei: bigint;
  readonly nonce: number;
  readonly block: bigint;
  readonly atMs: number;
}

/** What is more than own transactions explain has arrived; the first look at an account explains nothing. */
function withState(before: IncomingRecord, { chainId, spending }: IncomingAsk, state: State): IncomingRecord {
  const { owner, wei, nonce, block, atMs } = state;
  const known = markOf(before.marks, chainId, owner);
  const spent = known ? spentBetween(known.nonce, nonce, chainId, owner, spending) : 'unknown';
  // One of ours is mined and not yet known to be: the next look, with its fee, can tell.
  if (spent === 'not-yet') return before;
  const marks = [...before.marks.filter((one) => one !== known), { chainId, owner, wei: wei.toString(), nonce }];
  const arrived = known && typeof spent === 'bigint' ? wei - BigInt(known.wei) + spent : 0n;
  if (arrived <= 0n) return { ...before, marks };
  const id = `${chainId} ${owner} ${block}`.toLowerCase();
  const row = { id, chainId, owner, token: null, units: arrived.toString(), from: null, hash: null, atMs };
  return withReceived({ ...before, marks }, [row]);
}

/** What the own transactions with these nonces have cost; `unknown` if one of them was sent from elsewhere. */
function spentBetween(
  from: number,
  to: number,
  chainId: number,
  owner: string,
  spending: readonly OwnSpending[],
): bigint | 'not-yet' | 'unknown' {
  const own = spending.filter((one) => one.chainId === chainId && sameAddress(one.from, owner));
  let spent = 0n;
  for (let nonce = from; nonce < to; nonce++) {
    const all = own.filter((one) => one.nonce === nonce);
    const mined = all.find(({ state }) => state === 'confirmed' || state === 'failed');
    if (mined) spent += mined.feeWei + (mined.state === 'confirmed' ? mined.valueWei : 0n);
    else return all.some(({ state }) => state === 'pending') ? 'not-yet' : 'unknown';
  }
  return spent;
}

/** Transfers of nothing are left out: anybody can log them, to put an address where it is copied from. */
function withTransfers(
  before: IncomingRecord,
  { chainId, owners, tokens }: IncomingAsk,
  found: readonly TokenTransfer[],
  atMs: number,
): IncomingRecord {
  const ours = found.filter(
    ({ to, token, units: sent }) =>
      sent > 0n && owners.some((one) => sameAddress(one, to)) && tokens.some((one) => sameAddress(one, token)),
  );
  const rows = ours.map(({ token, from, to, units: sent, hash, logIndex }) => ({
    id: `${chainId} ${hash} ${logIndex}`.toLowerCase(),
    chainId,
    owner: to,
    token,
    units: sent.toString(),
    from,
    hash,
    atMs,
  }));
  return withReceived(before, rows.toReversed());
}
