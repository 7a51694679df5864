import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { hasUniqueNames } from './unique-names';

const tokenOf = (payload: string, header = '{"alg":"ES256"}') =>
  `${toBase64url(utf8(header))}.${toBase64url(utf8(payload))}.c2ln`;

describe('names within a token', () => {
  it.each([
    ['once each', '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', true],
    ['a value that looks like a name', '{"a":"b","b":"a","c":"\\":{\\"a\\":"}', true],
    ['twice', '{"a":1,"a":2}', false],
    ['twice within', '{"a":{"b":1,"b":2}}', false],
    ['twice, once in another spelling', '{"a":1,"\\u0061":2}', false],
  ])('are found %s', (_, payload, isUnique) => {
    expect(hasUniqueNames(tokenOf(payload))).toBe(isUnique);
    expect(hasUniqueNames(tokenOf('{}', payload))).toBe(isUnique);
  });

  it('are looked for in a time that grows with the text alone: a million quotes in a string without end', () => {
    expect(hasUniqueNames(tokenOf(`"${'\\"'.repeat(1_000_000)}`))).toBe(true);
  }, 5_000);
});
