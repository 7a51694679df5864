import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { type Draft, type PreparedDraft, prepareDraft } from './draft';
import { feeOf } from './fees';
import { prepareReplacement } from './replace';
import { signDraft } from './sign';
import { scriptError } from './testing/interpreter';
import { ALL, addressAt, keysOf } from './testing/seed';
import { funded, paymentTo } from './testing/wallet';
import { outpoint, type Utxo } from './utxos';
import { verifySigned } from './verify';

const keys = keysOf(ALL);
const change = addressAt(ALL, 'btc', 84, 1, 1);

function waiting(amounts: readonly bigint[], paid: bigint, feePerKvB = 1_000n) {
  const { utxos, change: first } = funded('btc', 84, amounts);
  const payments = [paymentTo('btc', paid)];
  const original = prepareDraft({
    coin: 'btc',
    utxos,
    picked: null,
    payments,
    everythingTo: null,
    change: first,
    feePerKvB,
  });
  return { utxos, original };
}
const paidBy = ({ outputs }: Draft) =>
  outputs.filter(({ own }) => own === null).map(({ amount, script }) => `${amount} ${toHex(script)}`);
const reason = (work: () => unknown) => {
  try {
    return work() && 'nothing';
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason: string } };
    return `${code} ${details.reason}`;
  }
};
function check(original: PreparedDraft, next: PreparedDraft) {
  expect(paidBy(next)).toEqual(paidBy(original));
  const spent = next.inputs.map(outpoint);
  for (const input of original.inputs) expect(spent).toContain(outpoint(input));
  // BIP-125, rules 3 and 4.
  expect(next.fee).toBeGreaterThanOrEqual(original.fee + feeOf(next.vsize, 1_000n));
  expect(next.fee * BigInt(original.vsize)).toBeGreaterThan(original.fee * BigInt(next.vsize));
  const raw = signDraft(next, keys);
  expect(verifySigned(next, raw).ok).toBe(true);
  expect(scriptError(next, raw)).toBeNull();
}

describe('replacements', () => {
  it('pay the same, dearer, of their change', () => {
    const { utxos, original } = waiting([5_000_000n], 1_000_000n);
    const next = prepareReplacement({ original, utxos, change, feePerKvB: 12_345n });
    check(original, next);
    expect(next.fee).toBe(feeOf(next.vsize, 12_345n));
    expect(next.inputs.length).toBe(1);
    const own = next.outputs.find((output) => output.own !== null);
    expect(toHex(own?.script ?? new Uint8Array())).toBe(
      toHex(original.outputs.find((output) => output.own !== null)?.script ?? new Uint8Array()),
    );
  });

  it('cost more than before, also where the rate would not', () => {
    const { utxos, original } = waiting([5_000_000n], 1_000_000n, 20_000n);
    check(original, prepareReplacement({ original, utxos, change, feePerKvB: 1_000n }));
    check(original, prepareReplacement({ original, utxos, change, feePerKvB: 20_001n }));
  });

  it('spend further outputs where change does not suffice, if they are confirmed', () => {
    const { original } = waiting([1_000_500n], 1_000_000n);
    const more = furtherUtxos(2_000_000n);
    const next = prepareReplacement({ original, utxos: more, change, feePerKvB: 50_000n });
    check(original, next);
    expect(next.inputs.length).toBe(2);
    const fresh = more.map((utxo) => ({ ...utxo, confirmations: 0, isOwn: true }));
    expect(reason(() => prepareReplacement({ original, utxos: fresh, change, feePerKvB: 50_000n }))).toBe(
      'insufficient-funds fee',
    );
    expect(reason(() => prepareReplacement({ original, utxos: [], change, feePerKvB: 50_000n }))).toBe(
      'insufficient-funds fee',
    );
  });

  it('of any transaction keep the rules', () => {
    const amount = fc.bigInt({ min: 10_000n, max: 10n ** 9n });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 4 }),
        fc.bigInt({ min: 1n, max: 9n }),
        fc.bigInt({ min: 1_000n, max: 60_000n }),
        fc.bigInt({ min: 1_000n, max: 90_000n }),
        (amounts, share, before, after) => {
          const total = amounts.reduce((sum, each) => sum + each, 0n);
          let made: ReturnType<typeof waiting>;
          try {
            made = waiting(amounts, (total * share) / 10n, before);
          } catch {
            return;
          }
          check(
            made.original,
            prepareReplacement({
              ...made,
              utxos: [...made.utxos, ...furtherUtxos(10n ** 9n)],
              change,
              feePerKvB: after,
            }),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are not made of what said that it is final, nor on other chains', () => {
    const { utxos, original } = waiting([5_000_000n], 1_000_000n);
    const final = { ...original, inputs: original.inputs.map((input) => ({ ...input, sequence: 0xffff_fffe })) };
    expect(reason(() => prepareReplacement({ original: final, utxos, change, feePerKvB: 9_000n }))).toBe(
      'bad-fee not-replaceable',
    );
    const doge = { ...original, coin: 'doge' as const };
    expect(reason(() => prepareReplacement({ original: doge, utxos, change, feePerKvB: 9_000n }))).toBe(
      'bad-fee not-replaceable',
    );
  });
});

/** Of another transaction. */
const furtherUtxos = (amount: bigint): Utxo[] =>
  funded('btc', 84, [7n, amount])
    .utxos.slice(1)
    .map((utxo) => ({ ...utxo, index: 9 }));
