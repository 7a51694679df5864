/** What became of what was sent: asked until a block has it, or another transaction that spends the same. */
import { addressOf } from '@/lib/chains/utxo/address';
import type { ListedTransaction } from '@/lib/chains/utxo/backend/types';
import { COINS } from '@/lib/chains/utxo/coins';
import { asWalletError } from '@/lib/errors';
import type { UtxoDeps } from './deps';
import type { SentRecord } from './records';
import type { Sending } from './sending';
import { conflict, isPending, type SentBook, standing } from './sent';
import type { Servers } from './servers';
import type { Sync } from './sync';

export interface FollowParts {
  readonly deps: UtxoDeps;
  readonly servers: Servers;
  readonly sent: SentBook;
  readonly sending: Pick<Sending, 'handOver'>;
  readonly sync: Pick<Sync, 'run'>;
}

/** How long its inputs may be spent by something unknown before it is called replaced: servers do not see blocks at once. */
const GONE_FOR_MS = 60_000;
/** Of the history of an address, newest first: what is pending stands at its beginning. */
const PAGES = 3;

type Fate = 'waiting' | 'mined' | 'unknown';

/** @returns asks about everything pending; what the server does not say is asked again later */
export function createFollowUp({ deps, servers, sent, sending, sync }: FollowParts): () => Promise<void> {
  const fateOf = (record: SentRecord): Promise<Fate> =>
    servers.use(record.coin, async (backend) => {
      const [input] = record.draft.inputs;
      const address = input ? addressOf(COINS[record.coin], input.script) : null;
      if (address === null) return 'unknown';
      let from: string | null = null;
      for (let page = 0; page < PAGES; page += 1) {
        const { transactions, next } = await backend.history(address, from);
        const found: ListedTransaction | undefined = transactions.find(({ txid }) => txid === record.txid);
        if (found) return found.height === null ? 'waiting' : 'mined';
        if (next === null) return 'unknown';
        from = next;
      }
      return 'unknown';
    });
  const change = (txid: string, edit: (record: SentRecord) => SentRecord) =>
    sent.change((all) => all.map((one) => (one.txid === txid && isPending(one) ? edit(one) : one)));

  /** With it everything is over that spends the same. */
  const settle = (mined: SentRecord) =>
    sent.change((all) =>
      all.map((one): SentRecord => {
        if (one.txid === mined.txid) return { ...one, state: 'confirmed', raw: null, goneAtMs: null, untold: true };
        const isBeaten = isPending(one) && one.coin === mined.coin && conflict(one.draft, mined.draft);
        return isBeaten ? { ...one, state: 'replaced', raw: null, goneAtMs: null, untold: false } : one;
      }),
    );
  const settleGone = async (record: SentRecord): Promise<void> => {
    const goneAtMs = record.goneAtMs ?? deps.now();
    const isOver = deps.now() - goneAtMs >= GONE_FOR_MS;
    await change(record.txid, (one) =>
      isOver ? { ...one, state: 'replaced', raw: null, untold: true } : { ...one, goneAtMs },
    );
  };

  const followUp = async (record: SentRecord, isNewest: boolean): Promise<void> => {
    const fate = await fateOf(record);
    if (fate === 'mined') return settle(record);
    // Only the newest that spends the same: a server that has lost a replacement must not get what it replaces.
    if (fate === 'waiting' || !isNewest) return;
    try {
      await sending.handOver(record);
    } catch (error) {
      const { code, details } = asWalletError(error);
      if (code === 'transaction-refused' && details.reason === 'inputs-spent') await settleGone(record);
    }
  };

  return async () => {
    const before = await sent.list();
    const newest = new Set(standing(before));
    await Promise.allSettled(before.filter(isPending).map((record) => followUp(record, newest.has(record))));
    const after = await sent.list();
    const ended = after.filter(
      (one) => !isPending(one) && before.some((other) => other.txid === one.txid && isPending(other)),
    );
    const coins = new Map(ended.map(({ walletId, coin }) => [`${walletId} ${coin}`, { walletId, coin }]));
    await Promise.allSettled([...coins.values()].map((of) => sync.run(of)));
  };
}
