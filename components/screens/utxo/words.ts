/** Sentences for why something is refused, by code and reason. */
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId, FeesView } from '@/lib/bus/utxo/shapes';
import { COINS } from '@/lib/chains/utxo/coins';
import { u } from '@/lib/i18n/utxo';
import type { UtxoRefusals } from '@/lib/i18n/utxo/messages';
import { statedCoins } from './parts/amounts';
import { rateText } from './send/rate';

type Details = ErrorFacts['details'];
/** The keys of a code whose texts want to be told nothing. */
type PlainKey = { [K in keyof UtxoRefusals]: UtxoRefusals[K] extends string ? K : never }[keyof UtxoRefusals];
type ReasonOf<Code extends string> = PlainKey extends infer K
  ? K extends `${Code}.${infer Reason}`
    ? Reason
    : never
  : never;

const ADDRESS: readonly ReasonOf<'bad-address'>[] = [
  'empty',
  'checksum',
  'test-network',
  'type',
  'mweb',
  'token-aware',
  'maybe-bitcoin',
  'uri',
  'uri-malformed',
  'uri-twice',
];

const among = <Reason extends string>(reasons: readonly Reason[], reason: string | undefined): Reason | undefined =>
  reasons.find((one) => one === reason);

/** Why an address, or a request with one in it, is refused. @param details of a `bad-address` error */
export function addressProblem({ reason, party = '' }: Details, coin: CoinId): string {
  const { name } = COINS[coin];
  if (reason === 'other-chain') return u('bad-address.other-chain', { chain: party, coin: name });
  if (reason === 'no-segwit') return u('bad-address.no-segwit', { coin: name });
  const plain = among(ADDRESS, reason);
  return plain === undefined ? u('bad-address.format', { coin: name }) : u(`bad-address.${plain}`);
}

const AMOUNT: readonly ReasonOf<'bad-amount'>[] = ['empty', 'zero', 'too-large', 'format'];

/** The least that an address may be paid, of the kinds of a currency the most: what it is for any of them. */
const leastOf = (coin: CoinId): string =>
  statedCoins(
    String(Object.values(COINS[coin].dust).reduce((most, one) => (one > most ? one : most))),
    COINS[coin].symbol,
  );

/** Why an amount is refused. @param details of a `bad-amount` error */
export function amountProblem({ reason }: Details, coin: CoinId): string {
  if (reason === 'dust') return u('bad-amount.dust', { least: leastOf(coin) });
  if (reason === 'too-many-decimals') return u('bad-amount.too-many-decimals', { symbol: COINS[coin].symbol });
  return u(`bad-amount.${among(AMOUNT, reason === 'negative' ? 'zero' : reason) ?? 'format'}`);
}

const FUNDS: readonly ReasonOf<'insufficient-funds'>[] = ['amount', 'fee', 'no-coins', 'frozen', 'not-spendable'];

/** Why it cannot be paid. @param details of an `insufficient-funds` error */
export const fundsProblem = ({ reason }: Details): string =>
  u(`insufficient-funds.${among(FUNDS, reason) ?? 'amount'}`);

/** Why a rate is refused. @param details of a `bad-fee` error */
export function feeProblem({ reason }: Details, fees: Pick<FeesView, 'least' | 'most'> | null): string {
  if (reason === 'not-replaceable') return u('bad-fee.not-replaceable');
  if (reason === 'unknown-level') return u('send.fee.unknown');
  if (fees === null) return u('bad-fee.format');
  if (reason === 'too-low') return u('bad-fee.too-low', { least: rateText(fees.least) });
  if (reason === 'above-limit') return u('bad-fee.above-limit', { most: rateText(fees.most) });
  return u('bad-fee.format');
}

const SERVER: readonly ReasonOf<'bad-server'>[] = [
  'empty',
  'format',
  'insecure',
  'out-of-reach',
  'permission',
  'silent',
  'answer',
  'behind',
  'kind',
  'none',
];

/** Why a server is not taken. @param details of a `bad-server` error */
export function serverProblem({ reason }: Details, coin: CoinId): string {
  const { name } = COINS[coin];
  if (reason === 'other-coin') return u('bad-server.other-coin', { coin: name });
  if (reason === 'other-fork') return u('bad-server.other-fork', { coin: name });
  return u(`bad-server.${among(SERVER, reason) ?? 'format'}`);
}

const LIES: readonly ReasonOf<'server-lies'>[] = [
  'wrong-txid',
  'wrong-amount',
  'wrong-script',
  'no-such-output',
  'malformed-transaction',
  'wrong-coinbase',
  'other-txid',
  'future-height',
  'duplicate',
  'endless',
  'foreign-address',
  'foreign-transaction',
  'no-descriptors',
  'refusal',
  'answer',
];

/** What a server has said that cannot be. @param reason of a `party-misbehaved` error */
export function lieText(reason: string | undefined, coin: CoinId): string {
  if (reason === 'other-coin' || reason === 'other-fork' || reason === 'behind') return serverProblem({ reason }, coin);
  return u(`server-lies.${among(LIES, reason) ?? 'answer'}`);
}

const PSBT: readonly ReasonOf<'bad-psbt'>[] = [
  'malformed',
  'foreign-input',
  'not-spendable',
  'wrong-amount',
  'hash-type',
  'overspent',
  'fee-above-limit',
  'too-large',
];

/** Why a transaction of another wallet is not signed. @param details of a `bad-psbt` error */
export function psbtProblem({ reason }: Details, coin: CoinId): string {
  if (reason === 'no-psbt') return u('bad-psbt.no-psbt', { coin: COINS[coin].name });
  return u(`bad-psbt.${among(PSBT, reason) ?? 'malformed'}`);
}

/** Why labels are not taken over. @param details of a `bad-labels` error */
export function labelsProblem({ reason, place }: Details): string {
  if (reason === 'malformed') return u('bad-labels.malformed', { line: (place ?? 0) + 1 });
  return u(reason === 'too-large' ? 'bad-labels.too-large' : 'bad-labels.too-many');
}

const TEXT: readonly ReasonOf<'bad-text'>[] = ['empty', 'too-long', 'taproot', 'not-own'];

/** Why a message is not signed. @param details of a `bad-text` error */
export const textProblem = ({ reason }: Details): string => u(`bad-text.${among(TEXT, reason) ?? 'empty'}`);

const REFUSED: readonly ReasonOf<'transaction-refused'>[] = [
  'fee-too-low',
  'inputs-spent',
  'dust',
  'already-known',
  'other',
];

const ACCOUNT: readonly ReasonOf<'bad-account'>[] = ['previous-unused', 'type', 'device', 'in-use'];

/** Words for a reason that the short text of the code does not tell; null where there are none. */
export function refusalOf({ code, details }: ErrorFacts): string | null {
  const { reason } = details;
  if (code === 'transaction-refused') return u(`transaction-refused.${among(REFUSED, reason) ?? 'other'}`);
  if (code === 'insufficient-funds') return fundsProblem(details);
  if (code === 'already-mined') return u('already-mined');
  if (code === 'bad-account') {
    const known = among(ACCOUNT, reason);
    return known === undefined ? null : u(`bad-account.${known}`);
  }
  return null;
}
