/** The main story, played in real browsers: create, lose the device, recover, spend, and once more with one realm down. */
import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, type Hex, http, parseEther } from 'viem';
import type { Stack } from '@/scripts/stack/stack';
import type { WalletBrowser } from './browser';
import { backupVerified, creating } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { choosePin, recoverPin } from './pages/pin';
import { providerWindow } from './pages/provider';
import { send } from './pages/send';
import { welcome } from './pages/welcome';

/** What the story needs of a browser, whichever it is. */
export type StoryBrowser = Pick<WalletBrowser, 'context' | 'openTab' | 'close'>;

export interface StoryWorld<Browser extends StoryBrowser = StoryBrowser> {
  readonly stack: Pick<Stack, 'chain' | 'stopRealm' | 'startRealm'>;
  /** The name of an account that has no wallet yet. */
  readonly account: string;
  /** A browser with a new profile; closing it throws the profile away. */
  openBrowser(): Promise<Browser>;
  /** What happens to the browser between two steps, with its page open. */
  meanwhile?(opened: Opened<Browser>, before: 'password' | 'right-pin' | 'send'): Promise<void>;
  /** Runs one named part. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

export interface StoryOutcome {
  readonly address: string;
  readonly sameAddress: boolean;
  readonly wrongPinTriesLeft: number;
  readonly recoveredWithRealmDown: boolean;
  /** Mined. */
  readonly txHash: string;
  /** When the first page was first shown, on the clock of `performance.now()`. */
  readonly welcomeAtMs: number;
  readonly ms: { readonly create: number; readonly recover: number };
}

const PIN = '482913';
const WRONG_PIN = '739164';
const PASSWORD = 'copper lantern drift';
const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const FUNDS = '2';
const SENT = '0.25';
/** Of what the two cores of a small machine do at their own pace: hashing, several servers, a browser. */
const WORK_MS = 60_000;
/** Of everything else. */
const PATIENCE_MS = 60_000;

/** @throws Error at the first thing that is not as told */
export async function playStory(world: StoryWorld): Promise<StoryOutcome> {
  const first = await createAndFund(world);
  const second = await recoverAndSend(world);
  const third = await recoverWithRealmDown(world);
  const same = [second.address, third].every((address) => address === first.address);
  return {
    address: first.address,
    sameAddress: same,
    wrongPinTriesLeft: second.triesLeft,
    recoveredWithRealmDown: third === first.address,
    txHash: second.txHash,
    welcomeAtMs: first.welcomeAtMs,
    ms: { create: first.createMs, recover: second.recoverMs },
  };
}

/** The first half: a wallet with funds, whose browser is thrown away. */
export async function createAndFund<Browser extends StoryBrowser>(world: StoryWorld<Browser>) {
  const { step, stack } = world;
  const { browser, page } = await step('A new profile opens on the welcome page', () => open(world));
  const welcomeAtMs = performance.now();
  await step('Continue with Google', () => signIn(world.account, browser, page));
  await step('Choose a PIN, and type it once more', async () => {
    await choosePin(page).shown();
    await choosePin(page).choose(PIN);
  });
  const startedAtMs = performance.now();
  await step('Progress, step by step', async () => {
    await choosePin(page).confirm(PIN);
    await creating(page).shown();
  });
  await step('Backup verified', () => backupVerified(page).shown(WORK_MS));
  const createMs = Math.round(performance.now() - startedAtMs);
  await step('Choose how this browser unlocks: a password', async () => {
    await backupVerified(page).proceed();
    await deviceUnlock(page).shown(WORK_MS);
    await world.meanwhile?.({ browser, page }, 'password');
    await deviceUnlock(page).usePassword(PASSWORD);
  });
  const address = await step('Home, with an address', async () => {
    await home(page).shown();
    return home(page).address();
  });
  await step('Funds arrive on the local chain', async () => {
    await stack.chain.fund(getAddress(address), parseEther(FUNDS));
    await home(page).balanceShown(FUNDS, WORK_MS);
  });
  await step('The browser profile is thrown away', () => browser.close());
  return { address, createMs, welcomeAtMs };
}

/** The second: it is recovered in another browser, and spent from. */
export async function recoverAndSend<Browser extends StoryBrowser>(world: StoryWorld<Browser>) {
  const { step, stack } = world;
  const { browser, page } = await step('A new profile signs in', () => openAndSignIn(world));
  const triesLeft = await step('A wrong PIN: the tries left are shown', async () => {
    await recoverPin(page).shown();
    await recoverPin(page).enter(WRONG_PIN);
    return recoverPin(page).triesLeft();
  });
  await world.meanwhile?.({ browser, page }, 'right-pin');
  const { address, recoverMs } = await step('The right PIN: the same address', () => recoverHere(page));
  const txHash = await step('Send, mined', async () => {
    await home(page).balanceShown(FUNDS, WORK_MS);
    await world.meanwhile?.({ browser, page }, 'send');
    await home(page).send();
    await send(page).fill(RECIPIENT, SENT);
    await send(page).confirm(SENT);
    await send(page).arrived(WORK_MS);
    await send(page).done();
    return requireMined(stack.chain.rpcUrl, address, await home(page).lastHash());
  });
  await step('This profile is thrown away, too', () => browser.close());
  return { address, recoverMs, triesLeft, txHash };
}

async function recoverWithRealmDown(world: StoryWorld): Promise<string> {
  const { step, stack } = world;
  await step('One realm is stopped', () => stack.stopRealm(0));
  const { browser, page } = await step('One more new profile signs in', () => openAndSignIn(world));
  const { address } = await step('The right PIN, with one realm down: the same address', async () => {
    await recoverPin(page).shown();
    return recoverHere(page);
  });
  await browser.close();
  await step('The realm comes back', () => stack.startRealm(0));
  return address;
}

/** A browser of the story, and the page that it is played in. */
export interface Opened<Browser extends StoryBrowser> {
  readonly browser: Browser;
  readonly page: Page;
}

async function open<Browser extends StoryBrowser>({ openBrowser }: StoryWorld<Browser>): Promise<Opened<Browser>> {
  const browser = await openBrowser();
  const page = await browser.openTab();
  page.setDefaultTimeout(PATIENCE_MS);
  await welcome(page).shown();
  return { browser, page };
}

async function signIn(account: string, { context }: StoryBrowser, page: Page): Promise<void> {
  const provider = await providerWindow(context, welcome(page).continueWithGoogle);
  await provider.chooseAccount(account);
}

async function openAndSignIn<Browser extends StoryBrowser>(world: StoryWorld<Browser>): Promise<Opened<Browser>> {
  const opened = await open(world);
  await signIn(world.account, opened.browser, opened.page);
  return opened;
}

async function recoverHere(page: Page): Promise<{ address: string; recoverMs: number }> {
  const startedAtMs = performance.now();
  await recoverPin(page).enter(PIN);
  await deviceUnlock(page).shown(WORK_MS);
  const recoverMs = Math.round(performance.now() - startedAtMs);
  await deviceUnlock(page).usePassword(PASSWORD);
  await home(page).shown();
  return { address: await home(page).address(), recoverMs };
}

/** Asks the chain itself. @returns the hash */
async function requireMined(rpcUrl: string, from: string, hash: string): Promise<string> {
  const chain = createPublicClient({ transport: http(rpcUrl) });
  const [receipt, transaction] = await Promise.all([
    chain.getTransactionReceipt({ hash: hash as Hex }),
    chain.getTransaction({ hash: hash as Hex }),
  ]);
  const asTold =
    receipt.status === 'success' &&
    getAddress(transaction.from) === getAddress(from) &&
    getAddress(transaction.to ?? '0x') === RECIPIENT &&
    transaction.value === parseEther(SENT);
  if (!asTold) throw new Error(`transaction ${hash} is not what was sent`);
  return hash;
}
