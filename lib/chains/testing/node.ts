/** A JSON-RPC node in memory: enough of one to fund, send, mine and refuse. */
import { keccak256, parseTransaction, recoverTransactionAddress, toHex } from 'viem';

type Call = { id: number; method: string; params?: unknown[] };
type Answer = { result: unknown } | { error: { code: number; message: string } };

export interface MemoryNode {
  readonly fetch: typeof fetch;
  fund(address: string, wei: bigint): void;
  /** From now on this recipient refuses transfers. */
  revertAt(address: string): void;
  /** Puts everything that waits into a block. */
  mine(): void;
  /** From now on nothing is answered, or is again. */
  setReachable(state: 'reachable' | 'unreachable'): void;
  /** From now on broadcasts are refused with this text, or accepted again. */
  refuseWith(text: string | null): void;
  /** From now on broadcasts are taken, and answered with this text all the same. */
  takeButAnswer(text: string | null): void;
  /** From now on a method answers this, whatever it is; an `Error` is a refusal of the node. */
  answerWith(method: string, result: unknown): void;
  /** Another transaction of the account takes the next nonce. */
  replace(address: string): void;
  readonly broadcasts: string[];
  /** How often it was asked; a batch is one request. */
  requests(): number;
}

const BASE_FEE = 1_000_000_000n;

export function memoryNode(chainId = 31337): MemoryNode {
  const balances = new Map<string, bigint>();
  const nonces = new Map<string, number>();
  const waiting = new Set<string>();
  const mined = new Map<string, { gasPrice: bigint }>();
  const broadcasts: string[] = [];
  const reverting = new Set<string>();
  let reachable = true;
  let refusal: string | null = null;
  let untruth: string | null = null;
  let requests = 0;
  const bent = new Map<string, unknown>();
  const key = (address: unknown) => String(address).toLowerCase();

  const sendRaw = (raw: string): Answer => {
    broadcasts.push(raw);
    if (refusal !== null) return { error: { code: -32000, message: refusal } };
    const hash = hashOf(raw);
    if (waiting.has(raw)) return { error: { code: -32000, message: 'already known' } };
    waiting.add(raw);
    if (untruth !== null) return { error: { code: -32000, message: untruth } };
    return { result: hash };
  };
  const receipt = (hash: string): Answer => {
    const found = mined.get(hash);
    if (!found) return { result: null };
    const zeroes = `0x${'0'.repeat(64)}`;
    return {
      result: {
        transactionHash: hash,
        blockHash: zeroes,
        blockNumber: '0x1',
        transactionIndex: '0x0',
        status: '0x1',
        gasUsed: toHex(21_000n),
        cumulativeGasUsed: toHex(21_000n),
        effectiveGasPrice: toHex(found.gasPrice),
        logs: [],
        type: '0x2',
      },
    };
  };
  const known = (hash: unknown) => mined.has(String(hash)) || [...waiting].some((raw) => hashOf(raw) === hash);
  const answer = (method: string, params: unknown[]): Answer => {
    const instead = bent.get(method);
    if (instead instanceof Error) return { error: { code: -32000, message: instead.message } };
    if (instead !== undefined) return { result: instead };
    const { to } = (params[0] ?? {}) as { to?: string };
    switch (method) {
      case 'eth_chainId':
        return { result: toHex(chainId) };
      case 'eth_getBalance':
        return { result: toHex(balances.get(key(params[0])) ?? 0n) };
      case 'eth_getTransactionCount':
        return { result: toHex(nonces.get(key(params[0])) ?? 0) };
      case 'eth_getBlockByNumber':
        return { result: { number: '0x1', baseFeePerGas: toHex(BASE_FEE), transactions: [], timestamp: '0x0' } };
      case 'eth_estimateGas':
        return reverting.has(key(to))
          ? { error: { code: 3, message: 'execution reverted' } }
          : { result: toHex(21_000n) };
      case 'eth_sendRawTransaction':
        return sendRaw(String(params[0]));
      case 'eth_getTransactionByHash':
        return { result: known(params[0]) ? { hash: params[0] } : null };
      case 'eth_getTransactionReceipt':
        return receipt(String(params[0]));
      default:
        return { error: { code: -32601, message: `no ${method}` } };
    }
  };

  return {
    broadcasts,
    fetch: async (input, init) => {
      if (!reachable) throw new TypeError('fetch failed');
      requests++;
      const body = await new Request(input, init).json();
      const reply = ({ id, method, params = [] }: Call) => ({ jsonrpc: '2.0', id, ...answer(method, params) });
      return Response.json(Array.isArray(body) ? body.map(reply) : reply(body));
    },
    requests: () => requests,
    fund: (address, wei) => balances.set(key(address), wei),
    revertAt: (address) => reverting.add(key(address)),
    mine: () => {
      for (const raw of waiting) mined.set(hashOf(raw), { gasPrice: 2n * BASE_FEE });
      waiting.clear();
    },
    setReachable: (state) => {
      reachable = state === 'reachable';
    },
    refuseWith: (text) => {
      refusal = text;
    },
    takeButAnswer: (text) => {
      untruth = text;
    },
    answerWith: (method, result) => bent.set(method, result),
    replace: (address) => nonces.set(key(address), (nonces.get(key(address)) ?? 0) + 1),
  };
}

const hashOf = (raw: string) => keccak256(raw as `0x${string}`);

/** What a raw transaction pays to whom, and who signed it. */
export async function readRaw(raw: `0x${string}`) {
  const { to, value, nonce } = parseTransaction(raw);
  return { to, value, nonce, from: await recoverTransactionAddress({ serializedTransaction: raw as `0x02${string}` }) };
}
