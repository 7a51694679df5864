/** The background is killed in the middle of everything that is done with a backup that stands. */

import { lookUpBackup, recoverBackup } from '@/lib/keyless/backup/recover';
import type { Parties } from '@/lib/keyless/ports';
import type { Stack } from '@/scripts/stack/stack';
import { expect, test } from './fixtures';
import { asks, asksRealm, type Device, killAndReopenTab, killAtRequest } from './kill';
import type { Network } from './network';
import { backup } from './pages/backup';
import { recoverPin } from './pages/pin';
import { startOver } from './pages/start-over';
import { createWallet, signIn, WORK_MS } from './steps';
import { openDevice } from './story/device';
import { guessBehindTheIssuer, isRowGone } from './story/guesses';
import { readKept } from './wallet-secrets';

const ACCOUNT = 'Mortal';
const SECOND_ACCOUNT = 'Mortal, too';
const PIN = '482913';
const NEW_PIN = '905172';
const SECOND_PIN = '615243';
const PASSWORD = 'copper lantern drift';
/** What the devices of the stack call themselves. */
const OTHER_DEVICE = 'a device of the story';
/** After the last register token of a slot has expired. */
const LATER_MS = 6 * 60_000;
/** The issuer asks again after half a minute, then after one, what a realm did not confirm. */
const RETRIES_MS = 150_000;

test('killed in the middle, a change of the PIN, a practice, a deletion and all else ends with one PIN and the truth', async ({
  stack,
  network,
  wallet,
  openBrowser,
  expectedErrors,
}) => {
  test.setTimeout(500_000);
  expectedErrors.push(/ERR_EMPTY_RESPONSE/, /Failed to load resource/);
  const device: Device = { browser: wallet, network, page: await wallet.openTab() };
  await createWallet(wallet, device.page, { account: ACCOUNT, pin: PIN, password: PASSWORD });
  const { entropy } = await readKept(wallet);
  const parties = await (await openDevice(stack, ACCOUNT)).signIn();
  const opens = async (pin: string, ...others: string[]) => {
    for (const other of others) await expect(recoverAt(parties, other)).rejects.toThrow('pin-wrong');
    expect(await recoverAt(parties, pin)).toEqual(entropy);
  };

  // Before any try that the issuer knows of: it waits ten minutes after one.
  expect(await guessBehindTheIssuer(stack, parties, 8)).toBe('pin-used-up');
  const stranger = await openBrowser();
  await startOverWithKill({ browser: stranger, network, page: await stranger.openTab() });
  await stranger.quit();
  await device.page.bringToFront();
  await objectWithKill(device);
  await changePinWithKills(device, opens);
  await practiseWithKill(device);
  await deleteAndUndoWithKills(device);
  await opens(NEW_PIN, PIN);

  const second = await (await openDevice(stack, SECOND_ACCOUNT)).signIn();
  await addSignInWithKill(device);
  expect(await recoverAt(second, SECOND_PIN)).toEqual(entropy);
  await signOutWithKill(device);
  await expect(parties.vault.metadata()).rejects.toThrow('sign-in-expired');
  await test.step('every slot but those of the two backups is gone', () => expectOnlyLiveSlots(stack, network));
});

type Opens = (pin: string, ...others: string[]) => Promise<void>;

async function recoverAt(parties: Parties, pin: string): Promise<Uint8Array> {
  const found = await lookUpBackup(parties, null);
  if (!found) throw new Error('there is no backup');
  const { entropy } = await recoverBackup(parties, found, pin, () => undefined);
  return entropy.use((bytes) => bytes.slice());
}

/** In a tab: that popup and tab show the same after a kill is for `killed.spec.ts`. */
const cutAt: typeof killAtRequest = (device, matches, at, act, shown) =>
  killAtRequest(device, matches, at, act, shown, killAndReopenTab);

async function changePinWithKills(device: Device, opens: Opens): Promise<void> {
  const change = (pin: string) => () => backup(device.page).changePin(ACCOUNT, PASSWORD, pin);
  await test.step('a change of the PIN, whose tries were used up, and nobody heard the answer', async () => {
    await backup(device.page).open();
    await cutAt(device, asks('POST', '/activate'), 'reply', change(NEW_PIN), (page) =>
      backup(page).pinChanged(WORK_MS),
    );
    await backup(device.page).done();
  });
  await test.step('a change of the PIN, before the realms have it', async () => {
    await backup(device.page).open();
    await cutAt(device, asksRealm('Register2'), 'request', change(PIN), (page) =>
      backup(page).told('Your old PIN still counts. The new one opens nothing.'),
    );
    await backup(device.page).leave();
    await opens(NEW_PIN, PIN);
  });
}

async function practiseWithKill(device: Device): Promise<void> {
  await test.step('a practice while the realms are asked', async () => {
    await backup(device.page).open();
    await backup(device.page).beginPractice(ACCOUNT);
    const practise = () => backup(device.page).practise(NEW_PIN);
    await cutAt(device, asksRealm('Recover2'), 'reply', practise, async (page) => {
      await backup(page).practiceAsked();
      await backup(page).told('One try may have been used.');
    });
    await practise();
    await backup(device.page).practised(WORK_MS);
    await backup(device.page).done();
  });
}

async function deleteAndUndoWithKills(device: Device): Promise<void> {
  await test.step('a deletion whose order nobody heard being taken', async () => {
    await backup(device.page).open();
    await backup(device.page).export(PASSWORD, WORK_MS);
    const confirm = () => backup(device.page).confirmDeletion(ACCOUNT, PASSWORD, NEW_PIN);
    await cutAt(device, asks('POST', '/orders'), 'reply', confirm, (page) =>
      backup(page).told('Nothing is deleted for 72 hours.'),
    );
    await backup(device.page).leave();
    await backup(device.page).deletionTold(WORK_MS);
  });
  await test.step('its undo, likewise', async () => {
    const undo = () => backup(device.page).beginUndo(ACCOUNT);
    await cutAt(device, asks('POST', '/orders/undo'), 'reply', undo, (page) =>
      backup(page).told('We do not know whether it is done'),
    );
    await backup(device.page).signInAgain(ACCOUNT);
    await backup(device.page).undone(WORK_MS);
    await backup(device.page).done();
  });
}

async function addSignInWithKill(device: Device): Promise<void> {
  const add = () => backup(device.page).addSignIn(SECOND_ACCOUNT, PASSWORD, SECOND_PIN);
  await test.step('another sign-in whose activation nobody heard', async () => {
    await backup(device.page).open();
    await cutAt(device, asks('POST', '/activate'), 'reply', add, (page) => backup(page).told('That was interrupted'));
    await backup(device.page).tryAgain();
    await backup(device.page).signInAdded(WORK_MS);
    await backup(device.page).done();
  });
}

async function signOutWithKill(device: Device): Promise<void> {
  await test.step('a device is signed out, and the answer is lost', async () => {
    await backup(device.page).open();
    const signOut = () => backup(device.page).signDeviceOut(OTHER_DEVICE, ACCOUNT, PASSWORD);
    await cutAt(device, asks('POST', '/sign-out'), 'reply', signOut, (page) =>
      backup(page).told('We do not know whether it is done'),
    );
    await backup(device.page).signInAgain(ACCOUNT);
    await backup(device.page).deviceSignedOut(OTHER_DEVICE, WORK_MS);
    await backup(device.page).done();
  });
}

/** Somebody with the account only, after every try was used up behind the back of the issuer. */
async function startOverWithKill(device: Device): Promise<void> {
  await test.step('a start over whose order nobody heard being taken', async () => {
    await signIn(device.browser, device.page, ACCOUNT);
    await recoverPin(device.page).shown();
    await startOver(device.page).open();
    const order = () => startOver(device.page).order();
    await cutAt(device, asks('POST', '/start-over'), 'reply', order, (page) =>
      backup(page).told('That was interrupted'),
    );
    await startOver(device.page).open();
    await startOver(device.page).order();
    await startOver(device.page).ordered(WORK_MS);
  });
}

async function objectWithKill(device: Device): Promise<void> {
  await test.step('an objection to it', async () => {
    // Its backup page asks the servers.
    await backup(device.page).open();
    for (const _ of ['the backup', 'the settings']) await backup(device.page).back();
    await backup(device.page).startOverTold(WORK_MS);
    const object = () => backup(device.page).beginObjection(ACCOUNT);
    await cutAt(device, asks('POST', '/orders/objection'), 'reply', object, (page) =>
      backup(page).told('We do not know whether it is done'),
    );
    await backup(device.page).signInAgain(ACCOUNT);
    await backup(device.page).undone(WORK_MS);
    await backup(device.page).done();
  });
}

/** Of all slots that this browser reserved, under either account. */
async function expectOnlyLiveSlots(stack: Stack, network: Network): Promise<void> {
  const reservations = network.exchanges.filter(asks('POST', '/generations'));
  const slots = new Set(reservations.map(({ requestBody }) => String(JSON.parse(requestBody.toString()).slot)));
  const accounts = await Promise.all(
    [ACCOUNT, SECOND_ACCOUNT].map(async (account) => (await openDevice(stack, account)).signIn()),
  );
  const live = await Promise.all(accounts.map(async ({ vault }) => (await vault.metadata()).active?.slot));
  const isLive = (slot: Uint8Array) => live.some((one) => one !== undefined && Buffer.from(one).equals(slot));
  const superseded = [...slots].map((slot) => Buffer.from(slot, 'base64url')).filter((slot) => !isLive(slot));
  expect(superseded.length).toBe(slots.size - accounts.length);
  await stack.passTime(LATER_MS);
  try {
    for (const slot of superseded)
      for (const { accountId } of accounts)
        await expect
          .poll(() => isRowGone(stack, { accountId, slot }, Date.now() + LATER_MS), { timeout: RETRIES_MS })
          .toBe(true);
  } finally {
    await stack.passTime(-LATER_MS);
  }
}
