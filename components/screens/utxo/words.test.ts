import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { COIN_IDS } from '@/lib/chains/utxo/coins';
import { LANGUAGE_NAMES, type LanguageId, loadLanguage, speak } from '@/lib/i18n';
import { loadUtxoWords } from '@/lib/i18n/utxo';
import {
  addressProblem,
  amountProblem,
  feeProblem,
  fundsProblem,
  labelsProblem,
  lieText,
  psbtProblem,
  refusalOf,
  serverProblem,
  textProblem,
} from './words';

const FEES = { least: '1000', most: '2000000' };
const reasons = (list: string) => list.split(' ').map((reason) => ({ reason }));
const refused = (code: ErrorFacts['code'], list: string) =>
  reasons(list).map((details) => refusalOf({ code, details }));

/** Every reason that `lib/chains/utxo` and `lib/bus/utxo/table.ts` name, by the field that it stands at. */
const sentences = (): Readonly<Record<string, readonly (string | null)[]>> => ({
  address: [
    ...reasons(
      'empty format checksum test-network no-segwit type mweb token-aware maybe-bitcoin uri uri-malformed uri-twice',
    ).map((details) => addressProblem(details, 'ltc')),
    addressProblem({ reason: 'other-chain', party: 'Dogecoin' }, 'ltc'),
  ],
  amount: reasons('empty format zero too-many-decimals too-large dust').map((details) => amountProblem(details, 'ltc')),
  funds: reasons('no-coins amount fee frozen not-spendable').map(fundsProblem),
  fee: reasons('format too-low above-limit unknown-level not-replaceable').map((details) => feeProblem(details, FEES)),
  server: reasons(
    'empty format insecure out-of-reach kind silent answer other-coin other-fork behind permission none',
  ).map((details) => serverProblem(details, 'bch')),
  lie: reasons(
    'wrong-txid wrong-amount wrong-script no-such-output malformed-transaction wrong-coinbase other-txid future-height duplicate foreign-address foreign-transaction no-descriptors endless refusal answer other-coin other-fork behind',
  ).map(({ reason }) => lieText(reason, 'btg')),
  psbt: reasons(
    'no-psbt malformed foreign-input not-spendable wrong-amount hash-type overspent fee-above-limit too-large',
  ).map((details) => psbtProblem(details, 'doge')),
  labels: ['malformed', 'too-large', 'too-many'].map((reason) => labelsProblem({ reason, place: 6 })),
  text: reasons('empty too-long taproot not-own').map(textProblem),
  broadcast: refused('transaction-refused', 'already-known fee-too-low inputs-spent dust other'),
  account: refused('bad-account', 'previous-unused type device in-use'),
});

describe.each(Object.keys(LANGUAGE_NAMES) as LanguageId[])('in %s', (id) => {
  beforeAll(async () => {
    speak(await loadLanguage(id));
    await loadUtxoWords();
  });

  it('each reason at a field has a sentence of its own', () => {
    for (const [field, texts] of Object.entries(sentences())) {
      for (const text of texts) expect(text, field).toMatch(/^\S.*[.。？]$/);
      expect(new Set(texts).size, field).toBe(texts.length);
    }
  });

  it('an address of another chain is refused by the names of both', () => {
    const text = addressProblem({ reason: 'other-chain', party: 'Litecoin' }, 'doge');
    expect(text).toContain('Litecoin');
    expect(text).toContain('Dogecoin');
  });

  it('an amount below dust is told the least that passes, of every currency', () => {
    const least = Object.fromEntries(COIN_IDS.map((coin) => [coin, amountProblem({ reason: 'dust' }, coin)]));
    const point = id === 'es' ? ',' : '.';
    expect(least.doge).toContain(`0${point}01\u00a0DOGE`);
    expect(least.btc).toContain(`0${point}00000546\u00a0BTC`);
    expect(least.dash).toContain(`0${point}0000546\u00a0DASH`);
  });

  it('a rate is told between what it has to be', () => {
    expect(feeProblem({ reason: 'too-low' }, FEES)).toContain('1\u00a0sat/vB');
    expect(feeProblem({ reason: 'above-limit' }, FEES)).toMatch(/2[,.]?000\u00a0sat\/vB/);
  });
});

it('an error that is no refusal of these has the words of its code', () => {
  expect(refusalOf({ code: 'chain-unreachable', details: {} })).toBeNull();
  expect(refusalOf({ code: 'bad-account', details: { reason: 'unheard-of' } })).toBeNull();
});
