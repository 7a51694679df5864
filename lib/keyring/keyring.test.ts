import { secp256k1 } from '@noble/curves/secp256k1.js';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { parseTransaction, recoverTransactionAddress } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toBase64url, utf8 } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { openKeyring } from './contents';
import { addressOfPoint, openBranch } from './derive';
import vectors from './derive.vectors.json';
import { createKeyring, type Keyring } from './keyring';
import { passwordWeakness } from './password';
import { keylessOf, profile } from './wallets';

const FAST = { memoryKiB: 8, passes: 1, lanes: 1 };
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const entropyOf = (words: string) => mnemonicToEntropy(words, wordlist);
const ABOUT = entropyOf(`${'abandon '.repeat(11)}about`);
const JUNK = entropyOf(`${'test '.repeat(11)}junk`);
const ENTROPY = random(32);
const PASSWORD = utf8('correct horse battery');

function device(local = memoryArea(), session = memoryArea()) {
  const keyring = () =>
    createKeyring({
      profile: cell(local, 'profile', profile),
      sealed: cell(local, 'sealed', z.unknown()),
      sealedNext: cell(local, 'sealedNext', z.unknown()),
      session: cell(session, 'keyring', openKeyring),
      stretching: FAST,
      random,
    });
  return { keyring: keyring(), restarted: keyring, local, session };
}

const keyless = async (keyring: Keyring) => keylessOf(await keyring.profile());
/** An account of the keyless wallet. */
const at = async (keyring: Keyring, index: number) => ({ walletId: (await keyless(keyring))?.id ?? '', index });

describe('accounts', () => {
  it('have the well-known addresses', async () => {
    expect((await openBranch(new Secret(ABOUT.slice()))).address(0)).toBe(vectors.abandonAbout);
    const junk = await openBranch(new Secret(JUNK.slice()));
    expect([0, 1, 2].map((index) => junk.address(index))).toEqual(vectors.testJunk);
  });

  it('are those of another implementation for 24 words', async () => {
    const words = entropyToMnemonic(ENTROPY, wordlist);
    const branch = await openBranch(new Secret(ENTROPY.slice()));
    for (const addressIndex of [0, 1, 7, 2 ** 31 - 1])
      expect(branch.address(addressIndex)).toBe(mnemonicToAccount(words, { addressIndex }).address);
  });

  it('exist for the indices of BIP-32 that are not hardened, and no others', async () => {
    const branch = await openBranch(new Secret(ENTROPY.slice()));
    for (const index of [-1, 0.5, 2 ** 31, Number.NaN]) expect(() => branch.address(index)).toThrow(RangeError);
  });

  it('have the key that belongs to the address', async () => {
    const branch = await openBranch(new Secret(ENTROPY.slice()));
    const address = branch.withKey(3, (key) => addressOfPoint(secp256k1.getPublicKey(key, false)));
    expect(address).toBe(branch.address(3));
  });

  it('are added, named and selected, and survive a stopped background', async () => {
    const { keyring, restarted } = device();
    await keyring.adopt(random(32));
    const { walletId } = await at(keyring, 0);
    await keyring.addAccount(walletId, 'Savings');
    const again = restarted();
    await again.addAccount(walletId);
    await again.renameAccount({ walletId, index: 0 }, 'Everyday');
    await again.setAvatar({ walletId, index: 0 }, 4);
    await again.selectAccount({ walletId, index: 1 });
    const stored = await keyless(again);
    expect(stored?.accounts.map(({ name }) => name)).toEqual(['Everyday', 'Savings', 'Account 3']);
    expect(stored?.accounts[0]?.avatar).toBe(4);
    expect((await again.profile())?.selected).toEqual({ walletId, index: 1 });
  });

  it('are added one after the other, however fast they are asked for', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    const { walletId } = await at(keyring, 0);
    const added = await Promise.all([1, 2, 3].map(() => keyring.addAccount(walletId)));
    expect(added.map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  it('stand in the order that the user gives them, and the next one is still a new one', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    const { walletId } = await at(keyring, 0);
    await keyring.addAccount(walletId);
    await keyring.addAccount(walletId);
    await keyring.moveAccount({ walletId, index: 2 }, 0);
    await keyring.moveAccount({ walletId, index: 0 }, 99);
    expect((await keyless(keyring))?.accounts.map(({ index }) => index)).toEqual([2, 1, 0]);
    expect((await keyring.addAccount(walletId)).index).toBe(3);
  });

  it('cannot be selected before they exist', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await expect(keyring.selectAccount(await at(keyring, 1))).rejects.toMatchObject({ code: 'bad-message' });
  });
});

describe('signing', () => {
  const transaction = {
    chainId: 31337,
    nonce: 3,
    to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    valueWei: 10n ** 17n,
    data: '0x',
    gas: 21_000n,
    price: { kind: 'eip1559', maxFeePerGasWei: 3_000_000_000n, maxPriorityFeePerGasWei: 1_000_000_000n },
  } as const;

  it('gives what another implementation gives, byte for byte', async () => {
    const { keyring } = device();
    const entropy = random(32);
    await keyring.adopt(entropy);
    const { raw } = await keyring.sign(await at(keyring, 0), transaction);
    const other = mnemonicToAccount(entropyToMnemonic(entropy, wordlist));
    const { to, nonce, chainId, gas } = transaction;
    const fees = {
      maxFeePerGas: transaction.price.maxFeePerGasWei,
      maxPriorityFeePerGas: transaction.price.maxPriorityFeePerGasWei,
    };
    expect(raw).toBe(
      await other.signTransaction({ type: 'eip1559', to, nonce, chainId, gas, value: transaction.valueWei, ...fees }),
    );
    expect(await recoverTransactionAddress({ serializedTransaction: raw as `0x02${string}` })).toBe(other.address);
    expect(parseTransaction(raw).value).toBe(transaction.valueWei);
  });

  it('gives the same with data, and for a chain with one price for gas', async () => {
    const { keyring } = device();
    const entropy = random(32);
    await keyring.adopt(entropy);
    const data = '0xa9059cbb';
    const { raw } = await keyring.sign(await at(keyring, 0), {
      ...transaction,
      data,
      price: { kind: 'legacy', gasPriceWei: 5n },
    });
    const other = mnemonicToAccount(entropyToMnemonic(entropy, wordlist));
    const { to, nonce, chainId, gas, valueWei: value } = transaction;
    expect(raw).toBe(
      await other.signTransaction({ type: 'legacy', to, nonce, chainId, gas, value, data, gasPrice: 5n }),
    );
  });

  it('is refused when the wallet is locked while the key is still being derived', async () => {
    const { keyring, restarted } = device();
    await keyring.adopt(random(32));
    const first = await at(keyring, 0);
    const again = restarted();
    const signing = expect(again.sign(first, transaction)).rejects.toMatchObject({ code: 'locked' });
    await again.lock();
    await signing;
  });

  it('works for several at once right after the background was started again', async () => {
    const { keyring, restarted } = device();
    await keyring.adopt(random(32));
    const first = await at(keyring, 0);
    const again = restarted();
    const [one, other] = await Promise.all([again.sign(first, transaction), again.sign(first, transaction)]);
    expect(one).toEqual(other);
  });

  it('is refused once locked', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await keyring.lock();
    await expect(keyring.sign(await at(keyring, 0), transaction)).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('lock and unlock', () => {
  it('leaves nothing in the session and comes back with the password alone', async () => {
    const { keyring, session, local } = device();
    const entropy = random(32);
    await keyring.adopt(entropy);
    await keyring.setPassword(PASSWORD);
    await keyring.lock();
    expect(await session.get(null)).toEqual({});
    expect(JSON.stringify(await local.get(null))).not.toContain(toBase64url(entropy));
    expect((await keyring.profile())?.unlock).toEqual(['password']);
    await keyring.unlock(PASSWORD);
    expect(JSON.stringify(await session.get(null))).toContain(toBase64url(entropy));
  });

  it('tells a wrong password from a damaged record and changes neither', async () => {
    const { keyring, local } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await keyring.lock();
    await expect(keyring.unlock(utf8('correct horse batterz'))).rejects.toMatchObject({ code: 'password-wrong' });
    await local.set({ sealed: { version: 2 } });
    await expect(keyring.unlock(PASSWORD)).rejects.toMatchObject({ code: 'keyring-damaged' });
    expect(await local.get(['sealed'])).toEqual({ sealed: { version: 2 } });
  });

  it('keeps nothing when the PIN is asked every time', async () => {
    const { keyring, local } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await keyring.usePin();
    expect(Object.keys(await local.get(null))).toEqual(['profile']);
    expect((await keyring.profile())?.unlock).toEqual(['pin']);
  });

  it('throws nothing away while locked', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await keyring.lock();
    await expect(keyring.usePin()).rejects.toMatchObject({ code: 'locked' });
    await expect(keyring.setPassword(PASSWORD)).rejects.toMatchObject({ code: 'locked' });
    expect((await keyring.profile())?.unlock).toEqual(['password']);
  });

  it('refuses the entropy of another wallet', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await keyring.lock();
    await expect(keyring.adopt(random(32))).rejects.toMatchObject({ code: 'wallet-exists' });
    expect(await keyring.isUnlocked()).toBe(false);
  });

  it('stays locked when it was locked while a password was being tried', async () => {
    const { keyring, session } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await keyring.lock();
    await Promise.all([keyring.unlock(PASSWORD), keyring.lock()]);
    expect(await session.get(null)).toEqual({});
  });

  it('leaves nothing of a password that was being set or tried when everything was forgotten', async () => {
    const { keyring, local, session } = device();
    await keyring.adopt(random(32));
    await Promise.allSettled([keyring.setPassword(PASSWORD), keyring.wipe()]);
    expect([await local.get(null), await session.get(null)]).toEqual([{}, {}]);
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await Promise.allSettled([keyring.unlock(PASSWORD), keyring.wipe()]);
    expect([await local.get(null), await session.get(null)]).toEqual([{}, {}]);
  });

  it('asks for no password that is gone when it was stopped on the way to the PIN', async () => {
    const local = memoryArea();
    const stopping = { ...local, remove: async () => Promise.reject(new Error('stopped')) };
    const { keyring } = device(stopping);
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await expect(keyring.usePin()).rejects.toThrow('stopped');
    expect((await keyring.profile())?.unlock).toEqual([]);
  });

  it('forgets everything on request', async () => {
    const { keyring, local, session } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    await keyring.wipe();
    expect([await local.get(null), await session.get(null)]).toEqual([{}, {}]);
  });
});

describe('passwordWeakness', () => {
  it.each([
    ['short1!', 'too-short'],
    ['a'.repeat(300), 'too-long'],
    ['aaaabbbbcccc', 'few-different'],
    ['password1234567', 'common'],
    ['Qwerty1234567', 'common'],
    ['correct horse battery', null],
    ['密码密码好马电池钉书针', null],
  ])('judges %j as %s', (password, weakness) => expect(passwordWeakness(password)).toBe(weakness));
});
