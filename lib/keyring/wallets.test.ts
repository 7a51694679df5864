import { privateKeyToAddress } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toHex, utf8 } from '@/lib/bytes';
import { memoryArea } from '@/lib/platform/memory-area';
import { type Area, cell } from '@/lib/platform/storage';
import { openKeyring } from './contents';
import vectors from './derive.vectors.json';
import { newPhrase, phraseSecret, privateKeySecret, revealed } from './import';
import { createKeyring } from './keyring';
import { profile } from './wallets';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const PASSWORD = utf8('correct horse battery');
const byPassword = { method: 'password', password: PASSWORD } as const;
const JUNK = `${'test '.repeat(11)}junk`;
const KEY = '4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const KEY_ADDRESS = privateKeyToAddress(`0x${KEY}`);
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const TRANSACTION = {
  chainId: 31337,
  nonce: 0,
  to: MIRA,
  valueWei: 1n,
  data: '0x',
  gas: 21_000n,
  price: { kind: 'eip1559', maxFeePerGasWei: 3n, maxPriorityFeePerGasWei: 1n },
} as const;

function device(local: Area = memoryArea(), session: Area = memoryArea()) {
  const keyring = createKeyring({
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    session: cell(session, 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random,
  });
  return { keyring, local, session };
}

/** With a password and no wallet yet. */
async function sealedDevice() {
  const made = device();
  await made.keyring.setPassword(PASSWORD);
  return made;
}

const phrase = (words = JUNK, passphrase = '') => phraseSecret(words, passphrase);

describe('a profile without a keyless wallet', () => {
  it('begins with how it unlocks, and is empty then', async () => {
    const { keyring } = await sealedDevice();
    expect(await keyring.profile()).toEqual({ wallets: [], selected: null, unlock: ['password'] });
    await keyring.lock();
    await keyring.unlock(PASSWORD);
    expect(await keyring.isUnlocked()).toBe(true);
  });

  it('takes a keyless one later, which opens with the same password', async () => {
    const { keyring } = await sealedDevice();
    await keyring.addWallet(phrase());
    const entropy = random(32);
    await keyring.adopt(entropy);
    expect((await keyring.profile())?.wallets.map(({ type }) => type)).toEqual(['phrase', 'keyless']);
    await keyring.lock();
    await keyring.unlock(PASSWORD);
    const selected = (await keyring.profile())?.selected;
    if (!selected) throw new Error('nothing is selected');
    expect((await keyring.sign(selected, TRANSACTION)).raw).toMatch(/^0x02/);
    await keyring.adopt(entropy);
  });

  it('does not take one while it is locked, where it could not be sealed', async () => {
    const { keyring } = await sealedDevice();
    await keyring.lock();
    await expect(keyring.adopt(random(32))).rejects.toMatchObject({ code: 'locked' });
    expect((await keyring.profile())?.wallets).toEqual([]);
  });
});

describe('a wallet that is brought along', () => {
  it('by a phrase has the well-known addresses, and comes back with the password', async () => {
    const { keyring } = await sealedDevice();
    const { id, accounts } = await keyring.addWallet(phrase());
    expect(accounts[0]?.address).toBe(vectors.testJunk[0]);
    await keyring.lock();
    await expect(keyring.addAccount(id)).rejects.toMatchObject({ code: 'locked' });
    await keyring.unlock(PASSWORD);
    expect((await keyring.addAccount(id)).address).toBe(vectors.testJunk[1]);
  });

  it('by a phrase and a passphrase is another one', async () => {
    const { keyring } = await sealedDevice();
    const plain = await keyring.addWallet(phrase());
    const other = await keyring.addWallet(phrase(JUNK, 'correct'));
    expect(other.accounts[0]?.address).not.toBe(plain.accounts[0]?.address);
  });

  it('by a private key has its one account', async () => {
    const { keyring } = await sealedDevice();
    const { id, accounts } = await keyring.addWallet(privateKeySecret(KEY));
    expect(accounts[0]?.address).toBe(KEY_ADDRESS);
    await expect(keyring.addAccount(id)).rejects.toMatchObject({ code: 'bad-message' });
    await keyring.sign({ walletId: id, index: 0 }, TRANSACTION);
  });

  it('needs a device that seals it', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await expect(keyring.addWallet(phrase())).rejects.toMatchObject({ code: 'device-unlock-needed' });
    await keyring.usePin();
    await expect(keyring.addWallet(phrase())).rejects.toMatchObject({ code: 'device-unlock-needed' });
    await keyring.setPassword(PASSWORD);
    await keyring.addWallet(phrase());
    await expect(keyring.usePin()).rejects.toMatchObject({ code: 'device-unlock-needed' });
  });

  it('is refused when its first account is here already, in whatever wallet', async () => {
    const { keyring } = await sealedDevice();
    await keyring.addWallet(privateKeySecret(KEY));
    await keyring.addWallet(phrase());
    await keyring.watch(MIRA);
    const refused = (reason: string) => ({ code: 'wallet-duplicate', details: { reason } });
    await expect(keyring.addWallet(privateKeySecret(`0x${KEY.toUpperCase()}`))).rejects.toMatchObject(
      refused('private-key'),
    );
    await expect(keyring.addWallet(phrase())).rejects.toMatchObject(refused('phrase'));
    await expect(keyring.watch(KEY_ADDRESS)).rejects.toMatchObject(refused('private-key'));
    await expect(keyring.watch(MIRA)).rejects.toMatchObject(refused('watch'));
    expect((await keyring.profile())?.wallets).toHaveLength(3);
  });

  it('is forgotten with its secret', async () => {
    const { keyring, session } = await sealedDevice();
    const { id } = await keyring.addWallet(phrase());
    await keyring.addWallet(privateKeySecret(KEY));
    await keyring.removeWallet(id);
    expect(JSON.stringify(await session.get(null))).not.toContain(id);
    await keyring.lock();
    await keyring.unlock(PASSWORD);
    expect(JSON.stringify(await session.get(null))).not.toContain(id);
    expect((await keyring.profile())?.wallets.map(({ type }) => type)).toEqual(['private-key']);
    await keyring.addWallet(phrase());
  });

  it('has accounts with names of their own', async () => {
    const { keyring } = await sealedDevice();
    await keyring.adopt(random(32));
    const { id } = await keyring.addWallet(phrase());
    await keyring.addAccount(id);
    const names = (await keyring.profile())?.wallets.flatMap(({ accounts }) => accounts.map(({ name }) => name));
    expect(names).toEqual(['Account 1', 'Account 2', 'Account 3']);
  });
});

describe('a watched address', () => {
  it('holds no key: nothing is signed with it, and it needs no lock', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await keyring.usePin();
    const { id } = await keyring.watch(MIRA);
    await expect(keyring.sign({ walletId: id, index: 0 }, TRANSACTION)).rejects.toMatchObject({ code: 'bad-message' });
    await keyring.lock();
    await expect(keyring.watch(KEY_ADDRESS)).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('what was sealed', () => {
  it('is shown to whoever knows the password, and to nobody else', async () => {
    const { keyring } = await sealedDevice();
    const one = await keyring.addWallet(phrase(JUNK, 'correct'));
    const other = await keyring.addWallet(privateKeySecret(KEY));
    expect(revealed(await keyring.reveal(one.id, byPassword))).toEqual({
      type: 'phrase',
      words: JUNK,
      passphrase: 'correct',
    });
    expect(revealed(await keyring.reveal(other.id, byPassword))).toEqual({ type: 'private-key', key: `0x${KEY}` });
    const wrong = { method: 'password', password: utf8('wrong horse battery') } as const;
    await expect(keyring.reveal(one.id, wrong)).rejects.toMatchObject({ code: 'password-wrong' });
  });

  it('of a keyless wallet is the phrase of its entropy, which opens the same account', async () => {
    const { keyring } = device();
    await keyring.adopt(random(32));
    await keyring.setPassword(PASSWORD);
    const [wallet] = (await keyring.profile())?.wallets ?? [];
    const shown = revealed(await keyring.reveal(wallet?.id ?? '', byPassword));
    if (shown.type !== 'phrase') throw new Error('not a phrase');
    expect(shown.words.split(' ')).toHaveLength(24);
    const other = device().keyring;
    await other.setPassword(PASSWORD);
    const imported = await other.addWallet(phraseSecret(shown.words, shown.passphrase));
    expect(imported.accounts[0]?.address).toBe(wallet?.accounts[0]?.address);
  });

  it('is never sealed anew without wallets that are still locked', async () => {
    const { keyring } = device();
    const entropy = random(32);
    await keyring.adopt(entropy);
    await keyring.setPassword(PASSWORD);
    await keyring.addWallet(phrase());
    await keyring.lock();
    // The password is forgotten; account and PIN bring the keyless wallet back, and that one only.
    await keyring.adopt(entropy);
    await expect(keyring.setPassword(utf8('another horse battery'))).rejects.toMatchObject({
      code: 'locked',
      details: { reason: 'other-wallets' },
    });
    await expect(keyring.addWallet(privateKeySecret(KEY))).rejects.toMatchObject({ code: 'device-unlock-needed' });
    await keyring.lock();
    await keyring.unlock(PASSWORD);
    expect(revealed(await keyring.reveal((await phraseId(keyring)) ?? '', byPassword))).toMatchObject({ words: JUNK });
  });
});

const phraseId = async (keyring: ReturnType<typeof createKeyring>) =>
  (await keyring.profile())?.wallets.find(({ type }) => type === 'phrase')?.id;

describe('a background that is stopped while a wallet is added', () => {
  it.each(['before', 'after'] as const)('loses none that was there, %s any of its writes', async (when) => {
    for (let nth = 1; nth <= 6; nth++) {
      const { keyring, local, session } = await sealedDevice();
      await keyring.addWallet(phrase());
      const stopping = stoppedAt(nth, when);
      await Promise.allSettled([device(stopping(local), stopping(session)).keyring.addWallet(privateKeySecret(KEY))]);
      const { keyring: again } = device(local, session);
      await again.lock();
      await again.unlock(PASSWORD);
      const wallets = (await again.profile())?.wallets ?? [];
      expect(wallets[0]?.accounts[0]?.address).toBe(vectors.testJunk[0]);
      // Whatever is listed can sign, and what is not can be added once more.
      for (const { id } of wallets) await again.sign({ walletId: id, index: 0 }, TRANSACTION);
      if (wallets.length === 1) await again.addWallet(privateKeySecret(KEY));
    }
  });
});

/** Areas that stop together at the nth write or removal. */
function stoppedAt(nth: number, when: 'before' | 'after') {
  let steps = 0;
  const stop = async (work: () => Promise<void>) => {
    steps += 1;
    if (steps > nth || (steps === nth && when === 'before')) throw new Error('stopped');
    await work();
    if (steps === nth) throw new Error('stopped');
  };
  return (area: Area): Area => ({
    ...area,
    set: (items) => stop(() => area.set(items)),
    remove: (keys) => stop(() => area.remove(keys)),
  });
}

describe('a private key', () => {
  it.each([
    ['with 0x', `0x${KEY}`],
    ['without', KEY],
    ['in capitals, with space around it', ` 0X${KEY.toUpperCase()}\n`],
  ])('is taken %s', (_, typed) => expect(revealed(privateKeySecret(typed))).toMatchObject({ key: `0x${KEY}` }));

  it.each([
    ['too-short', KEY.slice(1)],
    ['too-long', `${KEY}0`],
    ['too-short', ''],
    ['digits', `${KEY.slice(1)}g`],
    ['range', '0'.repeat(64)],
    // The order of secp256k1 (SEC 2, 2.4.1).
    ['range', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
    ['range', 'f'.repeat(64)],
  ])('is refused because of %s: %s', (reason, typed) =>
    expect(() => privateKeySecret(typed)).toThrow(
      expect.objectContaining({ code: 'bad-private-key', details: { reason } }),
    ),
  );

  it('may be one less than the order', () => {
    privateKeySecret('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140');
  });
});

describe('a phrase', () => {
  it('comes back as it went in', () => {
    for (const count of [12, 24] as const) {
      const words = newPhrase(count, random);
      expect(words.split(' ')).toHaveLength(count);
      expect(revealed(phraseSecret(words, ''))).toEqual({ type: 'phrase', words, passphrase: '' });
    }
  });

  it('is refused with a wrong checksum, an unknown word, or a passphrase without end', () => {
    for (const words of [`${'test '.repeat(11)}test`, `${'test '.repeat(11)}xyz`, 'test', toHex(random(16))])
      expect(() => phraseSecret(words, '')).toThrow('bad-phrase');
    expect(() => phraseSecret(JUNK, 'x'.repeat(257))).toThrow('bad-phrase');
  });
});
