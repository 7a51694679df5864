import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { passwordChangeText } from '@/lib/bus/password-change';
import { unlockChangeText } from '@/lib/bus/unlock-change';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { fromBase64url, toBase64url, utf8 } from '@/lib/bytes';
import { createConfirmation } from '@/lib/keyless/pin/confirmation';
import { pinCheckOf } from '@/lib/keyless/pin/pin-check';
import { reminderRecord } from '@/lib/keyless/pin/reminder';
import { deviceRecord } from '@/lib/keyless/stored';
import { ACTIVATION_BYTES } from '@/lib/keyless/wire/statement';
import { createAutoLock } from '@/lib/keyring/auto-lock';
import { openKeyring } from '@/lib/keyring/contents';
import { phraseSecret } from '@/lib/keyring/import';
import { createKeyring } from '@/lib/keyring/keyring';
import { createSlowDown, OF_PINS, slowDownRecord } from '@/lib/keyring/slow-down';
import { profile } from '@/lib/keyring/wallets';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { takeUnlockChange, type UnlockChangePurpose } from './unlock-change-handlers';

const OWN = 'copper lantern drift';
const OTHER = 'quiet rivers bend north';
const WAITS_AFTER = 5;

const grant = (first: number) => ({
  credentialId: toBase64url(new Uint8Array(16).fill(first)),
  prfSalt: toBase64url(new Uint8Array(32).fill(first)),
  prfOutput: toBase64url(new Uint8Array(32).fill(first + 1)),
});
const [OWN_PASSKEY, OTHER_PASSKEY] = [grant(1), grant(3)];
const byPassword = (password: string): UnlockProof => ({ method: 'password', password });
const byPasskey = ({ prfOutput }: { prfOutput: string }): UnlockProof => ({ method: 'passkey', prfOutput });

/** A wallet on storage of this test, unlocked, with nothing chosen that opens it. */
function device() {
  const [local, session] = [memoryArea(), memoryArea()];
  const keyring = createKeyring({
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    session: cell(session, 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  const now = () => 1_000;
  const autoLock = createAutoLock({
    lastUse: cell(session, 'lastUse', z.number()),
    idleMinutes: async () => 15,
    setAlarm: async () => undefined,
    isUnlocked: keyring.isUnlocked,
    lock: keyring.lock,
    now,
  });
  const slowDown = createSlowDown({ record: cell(local, 'slowDown', slowDownRecord), now });
  const confirmation = createConfirmation({
    device: cell(local, 'device', deviceRecord),
    reminder: cell(local, 'reminder', reminderRecord),
    slowDown: createSlowDown({ record: cell(local, 'pinSlowDown', slowDownRecord), now, codes: OF_PINS }),
    wallet: keyring,
    now,
  });
  const parts = { keyring, slowDown, confirmation, autoLock, changed: async () => undefined };
  return {
    ...{ local, session, keyring, slowDown },
    take: (purpose: UnlockChangePurpose, text: string) => takeUnlockChange(parts, purpose, utf8(text)),
    /** What opens this device, byte for byte. */
    kept: async () => JSON.stringify(await local.get(['sealed', 'sealedNext', 'profile'])),
    methods: async () => (await keyring.profile())?.unlock,
  };
}
type Device = ReturnType<typeof device>;

let here: Device;
beforeEach(() => {
  here = device();
});

const addPasskey = ({ keyring }: Device) =>
  keyring.addUnlock({ method: 'passkey', ...OWN_PASSKEY, prfOutput: fromBase64url(OWN_PASSKEY.prfOutput) });
const opensWith = ({ prfOutput }: typeof OWN_PASSKEY) =>
  ({ method: 'passkey', prfOutput: fromBase64url(prfOutput) }) as const;
const ENTROPY = new Uint8Array(32).fill(7);

/** For each change: what its message says beside the proof. */
const CHANGES = {
  'add-passkey': (unlock: UnlockProof | null) => unlockChangeText({ unlock, grant: OTHER_PASSKEY }),
  'remove-unlock': (unlock: UnlockProof | null) => unlockChangeText({ unlock, method: 'passkey' }),
  'use-pin': (unlock: UnlockProof | null) => unlockChangeText({ unlock }),
  'check-unlock': (unlock: UnlockProof | null) => unlockChangeText({ unlock }),
} as const;
const changes = Object.entries(CHANGES).map(([purpose, text]) => ({ purpose: purpose as keyof typeof CHANGES, text }));

describe('an open wallet with a password and a passkey', () => {
  beforeEach(async () => {
    await here.keyring.adopt(ENTROPY);
    await here.keyring.setPassword(utf8(OWN));
    await addPasskey(here);
  });

  it.each(changes)('is left as it is by $purpose without a proof, or with a wrong one', async ({ purpose, text }) => {
    const before = await here.kept();
    const refused = [
      [null, 'bad-message'],
      [byPassword(OTHER), 'password-wrong'],
      [byPasskey(OTHER_PASSKEY), 'passkey-wrong'],
    ] as const;
    for (const [unlock, code] of refused) {
      await expect(here.take(purpose, text(unlock))).rejects.toMatchObject({ code });
      expect(await here.kept()).toBe(before);
    }
    await here.keyring.prove({ method: 'password', password: utf8(OWN) });
  });

  it.each(changes)('is not changed by $purpose whose message knows no proof', async ({ purpose, text }) => {
    const before = await here.kept();
    const { unlock: _, ...without } = JSON.parse(text(null));
    await expect(here.take(purpose, JSON.stringify(without))).rejects.toMatchObject({ code: 'bad-message' });
    expect(await here.kept()).toBe(before);
  });

  it.each(changes)('counts a wrong password of $purpose, and makes the next one wait', async ({ purpose, text }) => {
    for (let typed = 1; typed < WAITS_AFTER; typed += 1)
      await expect(here.take(purpose, text(byPassword(OTHER)))).rejects.toMatchObject({ code: 'password-wrong' });
    expect(await here.slowDown.nextAtMs()).toBeNull();
    await expect(here.take(purpose, text(byPassword(OTHER)))).rejects.toMatchObject({
      code: 'password-wrong',
      details: { nextAtMs: 6_000 },
    });
    const before = await here.kept();
    await expect(here.take(purpose, text(byPassword(OWN)))).rejects.toMatchObject({ code: 'password-later' });
    expect(await here.kept()).toBe(before);
  });

  it.each([
    ['the password', byPassword(OWN)],
    ['the passkey', byPasskey(OWN_PASSKEY)],
  ])('takes another passkey in place of its own from somebody who has %s', async (_, unlock) => {
    await here.take('add-passkey', CHANGES['add-passkey'](unlock));
    expect(await here.keyring.passkey()).toMatchObject({ credentialId: OTHER_PASSKEY.credentialId });
    await here.keyring.prove(opensWith(OTHER_PASSKEY));
  });

  it('gives up its passkey, then its password, to somebody who knows the password', async () => {
    await here.take('remove-unlock', CHANGES['remove-unlock'](byPassword(OWN)));
    expect(await here.methods()).toEqual(['password']);
    await here.take('use-pin', CHANGES['use-pin'](byPassword(OWN)));
    expect(await here.methods()).toEqual(['pin']);
    expect(await here.local.get(['sealed'])).toEqual({});
  });

  it('changes nothing where the proof is only checked', async () => {
    const before = await here.kept();
    await here.take('check-unlock', CHANGES['check-unlock'](byPasskey(OWN_PASSKEY)));
    expect(await here.kept()).toBe(before);
  });

  it('gets no second password in place of the first one, whatever proves it', async () => {
    const before = await here.kept();
    const text = unlockChangeText({ unlock: byPasskey(OWN_PASSKEY), password: OTHER });
    await expect(here.take('add-password', text)).rejects.toMatchObject({ code: 'bad-message' });
    expect(await here.kept()).toBe(before);
    const change = { current: OTHER, next: 'maple ember quarry' };
    await expect(here.take('change-password', passwordChangeText(change))).rejects.toMatchObject({
      code: 'password-wrong',
    });
    expect(await here.kept()).toBe(before);
  });

  it('asks no proof of a record that is damaged: sealed anew, what is open is there again', async () => {
    const { sealed } = await here.local.get(['sealed']);
    await here.local.set({ sealed: { ...z.looseObject({}).parse(sealed), checksum: 'torn' } });
    await here.take('add-passkey', CHANGES['add-passkey'](null));
    await here.keyring.lock();
    await here.keyring.unlockWith(opensWith(OTHER_PASSKEY));
    await here.keyring.lendEntropy(async (entropy) => expect(entropy).toEqual(ENTROPY));
  });
});

describe('an open wallet with a passkey alone', () => {
  beforeEach(async () => {
    await addPasskey(here);
    await here.keyring.addWallet(phraseSecret(`${'test '.repeat(11)}junk`, ''));
  });

  it('is given a password by somebody who has the passkey, and by nobody else', async () => {
    const text = (unlock: UnlockProof | null) => unlockChangeText({ unlock, password: OTHER });
    const before = await here.kept();
    const refused = [
      [null, 'bad-message'],
      [byPasskey(OTHER_PASSKEY), 'passkey-wrong'],
      // The one that would be added proves nothing.
      [byPassword(OTHER), 'bad-message'],
    ] as const;
    for (const [unlock, code] of refused) {
      await expect(here.take('add-password', text(unlock))).rejects.toMatchObject({ code });
      expect(await here.kept()).toBe(before);
    }
    await here.take('add-password', text(byPasskey(OWN_PASSKEY)));
    expect(await here.methods()).toEqual(['passkey', 'password']);
    await here.keyring.prove({ method: 'password', password: utf8(OTHER) });
  });
});

describe('an open wallet with the PIN every time', () => {
  const ACCOUNT_ID = new Uint8Array(32).fill(5);
  const byPin = (pin: string): UnlockProof => ({ method: 'pin', pin });
  const knows = async (pinCheck: Uint8Array | null) =>
    cell(here.local, 'device', deviceRecord).write({
      providerId: 'google',
      accountId: ACCOUNT_ID,
      generation: 1,
      ownerPub: new Uint8Array(32),
      statement: new Uint8Array(ACTIVATION_BYTES),
      createdAtMs: 0,
      verifiedAtMs: 0,
      pinCheck,
    });
  beforeEach(async () => {
    await here.keyring.adopt(ENTROPY);
    await here.keyring.usePin();
    await knows(pinCheckOf(ENTROPY, ACCOUNT_ID, 1, '482913'));
  });

  const added = {
    'add-password': (unlock: UnlockProof | null) => unlockChangeText({ unlock, password: OTHER }),
    'add-passkey': CHANGES['add-passkey'],
  };
  it.each([
    ['add-password', ['password']],
    ['add-passkey', ['passkey']],
  ] as const)('takes %s from somebody who types the PIN, and from nobody else', async (purpose, methods) => {
    const before = await here.kept();
    const refused = [
      [null, 'bad-message'],
      [byPin('739164'), 'pin-wrong'],
      [byPassword(OTHER), 'bad-message'],
    ] as const;
    for (const [unlock, code] of refused) {
      await expect(here.take(purpose, added[purpose](unlock))).rejects.toMatchObject({ code });
      expect(await here.kept()).toBe(before);
    }
    await here.take(purpose, added[purpose](byPin('482913')));
    expect(await here.methods()).toEqual(methods);
  });

  it('makes whoever tries PINs wait, the right one too', async () => {
    const text = (pin: string) => added['add-password'](byPin(pin));
    for (let typed = 1; typed < WAITS_AFTER; typed += 1)
      await expect(here.take('add-password', text('739164'))).rejects.toMatchObject({ code: 'pin-wrong' });
    await expect(here.take('add-password', text('739164'))).rejects.toMatchObject({ details: { nextAtMs: 6_000 } });
    await expect(here.take('add-password', text('482913'))).rejects.toMatchObject({ code: 'try-later' });
    expect(await here.methods()).toEqual(['pin']);
  });

  it('wants a recovery first where this device cannot tell whether a PIN is right', async () => {
    await knows(null);
    await expect(here.take('add-password', added['add-password'](byPin('482913')))).rejects.toMatchObject({
      code: 'bad-message',
      details: { reason: 'check' },
    });
  });

  it('takes no PIN for a proof where something else opens it', async () => {
    await here.take('add-password', added['add-password'](byPin('482913')));
    const text = CHANGES['add-passkey'](byPin('482913'));
    await expect(here.take('add-passkey', text)).rejects.toMatchObject({ code: 'bad-message' });
    expect(await here.methods()).toEqual(['password']);
  });
});

describe('where nothing was chosen yet, there is nothing to prove by', () => {
  it('before the first choice', async () => {
    await here.keyring.adopt(ENTROPY);
    expect(await here.keyring.canProve()).toBe(false);
    await here.take('add-password', unlockChangeText({ unlock: null, password: OTHER }));
    expect(await here.methods()).toEqual(['password']);
    expect(await here.keyring.canProve()).toBe(true);
  });
});
