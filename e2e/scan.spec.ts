import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { getAddress, type Hex, parseEther } from 'viem';
import { EXTENSION_ID } from '@/config/extension-id';
import { paymentUri } from '@/lib/chains/payment-uri';
import { blurred, drawCode, drawCodes, type Shot, withNoise } from '@/lib/scan/testing/pictures';
import { expect, type LockedWallet, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { scan } from './pages/scan';
import { send } from './pages/send';
import { bmpOf, y4mOf } from './qr-pictures';
import type { Stack } from './stack';
import { WORK_MS } from './steps';
import { rpc } from './token';

const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const SHORT = '0x5aAeb6…1BeAed';
const TO_BITCOIN = 'bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=0.01';
const SHOT: Shot = { width: 640, height: 480, scale: 6 };

async function openSend(page: Page, stack: Stack, owner: LockedWallet): Promise<void> {
  await stack.chain.fund(getAddress(owner.address), parseEther('1'));
  await locked(page).unlock(owner.password);
  await home(page).shown(WORK_MS);
  await home(page).send();
}

const chainOf = async (stack: Stack): Promise<number> => Number(await rpc<Hex>(stack, 'eth_chainId'));
const amountOf = (page: Page) => page.getByRole('textbox', { name: /^Amount/ });
const filled = async (page: Page, amount: string) => {
  await page.getByText(SHORT).first().waitFor();
  await expect(amountOf(page)).toHaveValue(amount);
};

/** Cameras that a page was given. */
type Watched = Window & { cameras: MediaStreamTrack[] };

/** Notes every camera that pages of this browser get from now on. */
function watchCameras(): void {
  const seen: MediaStreamTrack[] = [];
  (window as unknown as Watched).cameras = seen;
  // An empty page has none.
  if (navigator.mediaDevices === undefined) return;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    seen.push(...stream.getTracks());
    return stream;
  };
}

const camerasOf = (page: Page) =>
  page.evaluate(() => (window as unknown as Watched).cameras.map(({ readyState }) => readyState));

test('a camera reads who is to be paid: from the popup into the tab, with what was typed, and is off afterwards', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-camera-'));
  const camera = join(folder, 'camera.y4m');
  const show = (text: string, shot: Partial<Shot> = {}) =>
    writeFileSync(camera, y4mOf(withNoise(drawCode(text, { ...SHOT, scale: 5, ...shot }), 30, Math.random)));
  show(TO_BITCOIN);
  const browser = await openBrowser({
    profile: lockedWallet.copy(),
    browserArguments: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    ],
  });
  await browser.context.addInitScript(watchCameras);
  const popup = await browser.openPopup();
  popup.setDefaultTimeout(WORK_MS);
  // A browser that has just got the wallet opens it by itself.
  for (const other of browser.context.pages().filter((one) => one.url().endsWith('/tab.html'))) await other.close();
  await openSend(popup, stack, lockedWallet);
  await amountOf(popup).fill('0.03');

  const opened = browser.context.waitForEvent('page');
  await scan(popup).open();
  const page = await opened;
  page.setDefaultTimeout(WORK_MS);
  await scan(page).shown();
  expect(popup.isClosed()).toBe(true);

  await test.step('what cannot be paid from here is said, and the camera looks on', async () => {
    // Nobody is asked to press who has allowed the camera: this browser allows it to all.
    await scan(page).looking();
    await scan(page).says(/^That is an address of Bitcoin\./);
    expect(await camerasOf(page)).toEqual(['live']);
  });

  await test.step('it is off when it is stopped, when the page is hidden, and when the page is left', async () => {
    await scan(page).stopCamera();
    await scan(page).off();
    expect(await camerasOf(page)).toEqual(['ended']);
    await scan(page).useCamera();
    await scan(page).looking();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
      Reflect.deleteProperty(document, 'hidden');
    });
    await scan(page).off();
    expect(await camerasOf(page)).toEqual(['ended', 'ended']);
    await scan(page).useCamera();
    await scan(page).looking();
    await scan(page).back();
    await expect(amountOf(page)).toHaveValue('0.03');
    expect(await camerasOf(page)).toEqual(['ended', 'ended', 'ended']);
  });

  await test.step('it waits for a tab that stands behind others until that is seen', async () => {
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }));
    const asked = page.evaluate(() => {
      const { permissions } = navigator;
      const ask = permissions.query.bind(permissions);
      return new Promise<void>((resolve) => {
        permissions.query = async (wanted) => {
          const status = await ask(wanted);
          // After what waits for the answer.
          setTimeout(resolve);
          return status;
        };
      });
    });
    await scan(page).open();
    await asked;
    await scan(page).off();
    expect(await camerasOf(page)).toHaveLength(3);
    await page.evaluate(() => {
      Reflect.deleteProperty(document, 'hidden');
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await scan(page).looking();
    expect(await camerasOf(page)).toEqual(['ended', 'ended', 'ended', 'live']);
    await scan(page).back();
    expect(await camerasOf(page)).toEqual(['ended', 'ended', 'ended', 'ended']);
  });

  await test.step('an address goes to the field beside what was typed', async () => {
    show(JONAS, { turn: 30 });
    await scan(page).open();
    await filled(page, '0.03');
    expect((await camerasOf(page)).every((state) => state === 'ended')).toBe(true);
    await send(page).review();
    await send(page).confirm('0.03');
    await send(page).arrived(WORK_MS);
    await send(page).done();
  });

  await test.step('a tab that is open already goes on with what was typed in another popup', async () => {
    // An address that can be paid would be taken before Back is pressed.
    show(TO_BITCOIN);
    await home(page).send();
    await amountOf(page).fill('0.05');
    const second = await browser.openPopup();
    await amountOf(second).fill('0.07');
    await scan(second).open();
    await scan(page).shown();
    await scan(page).back();
    await expect(amountOf(page)).toHaveValue('0.07');
  });
  rmSync(folder, { recursive: true });
});

test('a picture is read that is chosen, dropped or pasted, and what is wrong with it is said', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openTab();
  page.setDefaultTimeout(WORK_MS);
  await openSend(page, stack, lockedWallet);
  const chainId = await chainOf(stack);
  const asking = (eth: string) => paymentUri({ chainId, address: JONAS, token: null, amount: parseEther(eth) });
  const picture = (text: string, shot: Partial<Shot> = {}) => bmpOf(drawCode(text, { ...SHOT, ...shot }));

  await test.step('turned, small, light on dark: a request fills the form in', async () => {
    const ways = [
      { eth: '0.01', shot: { turn: 40 }, give: (bytes: Buffer) => scan(page).choose(bytes) },
      { eth: '0.02', shot: { scale: 2.5 }, give: (bytes: Buffer) => scan(page).give('drop', bytes) },
      { eth: '0.04', shot: { dark: 255, light: 0 }, give: (bytes: Buffer) => scan(page).give('paste', bytes) },
    ];
    for (const { eth, shot, give } of ways) {
      await scan(page).open();
      await scan(page).shown();
      await give(picture(asking(eth), shot));
      await filled(page, eth);
      await page.getByRole('button', { name: 'Change the address' }).click();
    }
  });

  await scan(page).open();
  await test.step('nothing, several, no picture, too much of one', async () => {
    await scan(page).choose(bmpOf(blurred(drawCode(JONAS, SHOT), 12)));
    await scan(page).says(/^No QR code could be read/);
    const sides = [160, 480].map((x, place) => ({
      text: `${asking('0.01')}${place}`,
      shot: { ...SHOT, scale: 4, at: { x, y: 240 } },
    }));
    await scan(page).choose(bmpOf(drawCodes(sides)));
    await scan(page).says(/^There are several QR codes\./);
    await scan(page).choose(Buffer.from('<svg/>'), 'code.svg', 'image/svg+xml');
    await scan(page).says(/^That is no picture that can be read\./);
    const large = join(mkdtempSync(join(tmpdir(), 'halfkey-picture-')), 'code.png');
    writeFileSync(large, '');
    truncateSync(large, 20_000_001);
    await page.locator('input[type=file]').setInputFiles(large);
    await scan(page).says(/^This picture is too large\./);
    rmSync(dirname(large), { recursive: true });
  });

  await test.step('a code of something else', async () => {
    const said = [
      ['WIFI:S:home;T:WPA;P:copper;;', /^This QR code asks for no payment that can be made here\./],
      ['x'.repeat(301), /^This QR code asks for no payment that can be made here\./],
      [TO_BITCOIN, /^That is an address of Bitcoin\./],
      [JONAS.replace('5a', '5A'), /^This address has a typing mistake\./],
      [paymentUri({ chainId: 137, address: JONAS, token: null, amount: 1n }), /^This request is for chain 137,/],
      [paymentUri({ chainId, address: JONAS, token: JONAS, amount: 1n }), /^This request is for a token/],
      [`ethereum:${JONAS}@${chainId}/approve?address=${JONAS}&uint256=1`, /^This request asks for something other/],
    ] as const;
    for (const [text, words] of said) {
      await scan(page).choose(picture(text, { width: 800, height: 800 }));
      await scan(page).says(words);
    }
  });
  await scan(page).back();

  await test.step('the wallet reads the code that it shows itself', async () => {
    await home(page).back();
    await home(page).receive();
    const code = await page
      .getByRole('img', { name: /^QR code of the address 0x/ })
      .locator('xpath=..')
      .screenshot();
    await home(page).back();
    await home(page).send();
    await scan(page).open();
    await scan(page).choose(code, 'code.png', 'image/png');
    await page.getByText('That is the account you send from.').waitFor();
  });
});

test('without a camera, and without leave to use it, it is said what works instead', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const none = await openBrowser({ profile: lockedWallet.copy() });
  const page = await none.openTab();
  page.setDefaultTimeout(WORK_MS);
  await openSend(page, stack, lockedWallet);
  await scan(page).open();
  await scan(page).useCamera();
  await scan(page).says(/^There is no camera\./);

  const forbidding = await openBrowser({
    profile: lockedWallet.copy(),
    browserArguments: ['--use-fake-device-for-media-stream'],
  });
  const other = await forbidding.openTab();
  other.setDefaultTimeout(WORK_MS);
  await openSend(other, stack, lockedWallet);
  const session = await forbidding.context.newCDPSession(other);
  await session.send('Browser.setPermission', {
    permission: { name: 'camera' },
    setting: 'denied',
    origin: `chrome-extension://${EXTENSION_ID}`,
  });
  await scan(other).open();
  await scan(other).useCamera();
  await scan(other).says(/^The browser does not allow the camera here\./);
  await scan(other).back();
  await expect(other.getByLabel('To', { exact: true })).toBeVisible();
});
