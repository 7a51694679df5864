import { describe, expect, it } from 'vitest';
import { pasted, resized, typedWords } from './words';

const TWELVE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const EMPTY = resized([], 12);

describe('the fields of a phrase', () => {
  it('take a whole phrase that is pasted into the first', () => {
    expect(pasted(EMPTY, 0, TWELVE)).toEqual(TWELVE.split(' '));
  });

  it('become as many as a pasted phrase has words', () => {
    const long = `${TWELVE} ${TWELVE}`;
    expect(pasted(EMPTY, 0, long)).toEqual(long.split(' '));
    expect(pasted(resized([], 24), 0, TWELVE)).toHaveLength(12);
    expect(pasted(EMPTY, 0, `${long} zoo`)).toHaveLength(24);
  });

  it('take the rest of a phrase from where it is pasted', () => {
    const [first = '', ...rest] = TWELVE.split(' ');
    expect(pasted(EMPTY.with(0, first), 1, rest.join('\n'))).toEqual(TWELVE.split(' '));
  });

  it('keep their number when a part is pasted', () => {
    expect(pasted(resized(['zoo'], 24), 3, 'legal winner')).toHaveLength(24);
  });

  it('count without those that are empty at the end', () => {
    expect(typedWords([' Zoo', '', 'WRONG', '', ''])).toEqual(['zoo', '', 'wrong']);
  });
});
