import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { utf8 } from '@/lib/bytes';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { openKeyring } from './contents';
import { newPhrase, phraseSecret } from './import';
import { createKeyring } from './keyring';
import { profile } from './wallets';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const PASSWORD = utf8('correct horse battery');
const FIRST = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94';
const SECOND = '0x6Fac4D18c912343BF86fa7049364Dd4E424Ab9C0';
const HIDDEN = '0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF';
const mini = (first: `0x${string}`) => ({ kind: 'onekey-mini', first }) as const;
const TRANSACTION = {
  chainId: 31337,
  nonce: 0,
  to: FIRST,
  valueWei: 1n,
  data: '0x',
  gas: 21_000n,
  price: { kind: 'legacy', gasPriceWei: 1n },
} as const;

function empty() {
  const local = memoryArea();
  return createKeyring({
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    session: cell(memoryArea(), 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random,
  });
}

async function sealed() {
  const keyring = empty();
  await keyring.setPassword(PASSWORD);
  return keyring;
}

describe('a hardware wallet', () => {
  it('is a list of addresses by their places, without a secret, and can be the first wallet', async () => {
    const keyring = await sealed();
    const added = await keyring.addHardware({
      device: mini(FIRST),
      accounts: [
        { index: 0, address: FIRST },
        { index: 4, address: SECOND },
      ],
    });
    const [wallet] = (await keyring.profile())?.wallets ?? [];
    expect(wallet).toMatchObject({ type: 'hardware', device: mini(FIRST), name: '' });
    expect(wallet?.accounts.map(({ index, name, address }) => [index, name, address])).toEqual([
      [0, 'Account 1', FIRST],
      [4, 'Account 2', SECOND],
    ]);
    expect((await keyring.profile())?.selected).toEqual(added);
    await keyring.lock();
    await keyring.unlock(PASSWORD);
    expect((await keyring.profile())?.wallets).toEqual([wallet]);
  });

  it('needs a lock of the device first, and keeps it from being given up', async () => {
    const keyring = empty();
    await keyring.adopt(random(32));
    const found = { device: mini(FIRST), accounts: [{ index: 0, address: FIRST }] } as const;
    await expect(keyring.addHardware(found)).rejects.toMatchObject({ code: 'device-unlock-needed' });
    await keyring.setPassword(PASSWORD);
    await keyring.addHardware(found);
    await expect(keyring.usePin()).rejects.toMatchObject({ code: 'device-unlock-needed' });
    await keyring.lock();
    await expect(keyring.addHardware(found)).rejects.toMatchObject({ code: 'locked' });
  });

  it('grows by accounts of the same device and passphrase, and another passphrase is another wallet', async () => {
    const keyring = await sealed();
    const first = await keyring.addHardware({ device: mini(FIRST), accounts: [{ index: 0, address: FIRST }] });
    const again = await keyring.addHardware({
      device: mini(FIRST),
      accounts: [
        { index: 0, address: FIRST },
        { index: 1, address: SECOND },
      ],
    });
    expect(again).toEqual({ walletId: first.walletId, index: 1 });
    const hidden = await keyring.addHardware({ device: mini(HIDDEN), accounts: [{ index: 0, address: HIDDEN }] });
    expect(hidden.walletId).not.toBe(first.walletId);
    expect((await keyring.profile())?.wallets.map(({ accounts }) => accounts.length)).toEqual([2, 1]);
  });

  it('refuses what is here already, and what contradicts itself', async () => {
    const keyring = await sealed();
    await keyring.watch(SECOND);
    const add = (index: number, address: `0x${string}`) =>
      keyring.addHardware({ device: mini(FIRST), accounts: [{ index, address }] });
    await expect(add(1, SECOND)).rejects.toMatchObject({ code: 'wallet-duplicate', details: { reason: 'watch' } });
    await expect(add(0, HIDDEN)).rejects.toMatchObject({ code: 'bad-message' });
    await expect(add(1, FIRST)).rejects.toMatchObject({ code: 'bad-message' });
    await expect(keyring.addHardware({ device: mini(FIRST), accounts: [] })).rejects.toMatchObject({
      code: 'bad-message',
    });
    await add(0, FIRST);
    await expect(add(0, FIRST)).rejects.toMatchObject({ details: { reason: 'hardware' } });
  });

  it('has nothing here to sign with, to derive from or to show, and is removed like any other', async () => {
    const keyring = await sealed();
    await keyring.addWallet(phraseSecret(newPhrase(12, random), ''));
    const at = await keyring.addHardware({ device: mini(FIRST), accounts: [{ index: 0, address: FIRST }] });
    const refused = { code: 'bad-message' };
    await expect(keyring.sign(at, TRANSACTION)).rejects.toMatchObject(refused);
    await expect(keyring.signDigest(at, new Uint8Array(32))).rejects.toMatchObject(refused);
    await expect(keyring.addAccount(at.walletId)).rejects.toMatchObject(refused);
    await expect(keyring.reveal(at.walletId, { method: 'password', password: PASSWORD })).rejects.toMatchObject(
      refused,
    );
    // Whatever seals the device anew has nothing of it to seal.
    await keyring.addUnlock({ method: 'password', password: utf8('other horse battery') });
    await keyring.removeWallet(at.walletId);
    expect((await keyring.profile())?.wallets.map(({ type }) => type)).toEqual(['phrase']);
  });
});
