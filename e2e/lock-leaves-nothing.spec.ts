import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { wordsOf } from '@/lib/crypto/mnemonic';
import type { Stack } from '@/scripts/stack/stack';
import type { WalletBrowser } from './browser';
import { DEVTOOLS_ARGUMENTS, type DevTools, openDevTools, type Target } from './devtools';
import { expect, test } from './fixtures';
import { lookAtHeap } from './heap';
import { asks, asksRealm } from './kill';
import type { Network } from './network';
import { backup } from './pages/backup';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { lookAround, lookAtFolder } from './places';
import { CAN_READ_MEMORY, type Counts, countInMemory } from './process-memory';
import { findings, type Sample, type Secrets } from './secrets';
import { createWallet, WORK_MS } from './steps';
import { openDevice, recover } from './story/device';
import { readKept, readShares, secretsOf } from './wallet-secrets';

/** As long as a PIN can be, so that none of it is found by chance. */
const OWNER = { account: 'Lock', pin: '482913750624', password: 'copper lantern drift' };

/** What an open wallet holds and where, so that finding nothing in a locked one means something. */
const HELD_WHILE_OPEN: readonly RegExp[] = [
  /^PIN in (strings|joined strings) of worker realm-worker\.js, realms asked$/,
  /^entropy in storage\.session, unlocked$/,
  /^keyring key in storage\.session, unlocked$/,
  /^words \d+ in strings of page tab\.html, unlocked$/,
];

test('a wallet that is locked has left nothing in storage, files or heaps, and little in memory', async ({
  stack,
  network,
  openBrowser,
}) => {
  test.setTimeout(300_000);
  const browser = await openBrowser({ browserArguments: DEVTOOLS_ARGUMENTS });
  const tab = await browser.openTab();
  await createWallet(browser, tab, OWNER);
  await revealWords(tab);
  const popup = await browser.openPopup();
  await home(popup).lock();
  await Promise.all([locked(popup).shown(), locked(tab).shown()]);

  // By another device: nothing was read out of this browser so far.
  const tools = await openDevTools(browser.profile);
  const known = await secretsOfOwner(stack);
  await tools.collectGarbage();
  const memoryLocked = await countMemory(tools, known);
  note('locked', memoryLocked);
  const samples = [...(await lookAtHeaps(tools, /./, 'locked')), ...(await lookAround(browser, 'locked'))];
  const files = await lookAtFolder(browser.profile, 'profile, locked');
  await popup.close();

  await locked(tab).unlock(OWNER.password);
  await home(tab).shown(WORK_MS);
  const { keyringKey } = await readKept(browser);
  const secrets: Secrets = { ...known, 'keyring key': keyringKey };
  expect.soft(findings([...samples, ...files], secrets)).toEqual([]);

  const open: Open = { browser, tab, tools, network, secrets };
  const memoryAsking = await practise(open, samples);
  await revealWords(tab);
  samples.push(...(await lookAtHeaps(tools, /background|tab/, 'unlocked')), ...(await lookAround(browser, 'unlocked')));
  const memoryOpen = await countMemory(tools, secrets);
  note('during a recovery', memoryAsking);
  note('open', memoryOpen);
  const found = findings(samples, secrets);
  expect.soft(HELD_WHILE_OPEN.filter((pattern) => !found.some((finding) => pattern.test(finding)))).toEqual([]);
  tools.close();
  await browser.crash();
  expect.soft(findings(await lookAtFolder(browser.profile, 'profile, open and without power'), secrets)).toEqual([]);

  if (!CAN_READ_MEMORY) return;
  expect(memoryAsking['realm share (bytes)']?.renderer).toBeGreaterThan(0);
  expect(memoryOpen.entropy?.renderer).toBeGreaterThan(0);
  const bytesLeft = Object.entries(memoryLocked).filter(([name, of]) => name.endsWith('(bytes)') && of.renderer);
  expect(bytesLeft).toEqual([]);
});

test('the search finds what any part of the extension holds, in every form', async ({ openBrowser }) => {
  const browser = await openBrowser({ browserArguments: DEVTOOLS_ARGUMENTS });
  await browser.openTab();
  await browser.background();
  const tools = await openDevTools(browser.profile);
  const targets = await tools.targets();
  expect(targets.map(({ name }) => name).sort()).toEqual(['page tab.html', 'service_worker background.js']);
  const [texts, buffers]: [Record<string, string>, Record<string, Buffer>] = [{}, {}];
  for (const target of targets) {
    for (const [form, hold] of Object.entries(HOLD_TEXT))
      texts[`${form} of ${target.name}`] = (await plant(target, hold)).toString('hex');
    for (const [form, hold] of Object.entries(HOLD_BYTES))
      buffers[`${form} of ${target.name}`] = await plant(target, hold);
  }
  const found = findings(await lookAtHeaps(tools, /./, 'now'), texts);
  expect(Object.keys(texts).filter((name) => !found.some((finding) => finding.startsWith(`${name} in `)))).toEqual([]);
  if (CAN_READ_MEMORY) {
    const counts = await countMemory(tools, buffers);
    expect(Object.keys(buffers).filter((name) => !counts[`${name} (bytes)`]?.renderer)).toEqual([]);
  }
  tools.close();
});

/** Ways to hold a secret that is handed over as numbers, each less than 256: functions, as text. */
const HOLD_TEXT: Readonly<Record<string, string>> = {
  string: "(numbers) => numbers.map((each) => each.toString(16).padStart(2, '0')).join('')",
  'string, put together': "(numbers) => numbers.reduce((text, each) => text + each.toString(16).padStart(2, '0'), '')",
};
const HOLD_BYTES: Readonly<Record<string, string>> = {
  'few bytes': '(numbers) => Uint8Array.from(numbers)',
  buffer: '(numbers) => { const bytes = new Uint8Array(100_000); bytes.set(numbers, 70_000); return bytes.buffer; }',
  'closure over bytes': '(numbers) => { const bytes = Uint8Array.from(numbers); return () => bytes; }',
  'memory of WebAssembly': `(numbers) => {
    const memory = new WebAssembly.Memory({ initial: 10 });
    new Uint8Array(memory.buffer).set(numbers, 500_000);
    return memory;
  }`,
};

/** @returns a new secret, which the target holds from now on, made there out of numbers that are no form of it */
async function plant(target: Target, hold: string): Promise<Buffer> {
  const secret = randomBytes(32);
  const masked = [...secret].map((byte) => byte ^ 0x5a);
  const expression = `(globalThis.held ??= []).push((${hold})([${masked}].map((each) => each ^ 0x5a))), 0`;
  await target.send('Runtime.evaluate', { expression });
  return secret;
}

async function revealWords(page: Page): Promise<void> {
  await backup(page).open();
  await backup(page).showWords(OWNER.password, WORK_MS);
  await page.getByRole('button', { name: 'Show word 5' }).click();
}

async function secretsOfOwner(stack: Stack): Promise<Secrets> {
  const { bytes: entropy } = await recover(await openDevice(stack, OWNER.account), OWNER.pin);
  const { accountId, key, realmShare, backendShare } = await readShares(stack, OWNER);
  return {
    PIN: OWNER.pin,
    ...(await secretsOf(entropy, accountId)),
    phrase: wordsOf(entropy),
    key,
    'realm share': realmShare,
    'back-end share': backendShare,
  };
}

const lookAtHeaps = async (tools: DevTools, names: RegExp, moment: string): Promise<Sample[]> => {
  const targets = (await tools.targets()).filter(({ name }) => names.test(name));
  return (await Promise.all(targets.map((target) => lookAtHeap(target, moment)))).flat();
};

const countMemory = async (tools: DevTools, secrets: Secrets): Promise<Counts> =>
  CAN_READ_MEMORY ? countInMemory(await tools.processes(), secrets) : {};

interface Open {
  readonly browser: WalletBrowser;
  readonly tab: Page;
  readonly tools: DevTools;
  readonly network: Network;
  readonly secrets: Secrets;
}

/** Practises a recovery, and looks into it. @returns what stands in memory while the vault is asked */
async function practise({ tab, tools, network, secrets }: Open, samples: Sample[]): Promise<Counts> {
  await backup(tab).open();
  await backup(tab).beginPractice(OWNER.account);
  const atRealms = network.hold(asksRealm('Recover2'), 'request');
  const atVault = network.hold(asks('POST', '/generations/1/release'), 'request');
  await backup(tab).practise(OWNER.pin);
  await atRealms.arrived;
  samples.push(...(await lookAtHeaps(tools, /realm-worker/, 'realms asked')));
  atRealms.pass();
  await atVault.arrived;
  const counts = await countMemory(tools, secrets);
  atVault.pass();
  await backup(tab).practised(WORK_MS);
  await backup(tab).done();
  return counts;
}

function note(moment: string, counts: Counts): void {
  const [type, description] = [`in the memory of processes, ${moment}`, JSON.stringify(counts)];
  test.info().annotations.push({ type, description });
  process.stderr.write(`${type}: ${description}\n`);
}
