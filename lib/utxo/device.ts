/** What a device is asked to sign: written down, asked by a page, and checked here when it comes back. */
import type { UtxoOutput } from '@/lib/bus/utxo/table';
import { fromHex, toBase64url, toHex } from '@/lib/bytes';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS } from '@/lib/chains/utxo/coins';
import { verifyMessage } from '@/lib/chains/utxo/message';
import { serializeTransaction } from '@/lib/chains/utxo/transaction';
import { WalletError } from '@/lib/errors';
import type { UtxoDeps } from './deps';
import type { Quotes } from './quotes';
import { type JobRecord, jobRecord, type QuoteRecord } from './records';
import type { Transactions } from './transactions';

type Work = UtxoOutput<'device.work'>;

export interface DeviceJobs {
  /** @returns its id. Another one that waited is given up. */
  begin(work: JobRecord['work']): Promise<string>;
  /** @throws WalletError `request-gone` */
  get(id: string): Promise<JobRecord>;
  /** For the page that asks the device. */
  work(id: string): Promise<Work>;
  end(id: string): Promise<void>;
}

const ID_BYTES = 16;

export interface DeviceJobParts {
  readonly deps: UtxoDeps;
  readonly quotes: Pick<Quotes, 'shown'>;
  readonly transactions: Transactions;
}

export function createDeviceJobs({ deps, quotes, transactions }: DeviceJobParts): DeviceJobs {
  const stored = deps.open('session', 'job', jobRecord);
  const get = async (id: string): Promise<JobRecord> => {
    const job = await stored.read();
    if (job?.id !== id) throw new WalletError('request-gone');
    return job;
  };
  const transactionWork = async (quote: QuoteRecord): Promise<Work> => {
    const { coin, draft } = quote;
    const previous = await transactions.all(
      coin,
      draft.inputs.map(({ txid }) => txid),
    );
    return {
      kind: 'transaction',
      coin,
      version: draft.version,
      lockTime: draft.lockTime,
      inputs: draft.inputs.map(({ amount, script, publicKey, ...rest }) => {
        return { ...rest, amount: amount.toString(), script: toHex(script), publicKey: toHex(publicKey) };
      }),
      outputs: draft.outputs.map(({ amount, script, own }) => ({
        amount: amount.toString(),
        script: toHex(script),
        address: own ? null : addressOf(COINS[coin], script),
        own: own && { path: own.path, scriptType: own.scriptType, publicKey: toHex(own.publicKey) },
      })),
      previous: [...previous].map(([txid, transaction]) => ({ txid, raw: toHex(serializeTransaction(transaction)) })),
      quote: await quotes.shown(quote),
    };
  };
  return {
    get,
    begin: async (work) => {
      const id = toBase64url(deps.random(ID_BYTES));
      await stored.write({ id, work });
      deps.changed();
      return id;
    },
    work: async (id) => {
      const { work } = await get(id);
      if (work.kind === 'transaction') return transactionWork(work.quote);
      const { coin, path, scriptType, address, message } = work;
      return { kind: 'message', coin, path, scriptType, address, message };
    },
    end: async (id) => {
      await get(id);
      await stored.remove();
      deps.changed();
    },
  };
}

/** @throws WalletError `device-misbehaved` if it is not hex */
export function rawOf(answer: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})+$/.test(answer)) throw new WalletError('device-misbehaved', { reason: 'malformed' });
  return fromHex(answer);
}

/** @throws WalletError `device-misbehaved` if the signature is not of that message and address */
export function checkMessage(work: Extract<JobRecord['work'], { kind: 'message' }>, signature: string): void {
  if (!verifyMessage(COINS[work.coin], work.address, work.message, signature))
    throw new WalletError('device-misbehaved', { reason: 'signature' });
}
