/** A transaction that somebody else has signed, handed to the node; again where its answer was lost. */
import { concat, fromRlp, type Hex, keccak256, toRlp } from 'viem';
import { isAlreadyKnown } from '@/lib/chains/evm/node-errors';
import { NodeRefusal } from '@/lib/chains/evm/node-request';

/** @returns what the node answers, if it does */
type Request = (method: string, params: unknown) => Promise<unknown>;

/**
 * A node refuses what it has already: it waits, or is in the chain and its nonce used. To the site that is no refusal:
 * a background that was stopped has handed it over, and hands it over again.
 * @returns the node's answer, or the transaction's hash if the node has it
 * @throws NodeRefusal, WalletError `chain-unreachable`
 */
export async function sendRaw(request: Request, params: unknown): Promise<unknown> {
  try {
    return await request('eth_sendRawTransaction', params);
  } catch (error) {
    const hash = error instanceof NodeRefusal ? hashOf(params) : null;
    if (!(error instanceof NodeRefusal) || hash === null) throw error;
    if (isAlreadyKnown(error.message) || (await isThere(request, hash))) return hash;
    throw error;
  }
}

const isThere = (request: Request, hash: Hex): Promise<boolean> =>
  request('eth_getTransactionByHash', [hash]).then(
    (found) => typeof found === 'object' && found !== null && 'hash' in found && found.hash === hash,
    () => false,
  );

/** Null where there is no transaction in it. */
function hashOf(params: unknown): Hex | null {
  const [raw] = Array.isArray(params) ? params : [];
  if (typeof raw !== 'string' || !/^0x([0-9a-f]{2})+$/i.test(raw)) return null;
  return /^0x03/.test(raw) ? blobHashOf(raw as Hex) : keccak256(raw as Hex);
}

/** EIP-4844: handed over with its blobs, and named without them. */
function blobHashOf(raw: Hex): Hex | null {
  try {
    const [payload] = fromRlp(`0x${raw.slice(4)}`);
    return Array.isArray(payload) ? keccak256(concat(['0x03', toRlp(payload)])) : keccak256(raw);
  } catch {
    return null;
  }
}
