import { describe, expect, it } from 'vitest';
import { fromHex, toBase64url, toHex } from '@/lib/bytes';
import { codeChallengeOf, codeVerifierOf, decodeRelayState, encodeRelayState } from './relay';

const filled = (byte: number, length: number) => new Uint8Array(length).fill(byte);
const STATE = {
  redirectIndex: 1,
  nonce: filled(0x11, 32),
  challenge: filled(0x22, 32),
  thumbprint: filled(0x33, 32),
  random: filled(0x44, 16),
};
/** Version, index, nonce, challenge, thumbprint, random; written out by hand. */
const BYTES = `0101${'11'.repeat(32)}${'22'.repeat(32)}${'33'.repeat(32)}${'44'.repeat(16)}`;

describe('the state of a sign-in through the relay', () => {
  it('has 114 bytes in a fixed order, and 152 characters', () => {
    const text = encodeRelayState(STATE);
    expect(text).toBe(toBase64url(fromHex(BYTES)));
    expect(text).toHaveLength(152);
    expect(decodeRelayState(text)).toEqual(STATE);
  });

  it.each([
    ['an index beyond a byte', { ...STATE, redirectIndex: 256 }],
    ['a short nonce', { ...STATE, nonce: filled(1, 31) }],
    ['a long random part', { ...STATE, random: filled(1, 17) }],
  ])('is not made of %s', (_, state) => {
    expect(() => encodeRelayState(state)).toThrow(RangeError);
  });

  const text = encodeRelayState(STATE);
  it.each([
    ['another version', toBase64url(fromHex(`02${BYTES.slice(2)}`))],
    ['a byte less', toBase64url(fromHex(BYTES.slice(2)))],
    ['a byte more', toBase64url(fromHex(`${BYTES}00`))],
    ['padding', `${text.slice(0, -1)}=`],
    ['other characters', `+${text.slice(1)}`],
    ['nothing', ''],
  ])('is not read from %s', (_, given) => {
    expect(() => decodeRelayState(given)).toThrow();
  });
});

it('makes the challenge as RFC 7636, appendix B, does', () => {
  const verifier = new Uint8Array([
    116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91,
    88, 5, 88, 83, 132, 141, 121,
  ]);
  expect(codeVerifierOf(verifier)).toBe('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
  expect(toBase64url(codeChallengeOf(verifier))).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  expect(toHex(codeChallengeOf(verifier))).toHaveLength(64);
});
