/** A OneKey Mini, simulated behind the USB of a real browser: added, checked, and asked to sign a payment and a message. */
import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { createPublicClient, type Hex, http, parseEther, verifyMessage } from 'viem';
import type { Stack } from '@/scripts/stack/stack';
import { ask } from './ask';
import type { WalletBrowser } from './browser';
import { approval, approvalWindow } from './pages/approval';
import { deviceUnlock } from './pages/device-unlock';
import { hardware } from './pages/hardware';
import { home } from './pages/home';
import { send } from './pages/send';
import { addWallet } from './pages/wallets';
import { welcome } from './pages/welcome';
import { createMini } from './simulators/onekey-mini/device';
import { type Person, type Screen, willing } from './simulators/onekey-mini/person';
import { type Cable, plugIn } from './simulators/onekey-mini/pipe';
import type { Mini, MiniOptions } from './simulators/onekey-mini/types';
import type { Site } from './site';
import { WORK_MS } from './steps';

export interface HardwareWorld {
  readonly stack: Pick<Stack, 'chain'>;
  openBrowser(): Promise<WalletBrowser>;
  openSite(): Promise<Site>;
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

const RECIPIENT = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const PASSWORD = 'copper lantern drift';
const PIN = '1234';
/** m/44'/60'/0'/0/0 of the simulator's words, without a passphrase. */
export const FIRST = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94';

export interface PluggedMini {
  readonly mini: Mini;
  readonly cable: Cable;
  /** What stood on its screen to be confirmed, as one text. */
  readonly shown: () => string;
}

/** @param person who presses; without one, whoever confirms everything */
export function pluggedMini(options: Partial<MiniOptions> = {}): PluggedMini {
  const seen: Screen[] = [];
  const { person = willing(PIN), ...rest } = options;
  const looking: Person = (screen) => {
    seen.push(screen);
    return person(screen);
  };
  const mini = createMini({
    mnemonic: `${'abandon '.repeat(11)}about`,
    pin: PIN,
    person: looking,
    random: (length) => new Uint8Array(randomBytes(length)),
    after: () => () => undefined,
    ...rest,
  });
  const shown = () =>
    seen.flatMap((screen) => (screen.kind === 'confirm' ? [screen.title, ...screen.lines] : [])).join(' ');
  return { mini, cable: plugIn(mini), shown };
}

/** From the welcome page to the choice of a first wallet, with a lock for this browser. */
export async function setLock(page: Page, how: 'usePassword' | 'useOnlyPassword' = 'usePassword'): Promise<void> {
  await welcome(page).shown();
  await welcome(page).haveWallet();
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page)[how](PASSWORD);
  await addWallet(page).firstShown();
}

/** The same in the only tab of the wallet. */
export async function beginWithLock(page: Page): Promise<void> {
  await setLock(page);
  // A browser that has just got the wallet opens it by itself: who owns the device is one tab.
  const others = page
    .context()
    .pages()
    .filter((one) => one !== page && one.url().endsWith('/tab.html'));
  for (const other of others) await other.close();
  await page.bringToFront();
}

/** @returns the page, at home, and where the device is plugged in. @throws Error at the first thing that is not as told */
export async function playHardware(world: HardwareWorld, { cable, shown } = pluggedMini()) {
  const { stack, step } = world;
  const browser = await world.openBrowser();
  const page = await browser.openTab();
  page.setDefaultTimeout(WORK_MS);
  const socket = await hardware(page).plugIn(cable);

  await step('Pair: its first account is in the list once the device has shown it', async () => {
    await beginWithLock(page);
    await hardware(page).choose();
    await hardware(page).connect();
    await hardware(page).add();
    await home(page).shown();
    expect(shown()).toContain(FIRST);
    expect(await home(page).address()).toBe(FIRST);
  });
  await step('Receive: the address is checked on the device', async () => {
    await home(page).receive();
    await page.getByRole('button', { name: 'Check on the device' }).click();
    await hardware(page).compareShown();
    await hardware(page).connect();
    await page.getByText('Confirmed on the device.').waitFor();
    await hardware(page).done();
    await home(page).shown();
  });
  await step('Send: confirmed on the device and mined, with the background stopped meanwhile', async () => {
    const reader = createPublicClient({ transport: http(stack.chain.rpcUrl) });
    await stack.chain.fund(FIRST, parseEther('1'));
    const before = await reader.getBalance({ address: RECIPIENT });
    await page.reload();
    await pay(page, '0.25');
    await browser.killWorker();
    await hardware(page).compareShown();
    await page.getByText('0.25 ETH', { exact: true }).waitFor();
    await hardware(page).connect();
    await hardware(page).signed();
    expect(shown()).toContain(RECIPIENT);
    await expect.poll(() => reader.getBalance({ address: RECIPIENT })).toBe(before + parseEther('0.25'));
    await hardware(page).done();
    await home(page).shown();
  });
  await step('Sign: a site’s message, answered by a background that was stopped meanwhile', () =>
    signForSite(world, browser, page),
  );
  return { browser, page, socket };
}

/** Up to the page that asks the device. */
export async function pay(page: Page, amount: string): Promise<void> {
  await home(page).send();
  await send(page).fill(RECIPIENT, amount);
  await send(page).confirm(amount);
  await hardware(page).asks('a transaction');
}

async function signForSite(world: HardwareWorld, browser: WalletBrowser, page: Page): Promise<void> {
  const site = await world.openSite();
  try {
    const visit = await browser.context.newPage();
    await visit.goto(site.origin);
    const connected = ask(visit, 'eth_requestAccounts');
    const asking = await approvalWindow(browser.context);
    await approval(asking).approve(/^Connect/);
    await approval(asking).closed();
    expect(await connected).toEqual({ result: [FIRST.toLowerCase()] });
    const message = 'Sign in to example.org';
    const signed = ask(visit, 'personal_sign', [`0x${Buffer.from(message).toString('hex')}`, FIRST]);
    await approval(await approvalWindow(browser.context)).approve(/^Sign/);
    await hardware(page).asks('a message');
    await browser.killWorker();
    await page.bringToFront();
    await page.getByText(message).waitFor();
    await hardware(page).connect();
    await hardware(page).signed();
    const answer = await signed;
    if (!('result' in answer)) throw new Error(answer.message);
    expect(await verifyMessage({ address: FIRST, message, signature: answer.result as Hex })).toBe(true);
    await hardware(page).done();
    await home(page).shown();
    await visit.close();
  } finally {
    await site.stop();
  }
}

/** Whether the page has loaded a script that says this; from its next document on. */
export function watchScripts(page: Page, said: string): () => Promise<boolean> {
  const scripts = new Set<string>();
  page.on('request', (request) => request.url().endsWith('.js') && scripts.add(request.url()));
  return () =>
    page.evaluate(
      async ({ urls, said }) => {
        const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
        return texts.some((text) => text.includes(said));
      },
      { urls: [...scripts], said },
    );
}
