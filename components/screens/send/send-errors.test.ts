import { expect, test } from 'vitest';
import { feeProblem, isFieldError, sendErrors } from './send-errors';

const typed = {
  to: '0x71C7656E',
  token: null,
  network: { name: 'Base', symbol: 'ETH' },
  unit: { symbol: 'USDC', decimals: 6 },
};
const badAddress = (reason: string, party?: string) =>
  ({ code: 'bad-address', details: { reason, ...(party === undefined ? {} : { party }) } }) as const;

test('an address that is too short is said to be too short', () => {
  expect(sendErrors(badAddress('format'), typed)).toEqual({ to: 'This address is too short.' });
});

test('a wrong letter is said to be a typing mistake', () => {
  expect(sendErrors(badAddress('checksum'), typed).to).toContain('typing mistake');
});

test('an address of another chain is called by its name', () => {
  expect(sendErrors(badAddress('other-chain', 'Bitcoin'), typed).to).toBe(
    'That is an address of Bitcoin. It cannot be reached from Base.',
  );
});

test.each([
  ['name-not-here', 'Ethereum only, not on Base'],
  ['name-not-found', 'Nobody has put an address'],
  ['name-off-chain', 'kept outside of Ethereum'],
  ['name-format', 'characters that no name has'],
])('a name has its own sentence: %s', (reason, words) => {
  expect(sendErrors(badAddress(reason), { ...typed, to: 'mira.eth' }).to).toContain(words);
});

test('too many decimals are said with how many there are', () => {
  const error = { code: 'bad-amount', details: { reason: 'too-many-decimals' } } as const;
  expect(sendErrors(error, typed)).toEqual({ amount: 'USDC has 6 decimals at most.' });
});

test('a reason that nobody foresaw still stands at its field', () => {
  expect(sendErrors({ code: 'bad-amount', details: { reason: 'new' } }, typed)).toEqual({
    amount: 'That is not an amount.',
  });
});

test('a token without a fee names the unit of the fee', () => {
  const error = { code: 'insufficient-funds', details: { reason: 'fee' } } as const;
  expect(sendErrors(error, { ...typed, token: '0x1' })).toEqual({ amount: 'There is not enough ETH for the fee.' });
  expect(sendErrors(error, typed)).toEqual({ amount: 'That and the fee are more than you have.' });
});

test('a fee of own numbers is refused at its field', () => {
  const error = { code: 'bad-fee', details: { reason: 'tip-above-price' } } as const;
  expect(feeProblem(error)).toEqual({ field: 'tip', text: 'It cannot be more than the whole price.' });
  expect(feeProblem({ code: 'busy', details: {} })).toBeNull();
});

test('what is about no field stands at none', () => {
  const error = { code: 'chain-unreachable', details: {} } as const;
  expect(sendErrors(error, typed)).toEqual({});
  expect(isFieldError(error)).toBe(false);
});
