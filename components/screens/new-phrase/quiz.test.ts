import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quizOf } from './quiz';

const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');

describe('the quiz of a phrase', () => {
  it('asks for three different words in their order, with the right one among four', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const below = (limit: number) => (numbers.next().value ?? 0) % limit;
        const quiz = quizOf(words, below);
        expect(quiz).toHaveLength(3);
        expect(new Set(quiz.map(({ place }) => place)).size).toBe(3);
        expect([...quiz].sort((one, other) => one.place - other.place)).toEqual(quiz);
        for (const { place, choices, right } of quiz) {
          expect(choices[right]).toBe(words[place - 1]);
          expect(new Set(choices).size).toBe(4);
        }
      }),
    );
  });
});
