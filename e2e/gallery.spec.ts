import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { type Gallery, type GalleryOptions, openGallery } from './gallery/serve';

const SIZES = {
  popup: { width: 360, height: 600 },
  narrow: { width: 320, height: 640 },
  tab: { width: 1_100, height: 760 },
} as const;
type Size = keyof typeof SIZES;

let gallery: Gallery;
let browser: Browser;
let stories: readonly string[];

// Axe looks at hundreds of screens, each for about a second: both workers take a tour of their own.
test.describe.configure({ mode: 'parallel', timeout: 1_200_000 });

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

async function axeProblems(page: Page): Promise<readonly string[]> {
  // A tour stays in one document: axe is read once, not again for each of its screens.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id} ${html} ${any[0]?.message ?? ''}`),
    );
  }, AXE_OPTIONS);
}
const AXE_OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
};

/** What sticks out of the window or is cut inside its own box. The parts page is made for a wide window. */
async function overflows(page: Page): Promise<readonly string[]> {
  if (page.url().includes('00-components')) return [];
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const name = (element: Element) => `${element.tagName} ${element.textContent?.slice(0, 60)}`;
    const seen = (element: Element) => element.closest('.sr-only, svg, [aria-hidden="true"]') === null;
    const all = [...document.querySelectorAll('#root *, [role="dialog"] *')].filter(seen);
    const outside = all.filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (left < -0.5 || right > width + 0.5);
    });
    const cut = all.filter((element) => {
      const clips = getComputedStyle(element).overflowX !== 'visible' && element.tagName !== 'INPUT';
      return clips && element.scrollWidth > element.clientWidth + 1;
    });
    const short = [...document.querySelectorAll('button')].filter(
      (button) => button.scrollWidth > button.clientWidth + 1,
    );
    return [
      ...outside.map((element) => `outside ${name(element)}`),
      ...cut.map((element) => `cut ${name(element)}`),
      ...short.map((element) => `button too short ${name(element)}`),
    ];
  });
}

for (const theme of ['light', 'dark'] as const)
  test(`every screen in every state passes axe in the ${theme} theme`, async () => {
    expect(await tour(['popup'], { theme }, axeProblems)).toEqual([]);
  });

test('no screen overflows at 320, at 360 and in a tab', async () => {
  expect(await tour(['narrow', 'popup', 'tab'], { theme: 'light' }, overflows)).toEqual([]);
});

test('words that are 40 % longer do not overflow', async () => {
  expect(await tour(['popup'], { theme: 'light', words: 'pseudo' }, overflows)).toEqual([]);
});

test('right to left does not break a screen', async () => {
  expect(await tour(['popup'], { theme: 'light', words: 'mirrored' }, overflows)).toEqual([]);
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
