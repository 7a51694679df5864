/** JSON-RPC 2.0 to a node, as somebody else has put it: the answer, or the refusal, as the node gives it. */
import { WalletError } from '@/lib/errors';
import { nodeFetch } from './node-fetch';

const TIMEOUT_MS = 15_000;
const LONGEST_MESSAGE = 1_000;

/** A node's own no. */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message.slice(0, LONGEST_MESSAGE));
    this.code = code;
    this.data = data;
  }
}

/** @throws NodeRefusal, WalletError `chain-unreachable` */
export function askNode(rpcUrl: string, fetchFn: typeof fetch) {
  const reach = nodeFetch(fetchFn);
  return async (method: string, params: unknown): Promise<unknown> => {
    const answer = await ask(reach, rpcUrl, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: params ?? [] }));
    if (typeof answer !== 'object' || answer === null) throw new WalletError('chain-unreachable');
    if ('error' in answer && answer.error) throw refusalOf(answer.error);
    if (!('result' in answer)) throw new WalletError('chain-unreachable');
    return answer.result;
  };
}

async function ask(reach: typeof fetch, rpcUrl: string, body: string): Promise<unknown> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await reach(rpcUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await response.json();
  } catch {
    throw new WalletError('chain-unreachable');
  }
}

function refusalOf(error: unknown): NodeRefusal {
  const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown };
  return new NodeRefusal(
    typeof code === 'number' && Number.isInteger(code) ? code : -32603,
    typeof message === 'string' ? message : 'The node refuses.',
    data,
  );
}
