import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { grantOf, grantText, prfOutputOf } from './passkey';

const bytes = (length: number, first = 0) => Uint8Array.from({ length }, (_, index) => (index + first) % 256);
const grant = {
  credentialId: toBase64url(bytes(1023)),
  prfSalt: toBase64url(bytes(32)),
  prfOutput: toBase64url(bytes(32, 7)),
};

describe('a passkey that crosses', () => {
  it('arrives as it was sent, with its secret as bytes', () => {
    expect(grantOf(utf8(grantText(grant)))).toEqual({ ...grant, prfOutput: bytes(32, 7) });
    expect(prfOutputOf(utf8(grant.prfOutput))).toEqual(bytes(32, 7));
  });

  it.each([
    ['no JSON', 'copper lantern drift'],
    ['a field too many', JSON.stringify({ ...grant, more: 1 })],
    ['a short output', JSON.stringify({ ...grant, prfOutput: toBase64url(bytes(31)) })],
    ['an id of absurd length', JSON.stringify({ ...grant, credentialId: toBase64url(bytes(1024)) })],
    ['an empty id', JSON.stringify({ ...grant, credentialId: '' })],
  ])('is refused with %s, without a word of it', (_, text) => {
    expect(() => grantOf(utf8(text))).toThrow('bad-message');
    expect(() => prfOutputOf(utf8(text))).toThrow('bad-message');
  });
});
