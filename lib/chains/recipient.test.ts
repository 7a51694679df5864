import { describe, expect, it } from 'vitest';
import { type Knowledge, recentRecipients, recipientOf, recipientRisk } from './recipient';

const OWN = '0x3D9a4bE1c07F52a86E1bD93f0C24a7715eB8F20c';
const SAVINGS = '0xB4c1D27e63A9F08d5C6b1E4a97D20fB5863390aE';
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const STRANGER = '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
/** The same ends, something else between. */
const twinOf = (address: string) => `${address.slice(0, 6)}${'0'.repeat(32)}${address.slice(-4)}`;

const knowledge: Knowledge = {
  from: OWN,
  accounts: [
    { name: 'Everyday', address: OWN },
    { name: 'Savings', address: SAVINGS },
  ],
  contacts: [{ name: 'Mira', address: MIRA }],
  sent: [
    { to: JONAS, units: 5n },
    { to: MIRA, units: 5n },
    { to: JONAS.toLowerCase(), units: 1n },
    { to: twinOf(JONAS), units: 0n },
    { to: OWN, units: 7n },
  ],
  tokens: [{ symbol: 'USDC', address: USDC }],
};

describe('a recipient', () => {
  it.each([
    ['an own account', SAVINGS.toLowerCase(), { kind: 'own', name: 'Savings' }],
    ['a contact', MIRA, { kind: 'contact', name: 'Mira' }],
    ['sent to before', JONAS, { kind: 'known', times: 2 }],
    ['new', STRANGER, { kind: 'new' }],
    ['new, though nothing was sent there', twinOf(JONAS), { kind: 'new' }],
  ])('is %s', (_, address, who) => expect(recipientOf(address, knowledge)).toEqual(who));

  it.each([
    ['looks like a contact', twinOf(MIRA), { kind: 'look-alike', address: MIRA, name: 'Mira' }],
    ['looks like an own account', twinOf(SAVINGS), { kind: 'look-alike', address: SAVINGS, name: 'Savings' }],
    ['looks like one that was sent to', twinOf(JONAS), { kind: 'look-alike', address: JONAS, name: null }],
    ['is the contract of a token', USDC.toLowerCase(), { kind: 'token-contract', symbol: 'USDC' }],
    ['is the account that sends', OWN.toLowerCase(), { kind: 'self' }],
    ['is fine', MIRA, null],
    ['is new', STRANGER, null],
  ])('is warned about when it %s', (_, address, risk) => expect(recipientRisk(address, knowledge)).toEqual(risk));
});

describe('recent recipients', () => {
  it('are those that got something, newest first, each once, without the named', () => {
    expect(recentRecipients(knowledge, 5)).toEqual([JONAS]);
  });

  it('never hold what only nothing was sent to', () => {
    const poisoned = { ...knowledge, sent: [{ to: twinOf(MIRA), units: 0n }] };
    expect(recentRecipients(poisoned, 5)).toEqual([]);
  });

  it('are as many as asked for', () => {
    expect(recentRecipients({ ...knowledge, sent: [...knowledge.sent, { to: STRANGER, units: 1n }] }, 1)).toEqual([
      JONAS,
    ]);
  });
});
