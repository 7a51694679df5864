import { describe, expect, it } from 'vitest';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { checkPhrase } from '@/lib/phrase/words';
import { tokenError } from './add-token/token-errors';
import { problemOf } from './import-phrase/problem';
import { networkErrors } from './network-form/network-errors';
import { sendErrors } from './send/send-errors';
import { duplicateText } from './shared/wallet-words';

const network = { name: 'Base', symbol: 'ETH' };
const facts = (code: ErrorFacts['code'], reason: string, more = {}): ErrorFacts => ({
  code,
  details: { reason, ...more },
});
const typed = { to: 'x', token: null, network, unit: { symbol: 'USDC', decimals: 6 } };
const atAddress = (reason: string, to = 'x', more = {}) =>
  sendErrors(facts('bad-address', reason, more), { ...typed, to }).to;
const atAmount = (reason: string) => sendErrors(facts('bad-amount', reason), typed).amount;
const ofToken = (code: 'bad-token' | 'bad-address', reason: string, more = {}) =>
  tokenError(facts(code, reason, more), { typed: '0x12', network });
const ofNetwork = (reason: string, more = {}) =>
  Object.values(networkErrors(facts('bad-network', reason, more), 'typed') ?? {})[0];

const SENTENCES: Readonly<Record<string, ReadonlyArray<string | null | undefined>>> = {
  'an address': [
    ...['empty', 'checksum', 'zero-address', 'name-format', 'name-not-found', 'name-off-chain', 'name-not-here'].map(
      (reason) => atAddress(reason),
    ),
    atAddress('other-chain', 'x', { party: 'Bitcoin' }),
    atAddress('format'),
    atAddress('format', '0x12'),
    atAddress('format', `0x${'1'.repeat(41)}`),
  ],
  'an amount': [
    ...['empty', 'format', 'zero', 'too-many-decimals', 'too-large'].map(atAmount),
    sendErrors(facts('insufficient-funds', 'amount'), typed).amount,
    sendErrors(facts('insufficient-funds', 'fee'), { ...typed, token: '0x1' }).amount,
  ],
  'the address of a token': [
    ...['no-contract', 'not-a-token', 'no-decimals', 'no-symbol'].map((reason) => ofToken('bad-token', reason)),
    ofToken('bad-token', 'duplicate', { party: 'USDC' }),
    ofToken('bad-address', 'format'),
    ofToken('bad-address', 'checksum'),
    ofToken('bad-address', 'other-chain', { party: 'Tron' }),
  ],
  'a network': [
    ...['name-empty', 'symbol-format', 'explorer-format', 'chain-id-format'].map((reason) => ofNetwork(reason)),
    ...['rpc-empty', 'rpc-format', 'rpc-insecure', 'rpc-out-of-reach'].map((reason) => ofNetwork(reason)),
    ...['rpc-unreachable', 'rpc-refused', 'rpc-garbage', 'permission'].map((reason) => ofNetwork(reason)),
    ofNetwork('chain-id-denied', { chainId: 137 }),
    ofNetwork('chain-id-taken', { party: 'Base' }),
  ],
  'a wallet that is here already': ['keyless', 'phrase', 'private-key', 'watch'].map((type) =>
    duplicateText(facts('wallet-duplicate', type)),
  ),
};

describe('a field refuses', () => {
  it.each(Object.entries(SENTENCES))('%s with a sentence for each reason', (_, sentences) => {
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.+\.$/);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('an address of another chain by the name of that chain', () => {
    expect(atAddress('other-chain', 'x', { party: 'Bitcoin' })).toContain('Bitcoin');
    expect(ofToken('bad-address', 'other-chain', { party: 'Tron' })).toContain('Tron');
  });

  it('a node of another chain by the number that it says', () => {
    expect(ofNetwork('chain-id-denied', { chainId: 137 })).toContain('chain 137');
  });
});

describe('a wrong phrase', () => {
  const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
  const problem = (words: readonly string[]) => problemOf(checkPhrase(words), words);

  it('of words that are good is none', () => expect(problem(LEGAL)).toBeNull());

  it('says which word is none, what it may have been, and puts that in its place when asked', () => {
    const wrong = LEGAL.with(5, 'sausige');
    expect(problem(wrong)).toEqual({
      text: 'Word 6 is none of the 2,048 words. Did you mean “sausage”?',
      places: [5],
      mendings: [{ label: 'Word 6 is “sausage”', words: LEGAL }],
    });
    expect(problem(LEGAL.with(5, 'zzzzzz'))).toMatchObject({
      text: 'Word 6 is none of the 2,048 words. Look at it again.',
      places: [5],
      mendings: [],
    });
  });

  it('of another length says how many words there are', () => {
    expect(problem(LEGAL.slice(0, 11))?.text).toBe('There are 11 words so far. A phrase has 12, 15, 18, 21 or 24.');
  });

  it('of words that do not belong together offers what would mend it', () => {
    const swapped = problem(LEGAL.with(0, LEGAL[1] ?? '').with(1, LEGAL[0] ?? ''));
    expect(swapped?.mendings).toContainEqual({ label: 'Exchange words 1 and 2', words: LEGAL });
  });
});
