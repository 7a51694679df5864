/** Calls that were sent together (EIP-5792): one transaction each, one after the other, and what became of them. */
import { z } from 'zod';
import { parsed } from './asked';
import { RpcError } from './rpc-error';
import { hexOf } from './site-state';
import type { Batch, DappDeps } from './types';

const hash = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value));
export const batchesRecord = z.array(
  z.object({
    origin: z.string(),
    id: z.string(),
    request: z.string().exactOptional(),
    chainId: z.int().min(1),
    hashes: z.array(hash),
    calls: z.int().min(1),
  }),
);
const MOST_KEPT = 100;

/** Writes down how far a batch has come; again for one that is known. */
export async function noteBatch({ batches }: Pick<DappDeps, 'batches'>, noted: Batch): Promise<void> {
  const others = ((await batches.read()) ?? []).filter(({ origin, id }) => origin !== noted.origin || id !== noted.id);
  await batches.write([noted, ...others].slice(0, MOST_KEPT));
}

/** What a request has sent of its batch, in the order of the calls: after a stop it goes on behind them. */
export async function sentOf({ batches }: Pick<DappDeps, 'batches'>, request: string): Promise<Batch['hashes']> {
  return ((await batches.read()) ?? []).find((one) => one.request === request)?.hashes ?? [];
}

const receipt = z.looseObject({ status: z.string() });
/** As EIP-5792 numbers them. */
const STATUS = { pending: 100, done: 200, reverted: 500, partly: 600 } as const;

export async function getCallsStatus(deps: DappDeps, origin: string, params: unknown): Promise<unknown> {
  const [id] = parsed(z.tuple([z.string().max(4_096)]), params, 'Expected [id].');
  const batch = ((await deps.batches.read()) ?? []).find((one) => one.origin === origin && one.id === id);
  if (!batch) throw new RpcError('unknown-id', 'No such batch.');
  const asked = batch.hashes.map((one) => deps.chains.request(batch.chainId, 'eth_getTransactionReceipt', [one]));
  const receipts = (await Promise.all(asked)).flatMap((one) => {
    const read = receipt.safeParse(one);
    return read.success ? [read.data] : [];
  });
  const { chainId } = batch;
  return { version: '2.0.0', id, chainId: hexOf(chainId), status: statusOf(batch, receipts), atomic: false, receipts };
}

function statusOf({ hashes, calls }: Batch, receipts: readonly { readonly status: string }[]): number {
  if (receipts.length < hashes.length) return STATUS.pending;
  const good = receipts.filter(({ status }) => status === '0x1').length;
  if (good === calls) return STATUS.done;
  return good === 0 ? STATUS.reverted : STATUS.partly;
}
