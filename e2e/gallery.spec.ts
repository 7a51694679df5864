import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { axeProblems, languageProblems, layoutProblems } from './gallery/looks';
import { type Gallery, type GalleryOptions, openGallery } from './gallery/serve';

const SIZES = {
  popup: { width: 360, height: 600 },
  narrow: { width: 320, height: 640 },
  panel: { width: 480, height: 800 },
  tab: { width: 1_100, height: 760 },
  /** Wide enough for the parts page, high enough for every screen to be seen without scrolling. */
  whole: { width: 720, height: 6_000 },
} as const;
type Size = keyof typeof SIZES;

let gallery: Gallery;
let browser: Browser;
let stories: readonly string[];

// Axe looks at hundreds of screens, each for about a second: the workers take tours of their own.
test.describe.configure({ mode: 'parallel', timeout: 600_000 });

test.beforeAll(async () => {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  gallery = await openGallery();
  browser = await chromium.launch({ executablePath });
  const page = await browser.newPage();
  await page.goto(gallery.list);
  // The document is there before its words and its list are.
  await page.locator('[data-story]').first().waitFor();
  stories = await page.locator('[data-story]').allTextContents();
  expect(stories.length).toBeGreaterThan(40);
  await page.close();
});

test.afterAll(async () => {
  await browser.close();
  await gallery.close();
});

/** One story in a window of its own, once it is drawn: the browser is done with a document before React is. */
async function open(story: string, prepare: (page: Page) => Promise<void> = async () => {}): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES.popup });
  await prepare(page);
  await page.goto(gallery.address(story, { theme: 'light' }));
  await shown(page, story);
  return page;
}

const shown = (page: Page, story: string) => page.locator(`[data-shown="${story}"]`).waitFor({ state: 'attached' });

/** Shows every story once, in each of the sizes, and collects what `look` finds wrong with it. */
async function tour(
  sizes: readonly [Size, ...Size[]],
  options: GalleryOptions,
  look: (page: Page) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const context = await browser.newContext({ viewport: SIZES[sizes[0]], reducedMotion: 'reduce' });
  const page = await context.newPage();
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => message.type() === 'error' && found.push(message.text()));
  for (const story of stories) {
    // The same document shows one story after the other: only what stands behind the hash changes.
    await page.goto(gallery.address(story, options));
    await shown(page, story);
    for (const size of sizes) {
      if (sizes.length > 1) await page.setViewportSize(SIZES[size]);
      await page.evaluate(() => {
        for (const animation of document.getAnimations()) animation.finish();
      });
      for (const problem of await look(page)) found.push(`${story} (${size}): ${problem}`);
    }
  }
  await context.close();
  return found;
}

for (const theme of ['light', 'dark'] as const)
  test(`every screen in every state passes axe in the ${theme} theme, with nothing left undecided`, async () => {
    expect(await tour(['whole'], { theme }, axeProblems)).toEqual([]);
  });

const EVERY_WIDTH = ['narrow', 'popup', 'panel', 'tab'] as const;
/** Where words run over first. Those that are longest are looked at in every width, all in the long form. */
const NARROWEST = process.env.HALFKEY_LONG ? EVERY_WIDTH : (['narrow'] as const);

for (const [name, words, widths] of [
  ['English', undefined, NARROWEST],
  ['Spanish', 'es', EVERY_WIDTH],
  ['Chinese', 'zh-CN', NARROWEST],
] as const)
  test(`no screen overflows in ${name}, in ${widths.join(', ')}`, async () => {
    const options = words === undefined ? {} : { words };
    expect(await tour(widths, { theme: 'light', ...options }, languageProblems)).toEqual([]);
  });

test('words that are 40 % longer do not overflow, in a side panel, a popup and a tab', async () => {
  expect(await tour(EVERY_WIDTH, { theme: 'light', words: 'pseudo' }, layoutProblems)).toEqual([]);
});

test('right to left does not break a screen, in a side panel, a popup and a tab', async () => {
  expect(await tour(EVERY_WIDTH, { theme: 'light', words: 'mirrored' }, layoutProblems)).toEqual([]);
});

test('what is being done is said to those who do not see it', async () => {
  const page = await open('03-creating-slow');
  const said = page.locator('[aria-live="polite"]');
  await expect(said.first()).toHaveText('2 of 4Storing one half');
  await expect(said.last()).toHaveText('This is taking longer than usual. Nothing is lost.');
  await page.close();
});

test('the focus stays inside of an open sheet', async () => {
  const page = await open('06-send-advanced');
  const isInside = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') instanceof Element);
  const stops = await page.locator('button, input').count();
  for (const key of ['Tab', 'Shift+Tab'])
    for (let stop = 0; stop < stops; stop++) {
      await page.keyboard.press(key);
      expect(await isInside()).toBe(true);
    }
  await page.close();
});

test('a PIN is typed without a mouse, and never stands in the document', async () => {
  const page = await open('02-choose-pin');
  await page.keyboard.type('7294046');
  await page.getByText('No date, no pattern. Good.').waitFor();
  expect(await page.content()).not.toContain('7294046');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Type it once more' })).toBeVisible();
  await page.keyboard.type('7294047');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not the same PIN.')).toBeVisible();
  expect(await page.content()).not.toContain('729404');
  await page.close();
});

test('a weak PIN is refused with the reason and cannot be continued with', async () => {
  const page = await open('02-choose-pin');
  for (const digit of '190585') await page.getByRole('button', { name: digit, exact: true }).click();
  await expect(page.getByText('That looks like a date.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await page.close();
});

test('a password never stands in the document', async () => {
  const page = await open('04-device-unlock-password');
  await page.keyboard.type('copper lantern drift');
  await expect(page.getByText('Good', { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain('lantern');
  await page.close();
});

test('before one of the last tries it has to be said that tries run out', async () => {
  const page = await open('10-recover-few-tries');
  await page.keyboard.type('7294046');
  await page.keyboard.press('Enter');
  const use = page.getByRole('button', { name: 'Use one try' });
  await expect(use).toBeDisabled();
  await page.getByRole('checkbox').click();
  await expect(use).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(use).toBeHidden();
  await page.close();
});

test('the button that sends does nothing before it is armed', async () => {
  const page = await open('06-send-review', async ({ clock }) => {
    await clock.install({ time: 0 });
    await clock.pauseAt(1_000);
  });
  const send = page.getByRole('button', { name: /^Send 0.25/ });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.clock.runFor(499);
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.clock.runFor(1);
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await page.close();
});

/** A page whose clock stands still, with a story that has an arming button in it. */
async function stillPage(story: string): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES.popup });
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.goto(gallery.address(story, { theme: 'light' }));
  await page.locator(`[data-shown="${story}"]`).waitFor({ state: 'attached' });
  return page;
}

test('the button that approves is armed anew when the window is lost, found again, or gets another size', async () => {
  const page = await stillPage('08-approval');
  const swap = page.getByRole('button', { name: 'Swap 0.5 ETH' });
  const armed = () => swap.getAttribute('aria-disabled').then((value) => value === null);
  await page.clock.runFor(500);
  await expect.poll(armed).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new Event('resize')));
  await expect.poll(armed).toBe(false);
  await page.clock.runFor(499);
  expect(await armed()).toBe(false);
  await page.clock.runFor(1);
  await expect.poll(armed).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await page.clock.runFor(5_000);
  await expect.poll(armed).toBe(false);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.clock.runFor(499);
  expect(await armed()).toBe(false);
  await page.clock.runFor(1);
  await expect.poll(armed).toBe(true);
  await page.close();
});

test('only a hand presses the button that approves, and no key that was meant for something else', async () => {
  const page = await stillPage('08-approval-phishing');
  await page.clock.runFor(500);
  const show = page.getByRole('button', { name: 'Show what it asks' });
  await expect(show).not.toHaveAttribute('aria-disabled', 'true');
  const pressed = () => page.evaluate(() => document.body.dataset.pressed ?? null);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BUTTON');
  await show.evaluate((button: HTMLElement) => button.click());
  expect(await pressed()).toBeNull();
  await show.click();
  expect(await pressed()).toBe('show');
  await page.close();
});

test('what honest sites never ask for needs a box to be ticked', async () => {
  const page = await browser.newPage({ viewport: SIZES.popup });
  await page.goto(gallery.address('09-sign-in-elsewhere', { theme: 'light' }));
  const sign = page.getByRole('button', { name: 'Sign in', exact: true });
  await expect(sign).toBeDisabled();
  await page.getByRole('checkbox').click();
  await expect(sign).toBeEnabled();
  await page.close();
});

test('a site sees the accounts that are ticked, and at least one', async () => {
  const page = await browser.newPage({ viewport: SIZES.popup });
  await page.goto(gallery.address('08-approval-connect', { theme: 'light' }));
  await page.getByRole('checkbox', { name: 'Savings' }).click();
  await expect(page.getByRole('button', { name: 'Connect 2' })).toBeEnabled();
  for (const name of ['Savings', 'Everyday']) await page.getByRole('checkbox', { name }).click();
  await expect(page.getByRole('button', { name: 'Connect 0' })).toBeDisabled();
  await page.close();
});

test('where something can be lost, refusing is at least as wide as agreeing', async () => {
  const page = await browser.newPage({ viewport: SIZES.popup });
  for (const story of ['08-approval-warning', '09-permit']) {
    await page.goto(gallery.address(story, { theme: 'light' }));
    const buttons = page.locator('footer button');
    const [reject, approve] = [await buttons.nth(0).boundingBox(), await buttons.nth(1).boundingBox()];
    expect(reject?.width ?? 0).toBeGreaterThanOrEqual(approve?.width ?? Number.POSITIVE_INFINITY);
    expect(reject?.x ?? 0).toBeLessThanOrEqual(approve?.x ?? 0);
  }
  await page.close();
});
