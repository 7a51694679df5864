import { Transaction as Builder } from '@scure/btc-signer';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { COINS, type CoinId, type Purpose } from './coins';
import { type Draft, prepareDraft, vsizeOfDraft } from './draft';
import { type OwnThings, readPsbt, writePsbt } from './psbt';
import { signDraft } from './sign';
import { scriptError } from './testing/interpreter';
import { ALL, keysOf } from './testing/seed';
import { type Funded, funded, paymentTo } from './testing/wallet';
import { verifySigned } from './verify';

const keys = keysOf(ALL);
const FINGERPRINT = ALL.fingerprint;
const KINDS: ReadonlyArray<readonly [CoinId, Purpose]> = [
  ['btc', 44],
  ['btc', 49],
  ['btc', 84],
  ['btc', 86],
  ['ltc', 44],
  ['ltc', 49],
  ['ltc', 84],
];

function made(coin: CoinId, purpose: Purpose) {
  const wallet = funded(coin, purpose, [900_000n, 1_100_000n]);
  const { utxos, change } = wallet;
  const payments = [paymentTo(coin, 1_500_000n)];
  const draft = prepareDraft({ coin, utxos, picked: null, payments, everythingTo: null, change, feePerKvB: 2_000n });
  return { wallet, draft };
}
const thingsOf = ({ utxos, change }: Funded): OwnThings => ({
  utxos,
  ownerOf: (script) => (toHex(script) === toHex(change.script) ? change : null),
});
const write = (draft: Draft, { previous }: Funded, signed: Parameters<typeof writePsbt>[1]['signed'] = null) =>
  writePsbt(draft, { previous, fingerprint: FINGERPRINT, signed });
const asDraft = ({ coin, version, lockTime, inputs, outputs }: Draft) => ({
  coin,
  version,
  lockTime,
  inputs,
  outputs: outputs.map(({ amount, script, own }) => ({ amount, script, path: own?.path ?? null })),
});
/** The library's own reading, changed. */
function bent(psbt: Uint8Array, bend: (builder: Builder) => void): Uint8Array {
  const builder = Builder.fromPSBT(psbt, { allowLegacyWitnessUtxo: true });
  bend(builder);
  return builder.toPSBT(0);
}

describe('PSBT', () => {
  it.each(KINDS)('of %s %d come back as the draft that went out, and can be signed', (coin, purpose) => {
    const { wallet, draft } = made(coin, purpose);
    const read = readPsbt(coin, write(draft, wallet), thingsOf(wallet));
    if (typeof read === 'string') throw new Error(read);
    expect(asDraft(read)).toEqual(asDraft(draft));
    expect(scriptError(read, signDraft(read, keys))).toBeNull();
  });

  it.each(KINDS)('of %s %d are signed by another wallet the same', (coin, purpose) => {
    const { wallet, draft } = made(coin, purpose);
    const other = Builder.fromPSBT(write(draft, wallet), { allowLegacyWitnessUtxo: true });
    // Its own type of the same key.
    other.sign(ALL as Parameters<typeof other.sign>[0], undefined, new Uint8Array(32));
    other.finalize();
    expect(verifySigned(draft, other.extract())).toMatchObject({ ok: true });
  });

  it.each(KINDS)('of %s %d carry what was signed', (coin, purpose) => {
    const { wallet, draft } = made(coin, purpose);
    const raw = signDraft(draft, keys);
    const verdict = verifySigned(draft, raw);
    if (!verdict.ok) throw new Error(verdict.problem);
    const psbt = write(draft, wallet, verdict.transaction);
    expect(toHex(Builder.fromPSBT(psbt, { allowLegacyWitnessUtxo: true }).extract())).toBe(toHex(raw));
  });

  it('say which keys are needed, and the whole transactions that are spent', () => {
    const { wallet, draft } = made('btc', 84);
    const input = Builder.fromPSBT(write(draft, wallet)).getInput(0);
    expect(input.bip32Derivation?.[0]?.[1]).toEqual({
      fingerprint: FINGERPRINT,
      path: [...(draft.inputs[0]?.path ?? [])],
    });
    expect(input.nonWitnessUtxo?.outputs.length).toBe(2);
    expect(() => writePsbt(draft, { previous: new Map(), fingerprint: FINGERPRINT, signed: null })).toThrow(RangeError);
  });

  it('are refused with the reason', () => {
    const { wallet, draft } = made('btc', 84);
    const psbt = write(draft, wallet);
    const things = thingsOf(wallet);
    const [first] = wallet.utxos;
    if (!first) throw new Error('no output');
    expect(readPsbt('doge', psbt, things)).toBe('no-psbt');
    expect(readPsbt('btc', psbt.slice(0, -3), things)).toBe('malformed');
    expect(readPsbt('btc', new Uint8Array(), things)).toBe('malformed');
    expect(readPsbt('btc', psbt, { ...things, utxos: [first] })).toBe('foreign-input');
    const [input] = draft.inputs;
    const twice = { ...draft, inputs: input ? [input, input] : [] };
    expect(readPsbt('btc', write(twice, wallet), things)).toBe('malformed');
    const with_ = (change: object) =>
      readPsbt('btc', psbt, { ...things, utxos: wallet.utxos.map((utxo) => ({ ...utxo, ...change })) });
    expect(with_({ isFrozen: true })).toBe('not-spendable');
    expect(with_({ amount: 900_001n })).toBe('wrong-amount');
    const legacy = made('btc', 44);
    const others = legacy.wallet.utxos.map((utxo) => ({ ...utxo, amount: utxo.amount - 1n }));
    const read = readPsbt('btc', write(legacy.draft, legacy.wallet), { ...thingsOf(legacy.wallet), utxos: others });
    expect(read).toBe('wrong-amount');
    const single = bent(psbt, (builder) => builder.updateInput(0, { sighashType: 0x83 }, true));
    expect(readPsbt('btc', single, things)).toBe('hash-type');
    const all = bent(psbt, (builder) => builder.updateInput(0, { sighashType: 1 }, true));
    expect(typeof readPsbt('btc', all, things)).toBe('object');
    const rich = bent(psbt, (builder) => builder.updateOutput(0, { amount: 5_000_000n }, true));
    expect(readPsbt('btc', rich, things)).toBe('overspent');
  });

  it('whose fee is above all sense are refused, also where all the rest comes back', () => {
    const { wallet, draft } = made('btc', 84);
    const things = thingsOf(wallet);
    const spent = draft.inputs.reduce((sum, { amount }) => sum + amount, 0n);
    const most = (BigInt(vsizeOfDraft({ ...draft, outputs: own(0n) })) * COINS.btc.maxFeePerKvB) / 1_000n;
    const leaving = (fee: bigint) => readPsbt('btc', write({ ...draft, outputs: own(spent - fee) }, wallet), things);
    function own(amount: bigint) {
      return [{ amount, script: wallet.change.script, own: wallet.change }];
    }
    expect(typeof leaving(most)).toBe('object');
    expect(leaving(most + 1n)).toBe('fee-above-limit');
    expect(leaving(spent - 1_000n)).toBe('fee-above-limit');
  });
});
