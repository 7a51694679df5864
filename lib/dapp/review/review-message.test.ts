import fc from 'fast-check';
import { serializeTransaction, stringToHex } from 'viem';
import { createSiweMessage } from 'viem/siwe';
import { describe, expect, it } from 'vitest';
import { review as reviewSchema } from '@/lib/bus/review';
import { reviewMessage } from './review-message';
import { isOwnDomain, readSignIn } from './sign-in-message';
import { ACCOUNT, MIRA, OCCASION } from './testing/around';
import type { Hex } from './types';

const facts = {
  address: ACCOUNT,
  chainId: 1,
  domain: 'app.harborswap.org',
  nonce: '32891757a8f2',
  uri: 'https://app.harborswap.org/login',
  version: '1',
  issuedAt: new Date(OCCASION.nowMs),
} as const;
const made = (text: string | Hex) => {
  const review = reviewMessage(OCCASION, text.startsWith('0x') ? (text as Hex) : stringToHex(text), []);
  expect(reviewSchema.safeParse(JSON.parse(JSON.stringify(review))).success).toBe(true);
  return review;
};
const kinds = (text: string) => made(text).risks.map(({ kind }) => kind);

// viem's own address check wants the checksummed form.
const account = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F' as const;

describe('a sign-in', () => {
  it.each([
    {},
    { statement: 'Sign in to see your orders.' },
    { expirationTime: new Date(OCCASION.nowMs + 1_000), notBefore: new Date(OCCASION.nowMs), requestId: 'some-id' },
    { resources: ['https://a.example/terms', 'ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq'] },
  ])('is read as another library writes it: %j', (more) => {
    const fields = readSignIn(createSiweMessage({ ...facts, address: account, ...more }));
    expect(fields).toMatchObject({
      domain: facts.domain,
      address: account,
      uri: facts.uri,
      chainId: '1',
      nonce: facts.nonce,
    });
    expect(fields?.statement ?? undefined).toBe(more.statement);
    expect(fields?.resources).toEqual(more.resources ?? []);
  });

  const message = createSiweMessage({ ...facts, address: account }).replace(account, ACCOUNT);

  it('of the site that asks, with the account that is asked, is nothing to be afraid of', () => {
    expect(made(message)).toMatchObject({ kind: 'sign-in', risks: [] });
    const withScheme = createSiweMessage({ ...facts, address: account, scheme: 'https' }).replace(account, ACCOUNT);
    const fields = { domain: 'https://app.harborswap.org' };
    expect(made(withScheme)).toMatchObject({ kind: 'sign-in', fields, risks: [] });
  });

  it.each([
    ['sign-in-domain', message.replace('app.harborswap.org wants', 'bank.example wants')],
    ['sign-in-domain', `http://${message}`],
    ['sign-in-domain', `ftp://${message}`],
    ['sign-in-account', message.replace(ACCOUNT, MIRA)],
    ['sign-in-chain', message.replace('Chain ID: 1', 'Chain ID: 10')],
    ['sign-in-time', `${message}\nExpiration Time: 2020-01-01T00:00:00Z`],
    ['sign-in-time', `${message}\nNot Before: 2040-01-01T00:00:00Z`],
  ])('is told to be wrong: %s', (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    message.replace('Version: 1', 'Version: 2'),
    message.replace(/\nNonce: .*/, ''),
    `${message}\nSomething: else`,
    message.replace('\n\n', '\n'),
  ])('that is not one in every character is a message that only looks like it', (text) => {
    expect(made(text)).toMatchObject({ kind: 'message', risks: [{ kind: 'sign-in-malformed' }] });
  });

  it('belongs to the host that asks, and to no other', () => {
    expect(isOwnDomain('a.example', 'https://a.example')).toBe(true);
    expect(isOwnDomain('a.example:8443', 'https://a.example:8443')).toBe(true);
    expect(isOwnDomain('https://a.example:443', 'https://a.example')).toBe(true);
    expect(isOwnDomain('http://a.example', 'https://a.example')).toBe(false);
    expect(isOwnDomain('https://a.example', 'http://a.example')).toBe(false);
    for (const other of ['b.example', 'a.example:8443', 'a.example.b.example', 'a.example@b.example', ' ', 'xn--'])
      expect(isOwnDomain(other, 'https://a.example')).toBe(false);
  });
});

describe('a message', () => {
  it('is a text', () => {
    expect(made('Harbor Swap\n\nWelcome')).toMatchObject({
      kind: 'message',
      text: 'Harbor Swap\n\nWelcome',
      risks: [],
    });
  });

  it.each([
    ['hash-message', `0x${'ab'.repeat(32)}`],
    ['hash-message', 'c4'.repeat(32)],
    ['transaction-message', serializeTransaction({ chainId: 1, to: MIRA, value: 5n, maxFeePerGas: 1n, nonce: 3 })],
    ['transaction-message', serializeTransaction({ type: 'legacy', chainId: 1, to: MIRA, value: 5n, gasPrice: 1n })],
    ['not-understood', '0xfffefd'],
    ['hidden-characters', 'Pay \u202e005 to Mira'],
  ])('is told to be more than that: %s', (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it('shows what it hides', () => {
    expect(made('a\u200bb')).toMatchObject({ text: 'a⟨U+200B⟩b' });
  });

  it('of any bytes fits into what crosses to the screen', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => void made(`0x${Buffer.from(bytes).toString('hex')}`)),
    );
  });

  it('without end is shown at its beginning, and how much is left out is said', () => {
    expect(made('x'.repeat(100_000))).toMatchObject({ cut: 80_000 });
  });
});
