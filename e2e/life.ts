/** The whole life of a backup in two browsers: made, practised, its PIN changed, told, deleted, undone, deleted, gone. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import type { PartyName } from '@/scripts/stack/parties';
import type { Stack } from '@/scripts/stack/stack';
import { openDatabase } from '@/services/http/database/database';
import type { WalletBrowser } from './browser';
import { backup } from './pages/backup';
import { backupVerified } from './pages/creating';
import { home } from './pages/home';
import { recoverPin } from './pages/pin';
import { backUp, seal, signIn, WORK_MS } from './steps';

export interface LifeWorld {
  readonly stack: Pick<Stack, 'passTime' | 'dataOf'>;
  /** The name of an account that has no wallet yet. */
  readonly account: string;
  openBrowser(): Promise<WalletBrowser>;
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

const PIN = '482913';
const NEW_PIN = '905172';
const PASSWORD = 'copper lantern drift';
const PATIENCE_MS = 20_000;
const DELAY_MS = 73 * 3_600_000;
const DELETED_WITHIN_MS = 420_000;
/** So long after it found nothing new: the vault may erase just after it was asked. */
const ISSUER_LOOKS_EVERY_MS = 10 * 60_000;
/** The jobs of vault and issuer run every two seconds here, at once after a start. */
const LOOK_AGAIN_MS = 8_000;

/** @throws Error at the first thing that is not as told */
export async function playLife(world: LifeWorld): Promise<void> {
  const { step, account } = world;
  const a = await step('A makes a wallet', () => createOn(world));
  const address = await home(a).address();
  const b = await step('B recovers it: a practice on a second device', () => recoverOn(world, PIN));
  await step('Both show the same wallet and the same code', async () => {
    expectSame(await home(b).address(), address);
    await backup(a).open();
    await backup(a).realmsUp('Three of three');
    await backup(b).open();
    expectSame(await backup(b).compareCode(), await backup(a).compareCode());
    await backup(a).sameCode();
    await backup(a).lastPractised();
  });
  await step('A practises on its own, too, item by item', async () => {
    await backup(a).practiseHere(account, PIN, WORK_MS);
    await backup(a).done();
  });
  await step('A changes the PIN, without the old one', async () => {
    await backup(a).open();
    await backup(a).changePin(account, PASSWORD, NEW_PIN);
    await backup(a).pinChanged(WORK_MS);
    await backup(a).done();
  });
  await step('B is told', async () => {
    // Its backup page asks the servers.
    for (const _ of ['the code', 'the backup', 'the settings']) await backup(b).back();
    await backup(b).open();
    await backup(b).back();
    await backup(b).back();
    await backup(b).toldOfChange(WORK_MS);
    await backup(b).noted();
  });
  const c = await step('The old PIN is refused on a new device', async () => {
    const page = await openOn(world);
    await recoverPin(page).shown();
    await recoverPin(page).enter(PIN);
    expectSame(String(await recoverPin(page).triesLeft()), '7');
    return page;
  });
  await step('The new PIN recovers the same wallet there', async () => {
    await recoverPin(c).enter(NEW_PIN);
    await seal(c, PASSWORD);
    expectSame(await home(c).address(), address);
  });
  await step('A deletes the backup, after the words could be written down', async () => {
    await backup(a).open();
    expectSame(String(await backup(a).orderDeletion(account, PASSWORD, NEW_PIN, WORK_MS)), '24');
  });
  await step('A undoes it', () => backup(a).undo(account, WORK_MS));
  await step('A deletes it again', async () => {
    await backup(a).open();
    await backup(a).orderDeletion(account, PASSWORD, NEW_PIN, WORK_MS);
  });
  await step('72 hours pass: the stores are empty', () => emptied(world));
}

async function openOn({ openBrowser, account }: LifeWorld): Promise<Page> {
  const browser = await openBrowser();
  const page = await browser.openTab();
  page.setDefaultTimeout(PATIENCE_MS);
  await signIn(browser, page, account);
  return page;
}

async function createOn(world: LifeWorld): Promise<Page> {
  const page = await openOn(world);
  await backUp(page, PIN);
  await backupVerified(page).proceed();
  await seal(page, PASSWORD);
  return page;
}

async function recoverOn(world: LifeWorld, pin: string): Promise<Page> {
  const page = await openOn(world);
  await recoverPin(page).shown();
  await recoverPin(page).enter(pin);
  await seal(page, PASSWORD);
  return page;
}

function expectSame(found: string, expected: string): void {
  if (found !== expected || found === '') throw new Error(`${found} instead of ${expected}`);
}

/** What can still hold a piece of a backup, asked of each database once its server has stopped. */
const PIECES: readonly (readonly [PartyName, string])[] = [
  ['vault', "SELECT count(*)::int AS rows FROM account WHERE document::jsonb->'active' <> 'null'::jsonb"],
  ['issuer', "SELECT count(*)::int AS rows FROM account WHERE jsonb_array_length(document::jsonb->'slots') > 0"],
  ['realm-1', 'SELECT count(*)::int AS rows FROM realm_record WHERE encrypted_secret IS NOT NULL'],
  ['realm-2', 'SELECT count(*)::int AS rows FROM realm_record WHERE encrypted_secret IS NOT NULL'],
  ['realm-3', 'SELECT count(*)::int AS rows FROM realm_record WHERE encrypted_secret IS NOT NULL'],
];

/** How many rows hold a piece, a party each. */
async function countPieces({ stack }: LifeWorld): Promise<number[]> {
  const counts: number[] = [];
  for (const [name, query] of PIECES) {
    const database = await openDatabase<never>({ dataDir: join(stack.dataOf(name), 'db') });
    const { rows } = await sql<{ rows: number }>`${sql.raw(query)}`.execute(database.db);
    counts.push(rows[0]?.rows ?? -1);
    await database.close();
  }
  return counts;
}

/** A piece with everybody, then none: no device asks for anything meanwhile. */
async function emptied(world: LifeWorld): Promise<void> {
  const { stack } = world;
  const look = async (aheadMs: number): Promise<number[]> => {
    let counts: number[] = [];
    await stack.passTime(aheadMs, async () => {
      counts = await countPieces(world);
    });
    return counts;
  };
  // Slots that a PIN reset has retired may still be with the realms: their last register token lives for minutes.
  const before = await look(DELAY_MS);
  if (!before.every((count) => count > 0)) throw new Error(`nothing there, a party each: ${before.join()}`);
  let aheadMs = DELAY_MS;
  try {
    const untilMs = performance.now() + DELETED_WITHIN_MS;
    for (;;) {
      await delay(LOOK_AGAIN_MS);
      const counts = await look(ISSUER_LOOKS_EVERY_MS);
      aheadMs += ISSUER_LOOKS_EVERY_MS;
      if (counts.every((count) => count === 0)) return;
      if (performance.now() > untilMs) throw new Error(`still there, a party each: ${counts.join()}`);
    }
  } finally {
    await stack.passTime(-aheadMs);
  }
}
