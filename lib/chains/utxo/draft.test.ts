import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COIN_IDS, COINS, type CoinId, type Purpose } from './coins';
import { type DraftRequest, feeOfDraft, type PreparedDraft, prepareDraft } from './draft';
import { feeOf } from './fees';
import { signDraft } from './sign';
import { scriptError } from './testing/interpreter';
import { ALL, keysOf } from './testing/seed';
import { funded, paymentTo } from './testing/wallet';
import { weightOf } from './transaction';
import { holdOf, outpoint, type Utxo } from './utxos';
import { verifySigned } from './verify';

const keys = keysOf(ALL);
const KINDS = COIN_IDS.flatMap((coin) => COINS[coin].purposes.map((purpose) => [coin, purpose] as const));
/** In the smallest unit: worth sending on every chain. */
const PAID = 2_000_000n;
const RATE: Readonly<Record<CoinId, bigint>> = {
  btc: 1_500n,
  ltc: 1_001n,
  bch: 1_000n,
  btg: 2_345n,
  dash: 1_000n,
  doge: 1_000_001n,
};

function request(
  coin: CoinId,
  purpose: Purpose,
  amounts: readonly bigint[],
  but: Partial<DraftRequest> = {},
  of: Partial<Utxo> = {},
): DraftRequest {
  const { utxos, change } = funded(coin, purpose, amounts, of);
  const payments = [paymentTo(coin, PAID)];
  return { coin, utxos, change, picked: null, payments, everythingTo: null, feePerKvB: RATE[coin], ...but };
}
const reason = (work: () => unknown) => {
  try {
    return work() && 'nothing';
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason: string } };
    return `${code} ${details.reason}`;
  }
};

/** Signed, verified and run through an interpreter. */
function sent(draft: PreparedDraft) {
  const raw = signDraft(draft, keys);
  const verdict = verifySigned(draft, raw);
  expect(scriptError(draft, raw)).toBeNull();
  if (!verdict.ok) throw new Error(verdict.problem);
  return verdict.transaction;
}

describe('drafts', () => {
  it.each(KINDS)('of %s %d are signed, with a fee within one byte an input of the rate', (coin, purpose) => {
    const draft = prepareDraft(request(coin, purpose, [1_500_000n, 900_000n, 3_000_000n]));
    const transaction = sent(draft);
    const vsize = Math.ceil(weightOf(transaction) / 4);
    expect(draft.vsize - vsize).toBeGreaterThanOrEqual(0);
    expect(draft.vsize - vsize).toBeLessThanOrEqual(draft.inputs.length * 2);
    expect(draft.fee - draft.surplus).toBe(feeOf(draft.vsize, RATE[coin]));
    expect(feeOfDraft(draft)).toBe(draft.fee);
  });

  it('of any amounts of any coin lose nothing, and pass every check', () => {
    const amounts = fc.array(fc.bigInt({ min: 1_000_000n, max: 10n ** 11n }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        amounts,
        fc.bigInt({ min: 1n, max: 9n }),
        ([coin, purpose], held, share) => {
          const total = held.reduce((sum, each) => sum + each, 0n);
          const payments = [paymentTo(coin, (total * share) / 10n)];
          let draft: PreparedDraft;
          try {
            draft = prepareDraft(request(coin, purpose, held, { payments }));
          } catch (error) {
            expect(
              reason(() => {
                throw error;
              }),
            ).toMatch(/^(bad-amount dust|insufficient-funds fee)$/);
            return;
          }
          const { inputs, outputs } = sent(draft);
          const into = draft.inputs.reduce((sum, { amount }) => sum + amount, 0n);
          expect(into).toBe(outputs.reduce((sum, { amount }) => sum + amount, 0n) + draft.fee);
          expect(inputs.length).toBe(draft.inputs.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('send change to an address of their own, of the kind of the account', () => {
    const draft = prepareDraft(request('btc', 86, [5_000_000n]));
    const own = draft.outputs.filter((output) => output.own !== null);
    expect(own.map((output) => output.own?.scriptType)).toEqual(['p2tr']);
    expect(own[0]?.own?.path.slice(-2)).toEqual([1, 0]);
  });

  it('send everything without change', () => {
    const to = paymentTo('doge', 0n).script;
    const amounts = [9_000_000_000_000_000_000n, 7_000_000_000n];
    const draft = prepareDraft(request('doge', 44, amounts, { payments: [], everythingTo: to }));
    expect(draft.outputs.length).toBe(1);
    expect(draft.outputs[0]?.own).toBeNull();
    expect((draft.outputs[0]?.amount ?? 0n) + draft.fee).toBe(9_000_000_007_000_000_000n);
    expect(verifySigned(draft, signDraft(draft, keys)).ok).toBe(true);
  });

  it('spend what was picked, all of it and nothing else', () => {
    const { utxos } = funded('btc', 84, [3_000_000n, 50_000n, 4_000_000n]);
    const picked = new Set(utxos.slice(0, 2).map(outpoint));
    const draft = prepareDraft(request('btc', 84, [3_000_000n, 50_000n, 4_000_000n], { picked }));
    expect(new Set(draft.inputs.map(outpoint))).toEqual(picked);
    sent(draft);
    const unknown = new Set([...picked, 'ff:0']);
    expect(reason(() => prepareDraft(request('btc', 84, [3_000_000n, 50_000n], { picked: unknown })))).toBe(
      'insufficient-funds not-spendable',
    );
  });

  it('leave alone what is frozen, immature, strange and unconfirmed, or carries a token', () => {
    const held = (of: Partial<Utxo>) => reason(() => prepareDraft(request('bch', 44, [5_000_000n], {}, of)));
    expect(held({})).not.toMatch(/funds/);
    expect(held({ isFrozen: true })).toBe('insufficient-funds frozen');
    expect(held({ isCoinbase: true, confirmations: 99 })).toBe('insufficient-funds no-coins');
    expect(held({ isCoinbase: true, confirmations: 100 })).not.toMatch(/funds/);
    expect(held({ confirmations: 0 })).toBe('insufficient-funds no-coins');
    expect(held({ confirmations: 0, isOwn: true })).not.toMatch(/funds/);
    expect(held({ carriesToken: true })).toBe('insufficient-funds no-coins');
    expect(held({ carriesToken: true, isFrozen: true })).toBe('insufficient-funds no-coins');
  });

  it('spend picked outputs that are not confirmed, but no held ones', () => {
    const { utxos } = funded('btc', 84, [5_000_000n]);
    const picked = new Set(utxos.map(outpoint));
    const held = (of: Partial<Utxo>) => reason(() => prepareDraft(request('btc', 84, [5_000_000n], { picked }, of)));
    expect(held({ confirmations: 0 })).not.toMatch(/funds/);
    expect(held({ isFrozen: true })).toBe('insufficient-funds not-spendable');
    expect(held({ isCoinbase: true, confirmations: 3 })).toBe('insufficient-funds not-spendable');
  });

  it('can be replaced on Bitcoin and Litecoin, and nowhere else', () => {
    const sequences = COIN_IDS.map((coin) => prepareDraft(request(coin, 44, [5_000_000n])).inputs[0]?.sequence);
    expect(sequences).toEqual([0xffff_fffd, 0xffff_fffd, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff]);
  });

  it('have the order of BIP-69', () => {
    const { inputs, outputs } = prepareDraft(
      request('btc', 84, [700_000n, 800_000n, 900_000n], { payments: [paymentTo('btc', 2_300_000n)] }),
    );
    expect(inputs.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(outputs.map(({ amount }) => amount)).toEqual(
      [...outputs.map(({ amount }) => amount)].sort((a, b) => Number(a - b)),
    );
  });
});

describe('holds', () => {
  it('end with the maturity of the chain', () => {
    const [utxo] = funded('doge', 44, [1n], { isCoinbase: true, confirmations: 239 }).utxos;
    if (!utxo) throw new Error('no output');
    expect(holdOf(COINS.doge, utxo)).toBe('immature');
    expect(holdOf(COINS.doge, { ...utxo, confirmations: 240 })).toBeNull();
  });
});
