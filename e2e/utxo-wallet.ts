/** A wallet of one coin in process: the product's own parts, put together as the background does, over a real server. */
import { type Account, type AccountPlace, type OwnAddress, placesOf } from '@/lib/chains/utxo/accounts';
import { checkBroadcast } from '@/lib/chains/utxo/backend/checks';
import { probeServer, readUtxos } from '@/lib/chains/utxo/backend/read-utxos';
import type { UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { discoverAccounts, type FoundAccount } from '@/lib/chains/utxo/discover';
import { type Draft, type PreparedDraft, prepareDraft } from '@/lib/chains/utxo/draft';
import { prepareReplacement } from '@/lib/chains/utxo/replace';
import { type KeySource, signDraft } from '@/lib/chains/utxo/sign';
import type { TxOutput } from '@/lib/chains/utxo/transaction';
import type { Utxo } from '@/lib/chains/utxo/utxos';
import { verifySigned } from '@/lib/chains/utxo/verify';
import type { UtxoDevice } from '@/lib/hardware/onekey/utxo';

/** A device, or software in its place. */
export type Signer = Pick<UtxoDevice, 'sign'>;

export const softwareSigner = (keys: KeySource): Signer => ({ sign: async ({ draft }) => signDraft(draft, keys) });

export interface WalletParts {
  readonly coin: CoinId;
  readonly backend: UtxoBackend;
  readonly signer: Signer;
  /** Which account of each kind, from 0. */
  readonly number?: number;
  readonly derive: (place: AccountPlace) => Account | Promise<Account>;
  /** Sees every transaction before it is broadcast. */
  readonly onSigned: (draft: Draft, raw: Uint8Array) => void;
}

export interface Sent {
  readonly txid: string;
  readonly draft: PreparedDraft;
  readonly raw: Uint8Array;
}

/** Looks at few unused addresses: these chains have few. */
const GAP = 3;

export function openUtxoWallet(parts: WalletParts) {
  const { coin: id, backend, signer, number = 0, derive, onSigned } = parts;
  const coin = COINS[id];
  const transactions = new Map<string, Uint8Array>();
  const madeHere = new Set<string>();

  /** @param purpose without one, the coin's usual kind */
  const account = async (purpose = coin.purposes[0]): Promise<FoundAccount> => {
    const places = placesOf(id, number).filter((place) => place.purpose === purpose);
    const [found] = await discoverAccounts(() => backend, places, derive, { gapLimit: GAP });
    if (!found) throw new Error('no account');
    return found;
  };
  const utxos = async ({ receive, change }: FoundAccount): Promise<Utxo[]> => {
    const { tipHeight } = await probeServer(coin, backend);
    const addresses = [...receive.used, ...change.used];
    return readUtxos(coin, backend, addresses, { tipHeight, madeHere, frozen: new Set(), transactions });
  };
  const broadcast = async (draft: PreparedDraft): Promise<Sent> => {
    const raw = await signer.sign({ draft, previous: transactions });
    const verdict = verifySigned(draft, raw);
    if (!verdict.ok) throw new Error(verdict.problem);
    onSigned(draft, raw);
    checkBroadcast(verdict.transaction, await backend.broadcast(raw));
    madeHere.add(verdict.txid);
    transactions.set(verdict.txid, raw);
    return { txid: verdict.txid, draft, raw };
  };
  return {
    account,
    utxos,
    /** The address to be paid next. */
    fresh: async (purpose = coin.purposes[0]): Promise<OwnAddress> => (await account(purpose)).receive.fresh,
    send: async (of: FoundAccount, payments: readonly TxOutput[], feePerKvB: bigint): Promise<Sent> => {
      const request = { coin: id, picked: null, payments, everythingTo: null, change: of.change.fresh, feePerKvB };
      return broadcast(prepareDraft({ ...request, utxos: await utxos(of) }));
    },
    speedUp: async (of: FoundAccount, original: Draft, feePerKvB: bigint): Promise<Sent> =>
      broadcast(prepareReplacement({ original, utxos: await utxos(of), change: of.change.fresh, feePerKvB })),
  };
}
