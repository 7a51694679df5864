import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { openKeyring } from './contents';
import { createKeyring } from './keyring';
import { areaPlaces } from './testing/places';
import { profile } from './wallets';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const OLD = { method: 'password', password: utf8('correct horse battery') } as const;
const NEW = { method: 'password', password: utf8('copper lantern drift') } as const;
const PASSKEY = {
  method: 'passkey',
  credentialId: toBase64url(random(16)),
  prfSalt: toBase64url(random(32)),
  prfOutput: random(32),
} as const;

function device() {
  const [local, session] = [memoryArea(), memoryArea()];
  return createKeyring({
    profile: cell(local, 'profile', profile),
    ...areaPlaces(local),
    session: cell(session, 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random,
  });
}

/** A keyless wallet that was sealed, locked, and recovered with its PIN because its password is forgotten. */
async function recovered(entropy: Uint8Array) {
  const keyring = device();
  await keyring.adopt(entropy);
  await keyring.addUnlock(OLD);
  await keyring.lock();
  await keyring.adopt(entropy);
  return keyring;
}

describe('a keyless wallet whose password is forgotten', () => {
  it('has to be sealed anew after its recovery, and opens with the new password alone', async () => {
    const keyring = await recovered(random(32));
    expect(await keyring.hasUnlockMethod()).toBe(false);
    await keyring.addUnlock(NEW);
    expect(await keyring.hasUnlockMethod()).toBe(true);
    await keyring.lock();
    await expect(keyring.unlockWith(OLD)).rejects.toMatchObject({ code: 'password-wrong' });
    await keyring.unlockWith(NEW);
    expect((await keyring.profile())?.unlock).toEqual(['password']);
  });

  it('may be sealed under a passkey instead, and then no password opens it', async () => {
    const keyring = await recovered(random(32));
    await keyring.addUnlock(PASSKEY);
    expect((await keyring.profile())?.unlock).toEqual(['passkey']);
    await keyring.lock();
    await expect(keyring.unlockWith(OLD)).rejects.toMatchObject({ code: 'bad-message' });
    await keyring.unlockWith(PASSKEY);
  });

  it('still opens with the old one as long as no other was set', async () => {
    const keyring = await recovered(random(32));
    await keyring.lock();
    await keyring.unlockWith(OLD);
    expect(await keyring.hasUnlockMethod()).toBe(true);
  });

  it('keeps what is sealed beside it from being lost', async () => {
    const keyring = device();
    const entropy = random(32);
    await keyring.adopt(entropy);
    await keyring.addUnlock(OLD);
    await keyring.addWallet({ type: 'phrase', entropy: toBase64url(random(16)), passphrase: '' });
    await keyring.lock();
    await keyring.adopt(entropy);
    await expect(keyring.addUnlock(NEW)).rejects.toMatchObject({
      code: 'locked',
      details: { reason: 'other-wallets' },
    });
    await keyring.lock();
    await keyring.unlockWith(OLD);
    expect((await keyring.profile())?.wallets).toHaveLength(2);
  });
});
