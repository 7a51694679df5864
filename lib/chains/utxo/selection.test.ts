import { selectUTXO } from '@scure/btc-signer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COIN_IDS, COINS, type Coin } from './coins';
import { feeOf } from './fees';
import { dustLimit, SCRIPT_TYPE, type ScriptType, scriptOf } from './script';
import { type Candidate, type Selection, type SelectionRequest, selectCoins } from './selection';
import { outputSize, vsizeOf } from './size';

const PAY = scriptOf({ type: 'p2pkh', hash: new Uint8Array(20).fill(1) });
const REST = scriptOf({ type: 'p2sh', hash: new Uint8Array(20).fill(2) });
const total = (items: readonly { amount: bigint }[]) => items.reduce((sum, { amount }) => sum + amount, 0n);

const ask = (request: Partial<SelectionRequest<Candidate>>) =>
  selectCoins({
    coin: COINS.btc,
    candidates: [],
    use: 'best',
    payments: [],
    rest: REST,
    feePerKvB: 1_000n,
    ...request,
  });
const coins = (...amounts: bigint[]) => amounts.map((amount): Candidate => ({ amount, scriptType: 'p2wpkh' }));
const pay = (...amounts: bigint[]) => amounts.map((amount) => ({ amount, script: PAY }));
const reason = (work: () => unknown) => {
  try {
    return work() && 'nothing';
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason: string } };
    return `${code} ${details.reason}`;
  }
};

/** Any question about any coin: rates of a thousandth, amounts from dust to more than 2^53. */
const question = fc
  .record({
    id: fc.constantFrom(...COIN_IDS),
    amounts: fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 25 }),
    huge: fc.bigInt({ min: 0n, max: 2n ** 60n }),
    kind: fc.nat(),
    payments: fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 4 }),
    rate: fc.bigInt({ min: 0n, max: 10_000_000n }),
    use: fc.constantFrom('best' as const, 'useful' as const, 'all' as const),
  })
  .map(({ id, amounts, huge, kind, payments, rate, use }): SelectionRequest<Candidate> => {
    const coin = COINS[id];
    const types = coin.purposes.map((purpose) => SCRIPT_TYPE[purpose]);
    const typeAt = (index: number): ScriptType => types[(kind + index) % types.length] ?? 'p2pkh';
    const candidates = [...amounts, huge].map((amount, index) => ({ amount, scriptType: typeAt(index) }));
    return { coin, candidates, use, payments: pay(...payments), rest: REST, feePerKvB: rate };
  });

const KNOWN = /^(bad-fee (too-low|above-limit)|bad-amount dust|insufficient-funds (amount|fee))$/;

function hold(
  request: SelectionRequest<Candidate>,
  check: (selection: Selection<Candidate>, coin: Coin) => void,
): void {
  let selection: Selection<Candidate>;
  try {
    selection = selectCoins(request);
  } catch (error) {
    expect(
      reason(() => {
        throw error;
      }),
    ).toMatch(KNOWN);
    return;
  }
  check(selection, request.coin);
}

describe('selection', () => {
  it('never loses a satoshi, and spends nothing twice', () => {
    fc.assert(
      fc.property(question, (request) => {
        hold(request, ({ inputs, rest, fee }) => {
          expect(total(inputs)).toBe(total(request.payments) + (rest ?? 0n) + fee);
          expect(new Set(inputs).size).toBe(inputs.length);
          for (const input of inputs) expect(request.candidates).toContain(input);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never pays dust, neither to others nor back', () => {
    fc.assert(
      fc.property(question, (request) => {
        hold(request, ({ rest }, coin) => {
          for (const { amount, script } of request.payments)
            expect(amount).toBeGreaterThanOrEqual(dustLimit(coin, script));
          if (rest !== null) expect(rest).toBeGreaterThanOrEqual(dustLimit(coin, REST));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('gives back nothing rather than dust, wherever that begins', () => {
    const near = fc.record({
      id: fc.constantFrom(...COIN_IDS),
      left: fc.bigInt({ min: 0n, max: 3_000n }),
      use: fc.constantFrom('best' as const, 'all' as const),
    });
    fc.assert(
      fc.property(near, ({ id, left, use }) => {
        const coin = COINS[id];
        const rate = coin.minFeePerKvB;
        const scriptType = SCRIPT_TYPE[coin.purposes[0] ?? 44];
        // From nothing left to thrice what is dust, over the fee of a transaction with change.
        const over = (left * dustLimit(coin, REST)) / 1_000n;
        const [payment] = pay(10n ** 9n);
        if (!payment) throw new Error('no payment');
        const amount = payment.amount + feeOf(vsizeOf([scriptType], [PAY, REST]), rate) + over;
        const { rest, surplus } = ask({
          coin,
          candidates: [{ amount, scriptType }],
          use,
          payments: [payment],
          feePerKvB: rate,
        });
        const isDust = over < dustLimit(coin, REST);
        expect(rest).toBe(isDust ? null : over);
        if (isDust) expect(surplus).toBeGreaterThanOrEqual(over);
      }),
      { numRuns: 300 },
    );
  });

  it('pays the rate within one byte, and gives away no more than change would cost', () => {
    fc.assert(
      fc.property(question, (request) => {
        hold(request, ({ inputs, rest, fee, surplus, vsize }, coin) => {
          const scripts = [...request.payments.map(({ script }) => script), ...(rest === null ? [] : [REST])];
          expect(vsize).toBe(
            vsizeOf(
              inputs.map(({ scriptType }) => scriptType),
              scripts,
            ),
          );
          const exact = BigInt(vsize) * request.feePerKvB;
          const paid = (fee - surplus) * 1_000n;
          expect(paid).toBeGreaterThanOrEqual(exact);
          expect(paid - exact).toBeLessThan(1_000n);
          if (rest !== null) expect(surplus).toBe(0n);
          const changeCost = feeOf(outputSize(REST) + 1, request.feePerKvB) + dustLimit(coin, REST);
          expect(surplus).toBeLessThanOrEqual(changeCost);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('finds something whenever everything would suffice', () => {
    fc.assert(
      fc.property(question, (request) => {
        if (request.use !== 'best') return;
        let all: Selection<Candidate>;
        try {
          all = selectCoins({ ...request, use: 'useful' });
        } catch {
          return;
        }
        const best = selectCoins(request);
        expect(best.inputs.length).toBeLessThanOrEqual(all.inputs.length);
      }),
    );
  });

  it('costs no more than the library picks for the same question', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 5_000n, max: 10n ** 8n }), { minLength: 1, maxLength: 12 }),
        fc.bigInt({ min: 1n, max: 30n }),
        (amounts, rate) => {
          const payment = total(coins(...amounts)) / 3n;
          if (payment < 546n) return;
          const inputs = amounts.map((amount, index) => ({
            txid: new Uint8Array(32).fill(index + 1),
            index: 0,
            witnessUtxo: { amount, script: scriptOf({ type: 'p2wpkh', hash: new Uint8Array(20).fill(1) }) },
          }));
          const theirs = selectUTXO(inputs, [{ script: PAY, amount: payment }], 'default', {
            changeAddress: '3P14159f73E4gFr7JterCCQh9QjiTjiZrG',
            feePerByte: rate,
            bip69: false,
            createTx: false,
          });
          const ours = attempt(() =>
            ask({ candidates: coins(...amounts), payments: pay(payment), feePerKvB: rate * 1_000n }),
          );
          if (theirs && ours && theirs.change)
            expect(ours.fee - ours.surplus).toBeLessThanOrEqual((theirs.fee ?? 0n) + rate * 2n);
          expect(ours !== null || !theirs).toBe(true);
        },
      ),
    );
  });

  it('takes inputs that need no change where there are any', () => {
    const fee = feeOf(vsizeOf(['p2wpkh', 'p2wpkh'], [PAY]), 1_000n);
    const { inputs, rest, surplus } = ask({
      candidates: coins(90_000n, 20_000n, 30_000n + fee, 70_000n),
      payments: pay(50_000n),
    });
    expect(inputs.map(({ amount }) => amount).sort()).toEqual([20_000n, 30_000n + fee].sort());
    expect([rest, surplus]).toEqual([null, 0n]);
  });

  it('leaves alone what costs more to spend than it holds, but not where it was picked', () => {
    const candidates = coins(100_000n, 50n);
    expect(ask({ candidates, use: 'useful' }).inputs.length).toBe(1);
    expect(ask({ candidates, use: 'all' }).inputs.length).toBe(2);
  });

  it('sends everything, less the fee', () => {
    const { inputs, rest, fee } = ask({ candidates: coins(60_000n, 40_000n), use: 'useful', feePerKvB: 1_500n });
    const vsize = vsizeOf(['p2wpkh', 'p2wpkh'], [REST]);
    expect(fee).toBe((BigInt(vsize) * 15n + 9n) / 10n);
    expect([inputs.length, rest]).toEqual([2, 100_000n - fee]);
  });

  it('says what is missing', () => {
    const candidates = coins(10_000n);
    expect(reason(() => ask({ payments: pay(1_000n) }))).toBe('insufficient-funds no-coins');
    expect(reason(() => ask({ candidates, payments: pay(10_001n) }))).toBe('insufficient-funds amount');
    expect(reason(() => ask({ candidates, payments: pay(10_000n) }))).toBe('insufficient-funds fee');
    expect(reason(() => ask({ candidates: coins(20n), use: 'useful' }))).toBe('insufficient-funds fee');
    expect(reason(() => ask({ candidates, payments: pay(545n) }))).toBe('bad-amount dust');
    expect(reason(() => ask({ candidates, payments: pay(546n), feePerKvB: 999n }))).toBe('bad-fee too-low');
    expect(reason(() => ask({ candidates, payments: pay(546n), feePerKvB: 2_000_001n }))).toBe('bad-fee above-limit');
    expect(
      reason(() =>
        ask({ coin: COINS.doge, candidates: coins(10n ** 9n), payments: pay(999_999n), feePerKvB: 10n ** 6n }),
      ),
    ).toBe('bad-amount dust');
  });
});

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
