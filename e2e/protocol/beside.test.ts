import { beforeEach, describe, expect, it } from 'vitest';
import { phraseSecret } from '@/lib/keyring/import';
import { createProfile, createWallet, PASSWORD, refuseRequests, signedIn } from './profile';
import { createWorld, PIN, random, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const JUNK = `${'test '.repeat(11)}junk`;

/** A profile that began with a phrase, unlocked and at home. */
async function withPhrase() {
  const made = await createProfile(world, random(32));
  const background = made.start();
  await background.startWithout();
  await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
  await background.keyring.addWallet(phraseSecret(JUNK, ''));
  return { ...made, background };
}

const typesOf = async ({ keyring }: { keyring: { profile(): Promise<{ wallets: { type: string }[] } | null> } }) =>
  (await keyring.profile())?.wallets.map(({ type }) => type);

describe('beginning without a keyless wallet', () => {
  it('asks first how the device unlocks, and leads home without a wallet', async () => {
    const { start } = await createProfile(world, random(32));
    const background = start();
    await background.startWithout();
    expect(await background.stage()).toBe('device-unlock');
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    expect(await background.stage()).toBe('home');
    expect(await typesOf(background)).toEqual([]);
  });

  it('leads back to the welcome page, also when the background was stopped before the choice', async () => {
    const { start, local } = await createProfile(world, random(32));
    const background = start();
    await background.startWithout();
    expect(await start().stage()).toBe('welcome');
    await background.back();
    expect(await background.stage()).toBe('welcome');
    expect(await local.get(null)).toEqual({});
  });

  it('does not lead back from a wallet whose way to unlock is not chosen yet', async () => {
    const { background } = await createWallet(world, random(32));
    await background.proceed();
    await expect(background.back()).rejects.toMatchObject({ code: 'bad-message' });
    expect(await background.stage()).toBe('device-unlock');
  });

  it('is locked like any other', async () => {
    const { background, start } = await withPhrase();
    await background.lock();
    const again = start();
    expect(await again.stage()).toBe('locked');
    await again.open('locked', () => again.keyring.unlock(PASSWORD));
    expect(await again.stage()).toBe('home');
  });
});

describe('a keyless wallet beside others', () => {
  it('is created from home, and both open with the one password', async () => {
    const { background } = await withPhrase();
    await background.offerKeyless();
    expect(await background.stage()).toBe('add-keyless');
    expect(await signedIn(background)).toBe('choose-pin');
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('backup-verified');
    await background.proceed();
    expect(await background.stage()).toBe('home');
    await background.lock();
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await typesOf(background)).toEqual(['phrase', 'keyless']);
    await expect(background.offerKeyless()).rejects.toMatchObject({ code: 'wallet-exists' });
  });

  it('is recovered there, too', async () => {
    const account = random(32);
    await createWallet(world, account);
    const { background, identity } = await withPhrase();
    identity.account = account;
    identity.device = await world.device(account);
    await background.offerKeyless();
    expect(await signedIn(background)).toBe('recover-pin');
    await background.recover(PIN);
    expect(await background.stage()).toBe('home');
    expect(await typesOf(background)).toEqual(['phrase', 'keyless']);
  });

  it('says where it was asked for what stood in its way, and leaves the others as they are', async () => {
    const { background, identity } = await withPhrase();
    await background.offerKeyless();
    identity.refuse = 'identity-unreachable';
    await background.signIn('google');
    expect(await background.stage()).toBe('add-keyless');
    expect(await background.flow()).toMatchObject({ error: { code: 'identity-unreachable' } });
    await background.back();
    expect(await background.stage()).toBe('home');
    expect(await typesOf(background)).toEqual(['phrase']);
  });

  it('is not created when the profile was locked meanwhile, and nothing is lost', async () => {
    const { background } = await withPhrase();
    await background.offerKeyless();
    await signedIn(background);
    refuseRequests(world, /^\/generations/);
    await background.choosePin(PIN);
    await background.settled();
    await background.lock();
    expect(await background.stage()).toBe('locked');
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await background.stage()).toBe('home');
    expect(await typesOf(background)).toEqual(['phrase']);
  });
});
