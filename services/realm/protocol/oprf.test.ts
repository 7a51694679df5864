import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ristretto255 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromHex, toHex } from '@/lib/bytes';
import { random, randomPoint, randomScalar } from '../testing/device';
import { evaluate, isPoint, isScalar } from './oprf';
import carried from './oprf.vectors.json';

const published = fileURLToPath(new URL('../../../../shared/vectors/juicebox-oprf.json', import.meta.url));
const { Point } = ristretto255;

const text = z.string();
const publishedSchema = z.array(
  z.object({
    name: text,
    inputs: z.object({ beta_t_seed: text }),
    outputs: z.object({
      private_key: text,
      public_key: text,
      blinded_input: text,
      blinded_output: text,
      proof_c: text,
      proof_beta_z: text,
    }),
  }),
);

/** All ten published vectors where the file lies beside the repository; two of them are always here. */
function vectorsAtHand() {
  if (!existsSync(published)) return [];
  const vectors = publishedSchema.parse(JSON.parse(readFileSync(published, 'utf8')));
  return vectors.map(({ name, inputs, outputs }) => ({ name, ...inputs, ...outputs }));
}

describe('evaluate', () => {
  it.each(carried.vectors.concat(vectorsAtHand()))('gives result and proof of the published vector $name', (vector) => {
    const { private_key, public_key, blinded_input, beta_t_seed } = vector;
    const seed = () => fromHex(beta_t_seed);
    const { blindedResult, proof } = evaluate(fromHex(private_key), fromHex(public_key), fromHex(blinded_input), seed);
    expect(toHex(blindedResult)).toBe(vector.blinded_output);
    expect(toHex(proof.c)).toBe(vector.proof_c);
    expect(toHex(proof.betaZ)).toBe(vector.proof_beta_z);
  });

  it('is undone by the inverse of the blinding factor', () => {
    const key = randomScalar();
    const { Fn } = Point;
    const blind = Fn.fromBytes(randomScalar());
    const element = Point.fromBytes(randomPoint());
    const { blindedResult } = evaluate(key, randomPoint(), element.multiply(blind).toBytes(), random);
    const unblinded = Point.fromBytes(blindedResult).multiply(Fn.inv(blind));
    expect(toHex(unblinded.toBytes())).toBe(toHex(element.multiply(Fn.fromBytes(key)).toBytes()));
  });

  it('refuses a random source that answers zeros, which would give the key away', () => {
    expect(() => evaluate(randomScalar(), randomPoint(), randomPoint(), (n) => new Uint8Array(n))).toThrow();
  });
});

describe('canonical encodings', () => {
  const order = Point.Fn.ORDER;
  const littleEndian = (value: bigint) => fromHex(value.toString(16).padStart(64, '0')).reverse();

  it('accepts scalars below the order only', () => {
    for (const value of [0n, 1n, order - 1n]) expect(isScalar(littleEndian(value))).toBe(true);
    for (const value of [order, order + 1n, 2n ** 256n - 1n]) expect(isScalar(littleEndian(value))).toBe(false);
    for (const length of [0, 31, 33, 64]) expect(isScalar(new Uint8Array(length))).toBe(false);
  });

  it('refuses the identity, wrong lengths and the bad encodings of RFC 9496, A.2', () => {
    expect(isPoint(randomPoint())).toBe(true);
    const bad = [
      '00'.repeat(32),
      `00${'ff'.repeat(31)}`,
      `f3${'ff'.repeat(30)}7f`,
      `ed${'ff'.repeat(30)}7f`,
      `01${'00'.repeat(31)}`,
      `01${'ff'.repeat(30)}7f`,
      '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
      '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
      '00'.repeat(31),
      '00'.repeat(33),
    ];
    for (const encoding of bad) expect(isPoint(fromHex(encoding)), encoding).toBe(false);
  });

  it('takes a point only in the one encoding that it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        if (isPoint(bytes)) expect(toHex(Point.fromBytes(bytes).toBytes())).toBe(toHex(bytes));
      }),
    );
  });
});
