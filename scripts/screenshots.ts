/**
 * `npm run screenshots [PART OF A NAME ...]`: every screen in every state, light and dark, in three languages, 360 x 600;
 * those of the README into docs/pictures.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type Gallery, openGallery } from '@/e2e/gallery/serve';
import { type Language, type LanguageId, loadLanguage, type MessageKey } from '@/lib/i18n';
import { findChromium } from './bootstrap.mjs';

const ALL = fileURLToPath(new URL('../.cache/pictures/', import.meta.url));
const CHOSEN = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const LANGUAGES = ['en', 'zh-CN', 'es'] as const;
const POPUP = { width: 360, height: 600 };
const TAB = { width: 1_100, height: 760 };
const PARTS = { width: 720, height: 4_400 };

/** What the README shows. */
const OF_README = new Set([
  '01-welcome',
  '02-choose-pin',
  '03-creating',
  '04-backup-verified',
  '05-home',
  '06-send',
  '07-receive',
  '10-recover-wrong-pin',
]);

/** Digits that are typed before the picture is taken. */
const TYPED: Readonly<Record<string, string>> = { '02-choose-pin': '7294046' };

/** What is pressed before the picture is taken, by the key of its words. */
const PRESSED: Readonly<Record<string, MessageKey>> = {
  '05-home-activity': 'home.activity',
  '04-device-unlock-pin': 'device-unlock.pin',
  '12-forgot-erase-last': 'erase.next',
};

function sizeOf(story: string) {
  if (story.startsWith('13-firmware')) return TAB;
  return story.startsWith('00') ? PARTS : POPUP;
}

interface Look {
  readonly theme: Theme;
  readonly language: Language;
  readonly id: LanguageId;
}

async function takeOne(page: Page, gallery: Gallery, story: string, { theme, language, id }: Look): Promise<void> {
  await page.setViewportSize(sizeOf(story));
  await page.goto(gallery.address(story, id === 'en' ? { theme } : { theme, words: id }));
  await page.locator(`[data-shown="${story}"]`).waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready);
  // Nothing is pictured as if a mouse stood on it.
  await page.mouse.move(0, 0);
  const digits = TYPED[story];
  if (digits !== undefined) {
    await page.keyboard.type(digits);
    await page.getByText(said(language, 'choose-pin.good')).waitFor();
  }
  const pressed = PRESSED[story];
  if (pressed !== undefined) await page.getByText(said(language, pressed)).first().click();
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  const name = `${story}-${theme}${id === 'en' ? '' : `-${id}`}.png`;
  await page.screenshot({ path: `${ALL}${name}`, caret: 'hide' });
  if (OF_README.has(story) && id === 'en') await copyFile(`${ALL}${name}`, `${CHOSEN}${name}`);
}

/** Words without facts in them. */
function said(language: Language, key: MessageKey): string {
  const words = language.messages[key];
  if (typeof words !== 'string') throw new Error(`${key} is not the same every time`);
  return words;
}

async function takeAll(browser: Browser, gallery: Gallery, stories: readonly string[], look: Look): Promise<void> {
  const page = await browser.newPage({ deviceScaleFactor: 2, colorScheme: look.theme, reducedMotion: 'reduce' });
  for (const story of stories) await takeOne(page, gallery, story, look);
  await page.close();
}

async function storiesOf(browser: Browser, gallery: Gallery): Promise<readonly string[]> {
  const page = await browser.newPage();
  await page.goto(gallery.list);
  // The document is there before its words and its list are.
  await page.locator('[data-story]').first().waitFor();
  const stories = await page.locator('[data-story]').allTextContents();
  await page.close();
  if (stories.length === 0) throw new Error('the gallery is empty');
  return stories;
}

async function main(): Promise<void> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  await mkdir(ALL, { recursive: true });
  await mkdir(CHOSEN, { recursive: true });
  const gallery = await openGallery();
  const browser = await chromium.launch({ executablePath });
  try {
    const wanted = process.argv.slice(2);
    const stories = await storiesOf(browser, gallery);
    const chosen =
      wanted.length === 0 ? stories : stories.filter((story) => wanted.some((part) => story.includes(part)));
    for (const id of LANGUAGES) {
      const language = await loadLanguage(id);
      for (const theme of THEMES) await takeAll(browser, gallery, chosen, { theme, language, id });
    }
    process.stdout.write(`${chosen.length * THEMES.length * LANGUAGES.length} pictures in ${ALL}\n`);
  } finally {
    await browser.close();
    await gallery.close();
  }
}

await main();
