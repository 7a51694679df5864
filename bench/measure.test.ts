import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleave, spreadOf } from './measure';

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
