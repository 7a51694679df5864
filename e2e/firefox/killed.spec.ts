/** The background is ended in the middle of a creation, a change of the PIN, a practice and a deletion. */
import type { Page } from '@playwright/test';
import { asks, asksRealm, type Device, killAndReopenTab, killAtRequest } from '../kill';
import { backup } from '../pages/backup';
import { backupVerified } from '../pages/creating';
import { choosePin } from '../pages/pin';
import { seal, signIn, WORK_MS } from '../steps';
import { openDevice, recover } from '../story/device';
import { expect, test } from './fixtures';

const ACCOUNT = 'Mortal fox';
const PIN = '482913';
const NEW_PIN = '905172';
const PASSWORD = 'copper lantern drift';

test('ended in the middle, the background leaves one PIN that opens the wallet, and tells the truth', async ({
  stack,
  network,
  openFirefox,
  expectedErrors,
}) => {
  test.setTimeout(400_000);
  // What Firefox says of questions to itself that a background was waiting for when it was ended.
  expectedErrors.push(/Promise (resolved|rejected) after context unloaded/);
  const browser = await openFirefox();
  const device: Device = { browser, network, page: await browser.openTab() };
  const entropyBy = async (pin: string) => (await recover(await openDevice(stack, ACCOUNT), pin)).bytes;

  await signIn(browser, device.page, ACCOUNT);
  await choosePin(device.page).shown();
  const create = async () => {
    await choosePin(device.page).choose(PIN);
    await choosePin(device.page).confirm(PIN);
  };
  const verified = (page: Page) => backupVerified(page).shown(WORK_MS);
  await killAtRequest(device, asks('POST', '/activate'), 'request', create, verified);
  await backupVerified(device.page).proceed();
  await seal(device.page, PASSWORD);
  const entropy = await entropyBy(PIN);

  await backup(device.page).open();
  const change = () => backup(device.page).changePin(ACCOUNT, PASSWORD, NEW_PIN);
  await killAtRequest(
    device,
    asks('POST', '/activate'),
    'reply',
    change,
    (page) => backup(page).pinChanged(WORK_MS),
    killAndReopenTab,
  );
  await backup(device.page).done();
  await expect(entropyBy(PIN)).rejects.toThrow('pin-wrong');
  expect(await entropyBy(NEW_PIN)).toEqual(entropy);

  await backup(device.page).open();
  await backup(device.page).beginPractice(ACCOUNT);
  const practise = () => backup(device.page).practise(NEW_PIN);
  await killAtRequest(device, asksRealm('Recover2'), 'reply', practise, async (page) => {
    await backup(page).practiceAsked();
    await backup(page).told('One try may have been used.');
  });
  await backup(device.page).back();

  await backup(device.page).open();
  await backup(device.page).export(PASSWORD, WORK_MS);
  const order = () => backup(device.page).confirmDeletion(ACCOUNT, PASSWORD, NEW_PIN);
  await killAtRequest(device, asks('POST', '/orders'), 'reply', order, (page) =>
    backup(page).told('Nothing is deleted for 72 hours.'),
  );
  await backup(device.page).leave();
  await backup(device.page).undo(ACCOUNT, WORK_MS);
  expect(await entropyBy(NEW_PIN)).toEqual(entropy);
});
