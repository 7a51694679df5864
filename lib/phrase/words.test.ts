import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPhrase, completions, nearestWord, PHRASE_LENGTHS, wordsIn } from './words';

const ABOUT = [...Array(11).fill('abandon'), 'about'];
const phraseOf = (entropy: Uint8Array) => entropyToMnemonic(entropy, wordlist).split(' ');
/** 12 to 24 words. */
const phrases = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
  .map(phraseOf);

describe('a phrase', () => {
  it('of any length of BIP-39 is good', () => {
    fc.assert(fc.property(phrases, (words) => checkPhrase(words).kind === 'good'));
    expect(PHRASE_LENGTHS.map((count) => phraseOf(new Uint8Array((count * 4) / 3)).length)).toEqual([
      ...PHRASE_LENGTHS,
    ]);
  });

  it('is read from what people paste', () => {
    expect(wordsIn(' 1. Abandon\n2) ability,able\t3 ABOUT ')).toEqual(['abandon', 'ability', 'able', 'about']);
  });

  it('says how many words there are where that is no number of a phrase', () => {
    expect(checkPhrase(ABOUT.slice(1))).toEqual({ kind: 'length', count: 11 });
    expect(checkPhrase([])).toEqual({ kind: 'length', count: 0 });
  });

  it('says which word is none, and which one was meant', () => {
    expect(checkPhrase(ABOUT.with(6, 'abandom'))).toEqual({ kind: 'unknown', place: 6, suggestion: 'abandon' });
    expect(checkPhrase(ABOUT.with(11, 'xxxxxx'))).toEqual({ kind: 'unknown', place: 11, suggestion: null });
  });

  it('says which word makes it whole where one was mistaken for another', () => {
    const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
    const check = checkPhrase(words.with(3, 'near'));
    expect(check).toMatchObject({
      kind: 'checksum',
      fixes: expect.arrayContaining([{ place: 3, suggestion: 'year' }]),
    });
  });

  it('finds two neighbours that are in each other’s place', () => {
    fc.assert(
      fc.property(phrases, fc.nat(10), (words, place) => {
        const [one, other] = [words[place] ?? '', words[place + 1] ?? ''];
        const check = checkPhrase(words.with(place, other).with(place + 1, one));
        return check.kind === 'good' || (check.kind === 'checksum' && check.swap !== null);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the nearest word', () => {
  it.each([
    ['abandom', 'abandon'],
    ['zooo', 'zoo'],
    ['lgeal', 'legal'],
    ['absorbing', 'absorb'],
    ['satochi', 'satoshi'],
    ['qqqqqq', null],
    ['', null],
  ])('to %j is %s', (typed, word) => expect(nearestWord(typed)).toBe(word));
});

describe('completions', () => {
  it('are the words that begin so', () => {
    expect(completions('zo')).toEqual(['zone', 'zoo']);
    expect(completions('ab')).toEqual(['abandon', 'ability', 'able', 'about']);
    expect(completions('')).toEqual([]);
    expect(completions('xyz')).toEqual([]);
  });
});
