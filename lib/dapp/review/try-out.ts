/**
 * What calls would change, tried out on a copy of the chain's state by the user's own node: `eth_simulateV1`, else
 * `debug_traceCall`, else `eth_call`, which tells only whether they fail.
 */
import { encodeFunctionData, toHex } from 'viem';
import { z } from 'zod';
import { READ_ABI } from './abis';
import { reasonOf, refusalOf } from './node-refusal';
import { type LogEntry, type LogFacts, logShape, type Move, readLogs } from './read-logs';
import type { Address, Call, Hex, NodeRequest } from './types';

export type Trial =
  | ({ readonly kind: 'changes'; readonly how: 'simulated' | 'traced' } & LogFacts)
  | { readonly kind: 'failing'; readonly reason: string | null }
  /** It does not fail; nobody tells what it changes. */
  | { readonly kind: 'runs' }
  | { readonly kind: 'untold' };

/** @param calls of one account, done one after the other */
export async function tryOut(node: NodeRequest, calls: readonly Call[]): Promise<Trial> {
  return (await simulated(node, calls)) ?? (await traced(node, calls)) ?? called(node, calls);
}

const wire = ({ from, to, valueWei, data }: Call) => ({
  from,
  ...(to !== null && { to }),
  value: toHex(valueWei),
  ...(data !== '0x' && { data, input: data }),
});

const hex = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value));
const callResult = z.object({
  status: z.string(),
  returnData: hex.optional(),
  logs: z.array(logShape).max(5_000).optional(),
  error: z.object({ message: z.string().optional(), data: z.string().optional() }).optional(),
});
const simulation = z
  .array(z.object({ calls: z.array(callResult).max(200) }))
  .min(1)
  .max(4);

/** More tokens than these are told by their events alone. */
const MOST_ASKED = 24;

async function simulated(node: NodeRequest, calls: readonly Call[]): Promise<Trial | null> {
  const [first] = calls;
  if (first === undefined) return null;
  const results = await simulate(node, calls.map(wire));
  if (results === null || results.length !== calls.length) return null;
  const failed = results.find(({ status }) => status !== '0x1');
  if (failed !== undefined) return { kind: 'failing', reason: reasonOf(failed.error?.data ?? failed.returnData) };
  const facts = readLogs(
    results.flatMap(({ logs = [] }) => logs),
    first.from,
  );
  return { kind: 'changes', how: 'simulated', ...facts, moves: await measured(node, calls, first.from, facts.moves) };
}

async function simulate(node: NodeRequest, calls: readonly object[]) {
  const asked = { blockStateCalls: [{ calls }], traceTransfers: true, validation: false };
  const answer = await node('eth_simulateV1', [asked, 'latest']).catch(() => null);
  const parsed = simulation.safeParse(answer);
  return parsed.success ? (parsed.data[0]?.calls ?? null) : null;
}

/** Events are what a contract says of itself: what an account holds of a token is asked before and after. */
async function measured(
  node: NodeRequest,
  calls: readonly Call[],
  owner: Address,
  moves: readonly Move[],
): Promise<readonly Move[]> {
  const counted = moves.filter(({ standard }) => standard === 'erc20');
  // Junk that only tells of itself that it comes shall not keep what goes from being counted.
  const tokens = [...counted.filter(({ units }) => units < 0n), ...counted.filter(({ units }) => units >= 0n)].slice(
    0,
    MOST_ASKED,
  );
  if (tokens.length === 0) return moves;
  const data = encodeFunctionData({ abi: READ_ABI, functionName: 'balanceOf', args: [owner] });
  const questions = tokens.map(({ token }) => ({ from: owner, to: token, data, input: data }));
  const results = await simulate(node, [...questions, ...calls.map(wire), ...questions]);
  if (results === null || results.length !== calls.length + 2 * questions.length) return moves;
  const unitsAt = (place: number): bigint | null => {
    const { status, returnData = '0x' } = results[place] ?? { status: '0x0' };
    return status === '0x1' && returnData.length === 66 ? BigInt(returnData) : null;
  };
  const differences = new Map<Move, bigint>();
  for (const [place, move] of tokens.entries()) {
    const [before, after] = [unitsAt(place), unitsAt(place + questions.length + calls.length)];
    if (before !== null && after !== null) differences.set(move, after - before);
  }
  return moves
    .map((move) => ({ ...move, units: differences.get(move) ?? move.units }))
    .filter(({ units }) => units !== 0n);
}

interface Frame {
  readonly error?: string | undefined;
  readonly output?: string | undefined;
  readonly logs?: readonly LogEntry[] | undefined;
  readonly calls?: readonly Frame[] | undefined;
}
const frame: z.ZodType<Frame> = z.lazy(() =>
  z.object({
    error: z.string().optional(),
    output: z.string().optional(),
    logs: z.array(logShape).max(5_000).optional(),
    calls: z.array(frame).max(5_000).optional(),
  }),
);
const account = z.object({ balance: hex.optional() });
const difference = z.object({ pre: z.record(z.string(), account), post: z.record(z.string(), account) });

/** One call only: a trace does not carry its state on to the next one. */
async function traced(node: NodeRequest, calls: readonly Call[]): Promise<Trial | null> {
  const [call] = calls;
  if (call === undefined || calls.length > 1) return null;
  const trace = (tracer: string, tracerConfig: object) =>
    node('debug_traceCall', [wire(call), 'latest', { tracer, tracerConfig }]).catch(() => null);
  const top = parsedFrame(await trace('callTracer', { withLog: true }));
  if (top === null) return null;
  if (top.error !== undefined) return { kind: 'failing', reason: reasonOf(top.output) };
  const state = difference.safeParse(await trace('prestateTracer', { diffMode: true }));
  if (!state.success) return null;
  const facts = readLogs(logsOf(top, 0), call.from);
  const own = ownChange(state.data, call.from);
  const moves: readonly Move[] =
    own === 0n ? facts.moves : [{ standard: 'own', token: null, tokenId: null, units: own }, ...facts.moves];
  return { kind: 'changes', how: 'traced', ...facts, moves };
}

/** Deep nesting can end a parser; then nothing is told by this way. */
function parsedFrame(answer: unknown): Frame | null {
  try {
    const parsed = frame.safeParse(answer);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The EVM itself nests calls no deeper (1,024); what was undone by a failure has not happened. */
function logsOf({ error, logs = [], calls = [] }: Frame, depth: number): readonly LogEntry[] {
  if (error !== undefined || depth > 1_024) return [];
  return [...logs, ...calls.flatMap((inner) => logsOf(inner, depth + 1))];
}

/** Of the chain's own unit; the fee of a trial is nothing, because no price is told. */
function ownChange({ pre, post }: z.output<typeof difference>, owner: Address): bigint {
  const of = (side: typeof pre) =>
    Object.entries(side).find(([key]) => key.toLowerCase() === owner.toLowerCase())?.[1].balance;
  const [before, after] = [of(pre), of(post)];
  return before === undefined || after === undefined ? 0n : BigInt(after) - BigInt(before);
}

async function called(node: NodeRequest, calls: readonly Call[]): Promise<Trial> {
  const [call] = calls;
  if (call === undefined || calls.length > 1) return { kind: 'untold' };
  try {
    await node('eth_call', [wire(call), 'latest']);
    return { kind: 'runs' };
  } catch (error) {
    const refusal = refusalOf(error);
    return refusal === null ? { kind: 'untold' } : { kind: 'failing', reason: refusal.reason };
  }
}
