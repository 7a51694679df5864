import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave, medianAtMost, pairs, spreadOf } from './measure';

describe('spreadOf', () => {
  it('gives median and quartiles, between two samples where there is no middle one', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
    expect(spreadOf([1, 2, 3, 4])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
    expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 });
  });

  it('does not depend on the order and stays within the samples', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (samples) => {
        const spread = spreadOf(samples);
        expect(spreadOf([...samples].reverse())).toEqual(spread);
        const inOrder = [Math.min(...samples), spread.low, spread.median, spread.high, Math.max(...samples)];
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
      }),
    );
  });

  it('refuses to make a number of nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('medianAtMost', () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

  it('is the sample that a coin thrown for each exceeds once in twenty times', () => {
    // P(B(40, 1/2) <= 24) = 0.923, P(B <= 25) = 0.960
    expect(medianAtMost(upTo(40).reverse())).toBe(26);
    expect(medianAtMost(upTo(5))).toBe(5);
  });

  it('holds in nineteen of twenty runs', () => {
    const drawn = (run: number, sample: number) =>
      createHash('sha256').update(`${run} ${sample}`).digest().readUInt32BE(0);
    const runs = upTo(2_000).map((run) => medianAtMost(upTo(30).map((sample) => drawn(run, sample))));
    const held = runs.filter((bound) => bound >= 2 ** 31).length / runs.length;
    expect(held).toBeGreaterThan(0.94);
    expect(held).toBeLessThan(0.99);
  });

  it('refuses to bound by too few', () => {
    expect(() => medianAtMost(upTo(4))).toThrow(RangeError);
  });
});

describe('pairs', () => {
  it('begins each pair with the other one, and does not count the warm-up', async () => {
    const taken: string[] = [];
    const sample = (name: string, values: number[]) => async () => {
      taken.push(name);
      return values.shift() ?? 0;
    };
    expect(await pairs(2, 1, sample('ours', [9, 5, 8]), sample('peer', [9, 1, 10]))).toEqual([
      { ours: 5, peer: 1 },
      { ours: 8, peer: 10 },
    ]);
    expect(taken).toEqual(['peer', 'ours', 'ours', 'peer', 'peer', 'ours']);
  });
});

describe('interleave', () => {
  it('takes both in turn and does not count the warm-up', async () => {
    const taken: string[] = [];
    const sample = (name: string, values: number[]) => async () => {
      taken.push(name);
      return values.shift() ?? 0;
    };
    const both = await interleave(2, 1, sample('ours', [99, 1, 3]), sample('peer', [99, 10, 20]));
    expect(taken).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
    expect([both.ours.median, both.peer.median]).toEqual([2, 15]);
  });
});
