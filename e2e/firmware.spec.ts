import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { EXTENSION_ID } from '@/config/extension-id';
import { CHUNK_BYTES } from '@/lib/firmware/layout';
import { buildImage, hashChunks, signImage } from '@/lib/firmware/testing/synthetic';
import { expect, test } from './fixtures';
import { createMini } from './simulators/onekey-mini/device';
import { putBehindUsb } from './simulators/onekey-mini/in-page';
import { willing } from './simulators/onekey-mini/person';
import { plugIn } from './simulators/onekey-mini/pipe';

/** As large as sixteen chunk hashes can speak for: 1 MiB. */
const MIB = { sizeBytes: 16 * CHUNK_BYTES, buildIdOffset: 9 * CHUNK_BYTES + 0xa3bf };
const BUILD = buildImage(MIB);
const VENDOR = signImage(BUILD, [1, 2, 3, 4]);

const chosen = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

async function openFirmware(page: Page): Promise<Page> {
  await page.goto(`chrome-extension://${EXTENSION_ID}/tab.html#firmware`);
  await expect(page.getByRole('heading', { name: 'Compare firmware' })).toBeVisible();
  return page;
}

const choose = (page: Page, place: 'vendor' | 'built', bytes: Uint8Array, name = `${place}.bin`) =>
  page.locator(`[data-file="${place}"]`).setInputFiles(chosen(name, bytes));

const verdict = (page: Page) => page.getByRole('status').getByRole('heading');

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test('two images of 1 MiB are compared without a wallet, and the reports are saved', async ({ wallet }) => {
  const page = await openFirmware(await wallet.openTab());
  await choose(page, 'vendor', VENDOR);
  await choose(page, 'built', BUILD);
  await expect(verdict(page)).toHaveText('Reproducible (only signatures differ)');
  // Everybody can sign with the keys of the tests: the vendor's boot loader takes none of them.
  await expect(page.getByText('The vendor’s keys did not sign this file.')).toBeVisible();

  await choose(page, 'built', buildImage({ ...MIB, buildId: 'mini.9.9.9-Stable-0919-4f1c2a9' }), 'other-day.bin');
  await expect(verdict(page)).toHaveText(/^Differs only in build date: \d+ bytes, all accounted for$/);
  await expect(page.getByRole('button', { name: /^Build date/ })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('flash 0x080AA3D2')).toBeVisible();

  const report = await saved(page, 'Save report');
  expect(report.split('\n')[0]).toMatch(/^[0-9a-f]{64} {2}vendor\.bin$/);
  expect(report).toContain('Differs only in build date');
  const results = parse(await saved(page, 'Save results (YAML)'));
  expect(results.results[0].files.map(({ filename }: { filename: string }) => filename)).toEqual([
    'vendor.bin',
    'other-day.bin',
  ]);
});

test('other code is counted, shown by its places, and walked through by keys', async ({ wallet }) => {
  const page = await openFirmware(await wallet.openTab());
  const code = new Uint8Array(BUILD);
  for (const at of [70_000, 80_000]) code[at] = (code[at] ?? 0) ^ 0x5a;
  await choose(page, 'vendor', VENDOR);
  await choose(page, 'built', hashChunks(code));
  await expect(verdict(page)).toHaveText('Not reproducible: 2 bytes unexplained');
  await expect(page.getByText('1 of 2')).toBeVisible();
  await page.getByRole('button', { name: 'Next place' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await expect(page.getByText('flash 0x08023880')).toBeVisible();
});

test('files that cannot be compared are refused in words, each at its place', async ({ wallet }) => {
  const page = await openFirmware(await wallet.openTab());
  const vendor = page.getByRole('region', { name: 'From the vendor' });
  const refusals: readonly (readonly [bytes: Uint8Array, words: RegExp])[] = [
    [new Uint8Array(), /The file is empty/],
    [new Uint8Array(8 * 1024 * 1024 + 1), /larger than 8 MiB/],
    [new Uint8Array(9_000), /not a firmware image/],
    [VENDOR.subarray(0, -1), /ends before its header says/],
  ];
  for (const [bytes, words] of refusals) {
    await choose(page, 'vendor', bytes);
    await expect(vendor.getByRole('alert')).toHaveText(words);
  }
  await choose(page, 'vendor', BUILD);
  await expect(vendor.getByRole('alert')).toHaveCount(0);
  await choose(page, 'built', BUILD);
  await expect(page.getByRole('alert')).toHaveText(/same image, byte for byte/);
  await choose(page, 'built', buildImage({ family: 'TRZF' }));
  await expect(page.getByRole('alert')).toHaveText(/different families/);
});

test('nothing of the page is loaded before it is opened, and it leads back to the wallet', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const tab = await browser.openTab();
  await expect(tab.getByRole('button', { name: 'Unlock', exact: true })).toBeVisible();
  const scripts: string[] = [];
  tab.on('request', (request) => request.url().endsWith('.js') && scripts.push(request.url()));
  await tab.evaluate(() => {
    location.hash = 'firmware';
  });
  await expect(tab.getByRole('heading', { name: 'Compare firmware' })).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  await tab.getByRole('button', { name: 'Back to the wallet' }).click();
  await expect(tab.getByRole('button', { name: 'Unlock', exact: true })).toBeVisible();
});

/** What a device has that runs this image: the rest of its flash is erased. */
function flashOf(image: Uint8Array): Uint8Array {
  const flash = new Uint8Array(983_040).fill(0xff);
  flash.set(image);
  return flash;
}

test('a device is asked what it runs, says it of its own, and is told where it cannot be', async ({ wallet }) => {
  const image = signImage(buildImage({ sizeBytes: 912_404 }), [1, 2, 3, 4]);
  const mini = createMini({
    mnemonic: 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    pin: '1234',
    person: willing('1234'),
    random: (length) => new Uint8Array(randomBytes(length)),
    after: () => () => undefined,
    flash: flashOf(image),
  });
  const cable = plugIn(mini);
  const page = await wallet.openTab();
  await putBehindUsb(page, cable);
  await openFirmware(page);
  await page.reload();
  await choose(page, 'vendor', image);
  await page.getByRole('button', { name: 'Ask a OneKey Mini' }).click();
  await expect(page.getByText('Your device says that it runs the vendor’s file')).toBeVisible();
  await expect(page.getByText(/its own report, not proof/)).toBeVisible();
  await expect(page.getByText('mini.3.7.1-Stable-0612-4f1c2a9')).toBeVisible();

  await choose(page, 'vendor', BUILD);
  await expect(page.getByText('Your device says that it runs the vendor’s file')).toHaveCount(0);
  await page.getByRole('button', { name: 'Ask a OneKey Mini' }).click();
  await expect(page.getByText('Your device says that it runs something else')).toBeVisible();

  cable.unplug();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('alert')).toHaveText(/No device was chosen/);
});
