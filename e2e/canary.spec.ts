import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decode } from 'cborg';
import { getAddress, parseEther } from 'viem';
import { fromBase64url } from '@/lib/bytes';
import { hkdf } from '@/lib/crypto/kdf';
import { wordsOf } from '@/lib/crypto/mnemonic';
import { REALM_NAMES } from '@/scripts/stack/parties';
import type { Stack } from '@/scripts/stack/stack';
import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import type { Network } from './network';
import { backupVerified } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { overhearPrf, plugInAuthenticator } from './pages/passkey';
import { choosePin, recoverPin } from './pages/pin';
import { send } from './pages/send';
import { unlockSettings } from './pages/unlock-settings';
import { addWallet, importPhrase, startWithout } from './pages/wallets';
import { lookAround, lookAtFolder, lookAtNetwork, lookAtParties } from './places';
import { plantInExtension } from './planted';
import { findings, type Sample, type Secrets } from './secrets';
import { type Owner, signIn, WORK_MS } from './steps';
import { type Kept, phraseSecrets, readKept, readShares, secretsOf } from './wallet-secrets';

/** As long as a PIN can be, so that none of it is found by chance. */
const OWNER: Owner = { account: 'Canary', pin: '482913750624', password: 'copper lantern drift' };
const WRONG_PIN = '739164082517';
const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

/** Where the protocol puts a secret: architecture, "Where a secret may live", and protocol, sections 2 and 5. */
const ALLOWED: readonly RegExp[] = [
  /^entropy in storage\.session, (creating|unlocked)/,
  /^keyring key in storage\.session, unlocked/,
  /^(vault|issuer) token \d+ in storage\.session, (signed in|creating|unlocked|recovering)/,
  /^vault token \d+ in network, POST vault\/session, answer body$/,
  /^issuer token \d+ in network, POST issuer\/session, answer body$/,
  /^vault token \d+ in network, [A-Z]+ vault\/[^,]+, request headers$/,
  /^issuer token \d+ in network, [A-Z]+ issuer\/[^,]+, request headers$/,
  /^ID token \d+ in network, POST vault\/session, request body$/,
  /^ID token \d+ in network, POST issuer\/session, request body$/,
  // The provider's redirect, in whose fragment it is.
  /^ID token \d+ in network, GET identity\/auth[^,]*, answer (headers|body)$/,
  /^back-end share in network, PUT vault\/generations\/1, request body$/,
  /^back-end share in network, POST vault\/generations\/1\/release, answer body$/,
];

/** Values that are no secret, and where they must be found: so that finding nothing else means something. */
const KNOWN: readonly RegExp[] = [
  /^salt in storage\.local, locked$/,
  /^salt in first profile, /,
  /^slot in network, POST vault\/generations, request body$/,
  /^slot in data of vault, db/,
  /^slot in data of issuer, db/,
  ...REALM_NAMES.map((name) => new RegExp(`^registration in data of ${name}, db`)),
  /^account in data of identity, /,
  ...['vault', 'issuer', ...REALM_NAMES].map((name) => new RegExp(`^service in log of ${name}$`)),
];

const isAllowed = (finding: string) => ALLOWED.some((pattern) => pattern.test(finding));

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfkey-canary-'));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test('no secret is anywhere but where the protocol puts it', async ({ stack, network, openBrowser }) => {
  test.setTimeout(300_000);
  const samples: Sample[] = [];
  let count = 0;
  const open = async (profile?: string) => {
    const logFile = join(folder, `console-${++count}`);
    const browserArguments = ['--enable-logging', `--log-file=${logFile}`];
    const browser = await openBrowser({ browserArguments, ...(profile === undefined ? {} : { profile }) });
    const page = await browser.openTab();
    const look = async (moment: string) => samples.push(...(await lookAround(browser, moment)));
    return { browser, page, look };
  };

  const first = await open();
  const { entropy, salt, keyringKey, prfOutput } = await createAndUse(stack, first);
  samples.push(...(await lookAtFolder(first.browser.profile, 'first profile')));

  const second = await open();
  await typeAndLosePower(second);
  samples.push(...(await lookAtFolder(second.browser.profile, 'second profile, PIN typed')));

  const third = await open(second.browser.profile);
  await recover(third);
  samples.push(...(await lookAtFolder(third.browser.profile, 'second profile')));

  const shares = await readShares(stack, OWNER);
  samples.push(
    ...lookAtNetwork(network, stack),
    ...(await lookAtParties(stack)),
    ...(await lookAtFolder(folder, 'console')),
  );

  const secrets: Secrets = {
    PIN: OWNER.pin,
    'wrong PIN': WRONG_PIN,
    password: OWNER.password,
    'keyring key': keyringKey,
    'passkey output': prfOutput,
    'passkey key': hkdf(prfOutput, 'halfkey/keyring-passkey/v2'),
    ...(await secretsOf(entropy, shares.accountId)),
    key: shares.key,
    'realm share': shares.realmShare,
    'back-end share': shares.backendShare,
    ...tokensOf(network, stack),
  };
  const found = findings(samples, secrets);
  expect(found.filter((finding) => !isAllowed(finding))).toEqual([]);
  // The search sees: each of these is where it has to be.
  expect(ALLOWED.filter((pattern) => !found.some((finding) => pattern.test(finding)))).toEqual([]);

  const known = findings(samples, {
    slot: shares.slot,
    registration: registrationOf(network),
    account: OWNER.account,
    service: '"service":"',
    salt,
  });
  expect(KNOWN.filter((pattern) => !known.some((finding) => pattern.test(finding)))).toEqual([]);
});

test('the search finds what is left in any of these places', async ({
  stack,
  network,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const marker = randomBytes(12).toString('hex');
  const browser = await openBrowser();
  const page = await browser.openTab();
  const background = await browser.background();

  await page.evaluate((planted) => {
    document.body.dataset.planted = planted;
    sessionStorage.setItem('planted', planted);
  }, marker);
  await background.evaluate(leaveEverywhere, marker);
  await browser.context.addCookies([{ name: 'planted', value: marker, url: stack.urls.identity }]);
  await page.evaluate(
    async ({ vault, planted }) => void (await fetch(`${vault}/?${planted}`, { method: 'POST', body: planted })),
    { vault: stack.urls.vault, planted: marker },
  );
  const samples = [...(await lookAround(browser, 'now')), ...lookAtNetwork(network, stack)];
  await browser.crash();
  samples.push(...(await lookAtFolder(browser.profile, 'profile')));
  const found = findings(samples, { marker });
  for (const place of [
    'document of /tab.html, now',
    'page storage of /tab.html, now',
    'storage.local, now',
    'storage.session, now',
    'IndexedDB, now',
    'caches, now',
    'cookies, now',
    'network, POST vault/, URL',
    'network, POST vault/, request body',
  ])
    expect(found).toContain(`marker in ${place}`);
  expect(found.some((finding) => finding.startsWith('marker in profile, '))).toBe(true);
});

test('the search finds what any part of the extension says on a console', async ({ extensionFolder, openBrowser }) => {
  const marker = randomBytes(12).toString('hex');
  const planted = plantInExtension(extensionFolder, `console.log('${marker}', location.pathname);`);
  const logFile = join(folder, 'planted');
  const browser = await openBrowser({
    extensionFolder: planted,
    browserArguments: ['--enable-logging', `--log-file=${logFile}`],
  });
  await browser.openPopup();
  await browser.openTab();
  const log = () => readFile(logFile, 'utf8');
  for (const part of ['/background.js', '/popup.html', '/tab.html', '/offscreen.html', '/assets/realm-worker'])
    await expect.poll(log).toContain(`${marker} ${part}`);
  expect(findings(await lookAtFolder(folder, 'console'), { marker })).toContain('marker in console, planted');
  rmSync(planted, { recursive: true });
});

test('a secret that stands readable on the screen is not written down for the next start', async ({
  openBrowser,
  lockedWallet,
}) => {
  const marker = randomBytes(12).toString('hex');
  const recovering = await openBrowser();
  const pinPage = await recovering.openTab();
  await signIn(recovering, pinPage, lockedWallet.account);
  await recoverPin(pinPage).shown();
  await recoverPin(pinPage).type(WRONG_PIN);
  await pinPage.getByRole('button', { name: 'Show the PIN' }).click();

  const unlocking = await openBrowser({ profile: lockedWallet.copy() });
  const passwordPage = await unlocking.openTab();
  await locked(passwordPage).type(OWNER.password);
  await passwordPage.getByRole('button', { name: 'Show the password' }).click();

  const importing = await openBrowser();
  const wordsPage = await importing.openTab();
  const phrase = wordsOf(new Uint8Array(randomBytes(16)));
  // Unlike the others in no list of words, so that it is found alone.
  const typo = `word${randomBytes(6).toString('hex')}`;
  await startWithout(wordsPage, OWNER.password);
  await addWallet(wordsPage).phrase();
  await importPhrase(wordsPage).paste(phrase);
  await importPhrase(wordsPage).type(3, typo);
  const typed = { PIN: WRONG_PIN, password: OWNER.password, typo, ...phraseSecrets(phrase) };

  for (const [browser, page] of [
    [recovering, pinPage],
    [unlocking, passwordPage],
    [importing, wordsPage],
  ] as const) {
    // What stands in an ordinary field is kept for the next start: once it is there, all that would be kept is.
    await page.evaluate(() => document.body.append(document.createElement('textarea')));
    await page.locator('textarea').pressSequentially(marker);
    const found = async () => findings(await lookAtFolder(browser.profile, 'profile'), { marker, ...typed });
    await expect
      .poll(found, { timeout: WORK_MS })
      .toEqual([expect.stringMatching(/^marker in profile, Default.Sessions/)]);
    await browser.crash();
    expect((await found()).filter((finding) => !finding.startsWith('marker'))).toEqual([]);
  }
});

/** In the background: `planted` in every storage of the extension's origin. */
async function leaveEverywhere(planted: string): Promise<void> {
  type Area = { set(items: object): Promise<void> };
  const { storage } = (globalThis as unknown as { chrome: { storage: { local: Area; session: Area } } }).chrome;
  await storage.local.set({ planted });
  await storage.session.set({ planted });
  await (await caches.open('planted')).put('https://planted.example/', new Response(planted));
  const opening = indexedDB.open('planted');
  opening.onupgradeneeded = () => opening.result.createObjectStore('planted').put(planted, 'planted');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  opening.result.close();
}

type Opened = { browser: WalletBrowser; page: Page; look: (moment: string) => Promise<unknown> };

/** Create, receive, send, lock, unlock, by a passkey too; then the power goes. */
async function createAndUse(
  stack: Stack,
  { browser, page, look }: Opened,
): Promise<Kept & { readonly prfOutput: Uint8Array }> {
  await signIn(browser, page, OWNER.account);
  await choosePin(page).shown();
  await look('signed in');
  await choosePin(page).type(OWNER.pin);
  await look('signed in, PIN typed');
  await choosePin(page).proceed();
  await choosePin(page).type(OWNER.pin);
  await look('signed in, PIN typed again');
  await choosePin(page).create();
  await look('creating');
  await backupVerified(page).shown(WORK_MS);
  await look('unlocked, backup verified');
  await backupVerified(page).proceed();
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).type(OWNER.password);
  await look('unlocked, password typed');
  await deviceUnlock(page).confirm();
  await home(page).shown(WORK_MS);
  const kept = await readKept(browser);
  await home(page).receive();
  await look('unlocked, receiving');
  await home(page).back();
  await sendSome(stack, page, () => look('unlocked, reviewing'));
  await home(page).lock();
  await locked(page).shown();
  await look('locked');
  await locked(page).type(OWNER.password);
  await page.getByRole('button', { name: 'Show the password' }).click();
  await look('locked, password typed');
  await locked(page).confirm();
  await home(page).shown(WORK_MS);
  await look('unlocked again');
  const prfOutput = await setPasskey(page, look);
  await browser.crash();
  return { ...kept, prfOutput };
}

/** Sets a passkey and unlocks with it. @returns what it computed, 32 bytes */
async function setPasskey(page: Page, look: Opened['look']): Promise<Uint8Array> {
  const authenticator = await plugInAuthenticator(page);
  const outputs = await overhearPrf(page);
  await unlockSettings(page).open();
  await unlockSettings(page).addPasskey(OWNER.password);
  await look('unlocked, passkey set');
  expect(await authenticator.ids()).toHaveLength(1);
  await unlockSettings(page).lock();
  await locked(page).passkeyShown();
  await look('locked, with a passkey');
  await locked(page).byPasskey();
  await home(page).shown(WORK_MS);
  await look('unlocked by a passkey');
  const [output, ...others] = new Set(outputs);
  expect(others).toEqual([]);
  return fromBase64url(output ?? '');
}

async function sendSome(stack: Stack, page: Page, atReview: () => Promise<unknown>): Promise<void> {
  await stack.chain.fund(getAddress(await home(page).address()), parseEther('1'));
  await home(page).balanceShown('1', WORK_MS);
  await home(page).send();
  await send(page).fill(RECIPIENT, '0.25');
  await page.getByRole('dialog').waitFor();
  await atReview();
  await send(page).confirm('0.25');
  await send(page).arrived(WORK_MS);
  await send(page).done();
}

/** A new device: the PIN stands readable in its field when the power goes. */
async function typeAndLosePower({ browser, page, look }: Opened): Promise<void> {
  await signIn(browser, page, OWNER.account);
  await recoverPin(page).shown();
  await recoverPin(page).type(OWNER.pin);
  await page.getByRole('button', { name: 'Show the PIN' }).click();
  await look('recovering, PIN typed');
  await browser.crash();
}

async function recover({ browser, page, look }: Opened): Promise<void> {
  await signIn(browser, page, OWNER.account);
  await recoverPin(page).shown();
  await recoverPin(page).enter(WRONG_PIN);
  await recoverPin(page).triesLeft();
  await look('recovering, PIN refused');
  await recoverPin(page).enter(OWNER.pin);
  await deviceUnlock(page).shown(WORK_MS);
  await look('unlocked, recovered');
  await deviceUnlock(page).usePassword(OWNER.password);
  await home(page).shown(WORK_MS);
  await home(page).lock();
  await locked(page).shown();
  await look('locked at the end');
  await browser.crash();
}

/** Signatures of all tokens that went through the network. */
function tokensOf({ exchanges }: Network, { urls }: Stack): Secrets {
  const sessions = exchanges.filter(({ method, url }) => method === 'POST' && url.endsWith('/session'));
  const tokens: [string, string][] = sessions.flatMap(({ url, requestBody, answer }, index) => {
    const { idToken } = JSON.parse(requestBody.toString());
    const { accessToken = '' } = JSON.parse(answer?.body.toString() ?? '{}');
    const party = url.startsWith(urls.vault) ? 'vault' : 'issuer';
    return [
      [`ID token ${index}`, idToken.split('.')[2]],
      [`${party} token ${index}`, accessToken.split('.')[2] ?? ''],
    ] as [string, string][];
  });
  return Object.fromEntries(tokens.filter(([, token]) => token.length > 20));
}

/** The version of the registration that was recovered, as the realms store it. */
function registrationOf({ exchanges }: Network): Uint8Array {
  const guess = exchanges.find(({ requestBody }) => requestBody.subarray(0, 16).includes('Recover2'));
  if (guess === undefined) throw new Error('nobody has recovered');
  return decode(guess.requestBody).Recover2.version;
}
