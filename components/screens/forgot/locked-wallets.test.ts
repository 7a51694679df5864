import { describe, expect, it } from 'vitest';
import { consentsFor, type LockedWallet, nameOf } from './locked-wallets';

const wallet = (type: LockedWallet['type'], name = '', accounts = 1): LockedWallet => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  type,
  name,
  accounts,
});

describe('before everything is erased', () => {
  it('the PIN has to be known where there is a keyless wallet, and nothing else', () => {
    expect(consentsFor([wallet('keyless')])).toEqual(['I know my PIN and can still sign in']);
  });

  it('words and keys are asked for by the names of their wallets', () => {
    const wallets = [wallet('keyless'), wallet('phrase', 'Savings'), wallet('phrase', 'Old'), wallet('private-key')];
    expect(consentsFor(wallets)).toEqual([
      'I know my PIN and can still sign in',
      'I have the words of Savings, Old',
      'I have my private key',
    ]);
  });

  it('something has to be said even where nothing can be lost', () => {
    expect(consentsFor([wallet('watch', 'Mira')])).toEqual(['I understand that this cannot be undone']);
  });
});

describe('a wallet of a locked profile', () => {
  it('is called by its name, or by its kind and what is in it', () => {
    expect(nameOf(wallet('phrase', 'Savings'))).toBe('Savings (recovery phrase)');
    expect(nameOf(wallet('keyless'))).toBe('Keyless wallet');
    expect(nameOf(wallet('keyless', '', 3))).toBe('Keyless wallet, 3 accounts');
  });
});
