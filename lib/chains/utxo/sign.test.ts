import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { COINS } from './coins';
import type { Draft } from './draft';
import { hash256 } from './script';
import { signDraft } from './sign';
import vectors from './signed.vectors.json';
import { draftOfVector } from './testing/drafts';
import { scriptError } from './testing/interpreter';
import { ALL, keysOf } from './testing/seed';
import { parseTransaction, serializeTransaction, type TxInput } from './transaction';
import { verifySigned } from './verify';

const keys = keysOf(ALL);
const rows = vectors.transactions.map((vector) => [vector.name, vector] as const);

/** A bit of s is turned. */
function hurt(input: TxInput): TxInput {
  const bent = (bytes: Uint8Array, at: number) => bytes.with(at, (bytes[at] ?? 0) ^ 4);
  const [signature, ...more] = input.witness;
  return signature
    ? { ...input, witness: [bent(signature, 60), ...more] }
    : { ...input, script: bent(input.script, 60) };
}

describe('signing', () => {
  it.each(rows)('makes the published bytes: %s', (_, vector) => {
    const raw = signDraft(draftOfVector(vector), keys);
    if (vector.hex !== undefined) expect(toHex(raw)).toBe(vector.hex);
    else expect(toHex(hash256(raw).reverse())).toBe(vector.hash);
  });

  it.each(rows)('is accepted by an interpreter of its own: %s', (_, vector) => {
    const draft = draftOfVector(vector);
    expect(scriptError(draft, signDraft(draft, keys))).toBeNull();
  });

  it.each(rows)('is refused by that interpreter once a signature is hurt: %s', (_, vector) => {
    const draft = draftOfVector(vector);
    const transaction = parseTransaction(signDraft(draft, keys), COINS[draft.coin]);
    const inputs = transaction.inputs.map((input, index) => (index === 0 ? hurt(input) : input));
    expect(scriptError(draft, serializeTransaction({ ...transaction, inputs }))).not.toBeNull();
  });
});

describe('verifying', () => {
  it.each(rows)('accepts what was asked for: %s', (_, vector) => {
    const draft = draftOfVector(vector);
    expect(verifySigned(draft, signDraft(draft, keys))).toMatchObject({ ok: true });
    if (vector.hex !== undefined) expect(verifySigned(draft, fromHex(vector.hex))).toMatchObject({ ok: true });
  });

  it.each(rows)('refuses every byte that is other, and every length: %s', (_, vector) => {
    const draft = draftOfVector(vector);
    const raw = signDraft(draft, keys);
    for (let at = 0; at < raw.length; at += 1) {
      const other = raw.slice();
      other[at] = (other[at] ?? 0) ^ 0x01;
      expect(verifySigned(draft, other).ok, `byte ${at}`).toBe(false);
    }
    expect(verifySigned(draft, raw.slice(0, -1))).toEqual({ ok: false, problem: 'malformed' });
    expect(verifySigned(draft, Uint8Array.of(...raw, 0))).toEqual({ ok: false, problem: 'malformed' });
  });

  it.each(rows)('refuses what a signer has signed of another draft: %s', (_, vector) => {
    const draft = draftOfVector(vector);
    const [output, ...others] = draft.outputs;
    const [input, ...inputs] = draft.inputs;
    if (!output || !input) throw new Error('empty vector');
    const altered = (change: object) => verifySigned(draft, signDraft({ ...draft, ...change }, keys));
    expect(altered({ outputs: [{ ...output, amount: output.amount - 1n }, ...others] })).toEqual({
      ok: false,
      problem: 'outputs',
    });
    const [less, taken] = [
      { ...output, amount: output.amount - 1n },
      { ...output, amount: 1n },
    ];
    expect(altered({ outputs: [less, ...others, taken] })).toEqual({ ok: false, problem: 'outputs' });
    expect(altered({ inputs: [{ ...input, sequence: 0 }, ...inputs] })).toEqual({ ok: false, problem: 'inputs' });
    expect(altered({ lockTime: 1 })).toEqual({ ok: false, problem: 'frame' });
    expect(altered({ version: 2 })).toEqual({ ok: false, problem: 'frame' });
  });

  it('refuses a transaction in another form, which is not what nodes take', () => {
    const [, vector] = rows.find(([, { coin }]) => coin === 'dash') ?? [];
    if (!vector) throw new Error('no vector');
    // The same scripts on Litecoin, where a flag of MWEB may stand in front.
    const draft = { ...draftOfVector(vector), coin: 'ltc' as const };
    const raw = signDraft(draft, keys);
    expect(verifySigned(draft, raw).ok).toBe(true);
    const flagged = Uint8Array.of(...raw.slice(0, 4), 0, 8, ...raw.slice(4, -4), 0, ...raw.slice(-4));
    expect(parseTransaction(flagged, COINS.ltc)).toEqual(parseTransaction(raw, COINS.ltc));
    expect(verifySigned(draft, flagged)).toEqual({ ok: false, problem: 'malformed' });
  });

  it('refuses a signature over another amount, where amounts are signed', () => {
    for (const [, vector] of rows) {
      const draft = draftOfVector(vector);
      const [input, ...inputs] = draft.inputs;
      if (!input || input.scriptType === 'p2pkh') continue;
      const raw = signDraft({ ...draft, inputs: [{ ...input, amount: input.amount + 1n }, ...inputs] }, keys);
      expect(verifySigned(draft, raw)).toEqual({ ok: false, problem: 'signature' });
    }
  });

  it('refuses a signature whose s is in the upper half, which anybody could have made of the good one', () => {
    for (const [, vector] of rows) {
      const draft = draftOfVector(vector);
      if (draft.inputs.some(({ scriptType }) => scriptType === 'p2tr')) continue;
      const raw = withSignature(draft, (signature) => {
        const { r, s } = secp256k1.Signature.fromBytes(signature.slice(0, -1), 'der');
        const high = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes('der');
        return Uint8Array.of(...high, signature.at(-1) ?? 0);
      });
      expect(verifySigned(draft, raw)).toEqual({ ok: false, problem: 'signature' });
    }
  });

  it('refuses other types of hash, which leave others free to change the transaction', () => {
    for (const [, vector] of rows)
      for (const type of [0x00, 0x01, 0x02, 0x03, 0x41, 0x81, 0xc1]) {
        const draft = draftOfVector(vector);
        const plain = COINS[draft.coin].forkId === null ? 0x01 : 0x41;
        const isTaproot = draft.inputs[0]?.scriptType === 'p2tr';
        const raw = withSignature(draft, (signature) =>
          isTaproot ? Uint8Array.of(...signature, type) : signature.with(-1, type),
        );
        expect(verifySigned(draft, raw).ok, `${type}`).toBe(!isTaproot && type === plain);
      }
  });
});

/** Signed, with the first signature changed. */
function withSignature(draft: Draft, change: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const transaction = parseTransaction(signDraft(draft, keys), COINS[draft.coin]);
  const inputs = transaction.inputs.map((input, index): TxInput => {
    const [signature, ...more] = input.witness;
    if (index > 0) return input;
    if (signature) return { ...input, witness: [change(signature), ...more] };
    const [length = 0] = input.script;
    const changed = change(input.script.slice(1, 1 + length));
    return { ...input, script: Uint8Array.of(changed.length, ...changed, ...input.script.slice(1 + length)) };
  });
  return serializeTransaction({ ...transaction, inputs });
}
