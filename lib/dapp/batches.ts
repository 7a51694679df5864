/** Calls that were sent together (EIP-5792): one transaction each, one after the other, and what became of them. */
import { z } from 'zod';
import { parsed } from './asked';
import type { Requests } from './requests';
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

/** A call was not sent after others of its batch were: the site is answered all the same, and its user is told why. */
export class PartlySent extends Error {
  override readonly name = 'PartlySent';
  readonly answer: unknown;

  constructor(answer: unknown, cause: unknown) {
    super('partly sent', { cause });
    this.answer = answer;
  }
}

/** Writes down how far a batch has come; again for one that is known. */
export async function noteBatch({ batches }: Pick<DappDeps, 'batches'>, noted: Batch): Promise<void> {
  const others = ((await batches.read()) ?? []).filter(({ origin, id }) => origin !== noted.origin || id !== noted.id);
  await batches.write([noted, ...others].slice(0, MOST_KEPT));
}

/** What a request has sent of its batch, in the order of the calls: after a stop it goes on behind them. */
export async function sentOf({ batches }: Pick<DappDeps, 'batches'>, request: string): Promise<Batch['hashes']> {
  return ((await batches.read()) ?? []).find((one) => one.request === request)?.hashes ?? [];
}

/**
 * Looks among those that were sent, and those that are asked for and may yet be.
 * @param key of the request that wants it
 * @throws RpcError `duplicate-id`
 */
export async function checkBatchId(
  { requests, batches }: Pick<DappDeps, 'requests' | 'batches'>,
  origin: string,
  id: string,
  key: string,
): Promise<void> {
  // In this order: one that is carried out is noted before it is answered.
  const asked = (await requests.list()).some(
    (one) =>
      one.key !== key &&
      one.from.origin === origin &&
      one.answer === null &&
      one.asked.kind === 'transaction' &&
      one.asked.batch === id,
  );
  const sent = await findBatch({ batches }, origin, id);
  if (asked || (sent !== undefined && sent.request !== key))
    throw new RpcError('duplicate-id', 'There is a batch with this id.');
}

const findBatch = async ({ batches }: Pick<DappDeps, 'batches'>, origin: string, id: string) =>
  ((await batches.read()) ?? []).find((one) => one.origin === origin && one.id === id);

/** What a site is told of a receipt. */
const receipt = z.object({
  logs: z.array(z.object({ address: z.string(), data: z.string(), topics: z.array(z.string()) })),
  status: z.string(),
  blockHash: z.string(),
  blockNumber: z.string(),
  gasUsed: z.string(),
  transactionHash: z.string(),
});
/** As EIP-5792 numbers them. `dropped`: nothing is in the chain, or will be. */
const STATUS = { pending: 100, done: 200, dropped: 400, reverted: 500, partly: 600 } as const;

/** @throws RpcError `unknown-id`, WalletError `chain-unreachable` */
export async function getCallsStatus(deps: DappDeps, origin: string, params: unknown): Promise<unknown> {
  const [id] = parsed(z.tuple([z.string().max(4_096)]), params, 'Expected [id].');
  // In this order: what is sent last is noted before its request is over.
  const waiting = await deps.requests.list();
  const batch = await findBatch(deps, origin, id);
  if (!batch) throw new RpcError('unknown-id', 'No such batch.');
  const { chainId, hashes } = batch;
  const fates = await Promise.all(hashes.map((one) => fateOf(deps, chainId, one)));
  const receipts = fates.flatMap((fate) => (typeof fate === 'string' ? [] : [fate]));
  const status = isUnderWay(batch, waiting) ? STATUS.pending : statusOf(batch, fates);
  return { version: '2.0.0', id, chainId: hexOf(chainId), status, atomic: false, receipts };
}

type Fate = z.output<typeof receipt> | 'waits' | 'replaced';

async function fateOf({ chains, wallet }: DappDeps, chainId: number, sent: `0x${string}`): Promise<Fate> {
  const read = receipt.safeParse(await chains.request(chainId, 'eth_getTransactionReceipt', [sent]));
  if (read.success) return read.data;
  return (await wallet.isReplaced(sent)) ? 'replaced' : 'waits';
}

/** Some of its calls are still to be sent; a browser that was ended in between sends them no more. */
const isUnderWay = ({ request, hashes, calls }: Batch, waiting: Awaited<ReturnType<Requests['list']>>): boolean =>
  hashes.length < calls && waiting.some(({ key, answer }) => key === request && answer === null);

function statusOf({ calls }: Batch, fates: readonly Fate[]): number {
  if (fates.includes('waits')) return STATUS.pending;
  const mined = fates.filter((fate) => typeof fate !== 'string');
  const good = mined.filter(({ status }) => status === '0x1').length;
  if (good === calls) return STATUS.done;
  if (good > 0) return STATUS.partly;
  return mined.length > 0 ? STATUS.reverted : STATUS.dropped;
}
