/** What is looked for on a screen of the gallery. Each answers with what is wrong, in words; nothing where all is well. */
import type { Page } from '@playwright/test';
import axe, { type NodeResult, type RunOptions } from 'axe-core';

const AXE_OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations', 'incomplete'],
};

/**
 * What axe leaves to a person, and a person has judged:
 * - Behind an open sheet everything is hidden from readers and can still take the focus. The sheet keeps the focus
 *   inside, which has a test of its own.
 * - Words of a sheet lie over what is behind it. Its own ground covers that, and has the contrast of the page.
 */
const JUDGED = [
  { rule: 'aria-hidden-focus', within: '[data-aria-hidden="true"]' },
  { rule: 'color-contrast', within: '[role="dialog"]', message: 'elmPartiallyObscuring' },
] as const;

/** All that axe finds, and all that it cannot tell but what was judged. The window has to be as high as the screen. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  // A tour stays in one document: axe is read once, not again for each of its screens.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ options, judged }) => {
      // What scrolls in itself is shown whole: axe cannot tell the contrast of words that are half hidden.
      for (const element of document.querySelectorAll<HTMLElement>('*'))
        if (element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY))
          element.style.maxHeight = 'none';
      const { violations, incomplete } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
      const isJudged = (id: string, { target, any }: NodeResult) =>
        judged.some((one) => {
          if (one.rule !== id || ('message' in one && any[0]?.data?.messageKey !== one.message)) return false;
          return document.querySelector(String(target[0]))?.closest(one.within) instanceof Element;
        });
      const told = (id: string, { html, any, all, none }: NodeResult) =>
        `${id} ${html} ${[...any, ...all, ...none].map(({ message }) => message).join(' ')}`;
      return [
        ...violations.flatMap(({ id, nodes }) => nodes.map((node) => told(id, node))),
        ...incomplete.flatMap(({ id, nodes }) =>
          nodes.filter((node) => !isJudged(id, node)).map((node) => `undecided: ${told(id, node)}`),
        ),
      ];
    },
    { options: AXE_OPTIONS, judged: JUDGED },
  );
}

/** What sticks out of the window or is cut inside its own box. */
async function overflows(page: Page): Promise<readonly string[]> {
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
      (button) => button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1,
    );
    return [
      ...outside.map((element) => `outside ${name(element)}`),
      ...cut.map((element) => `cut ${name(element)}`),
      ...short.map((element) => `button too small ${name(element)}`),
    ];
  });
}

/** Words that lie over other words. */
async function collisions(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    interface Line {
      readonly words: string;
      readonly node: Node;
      readonly box: DOMRect;
    }
    const common = (one: DOMRect, other: DOMRect): DOMRect => {
      const [left, top] = [Math.max(one.left, other.left), Math.max(one.top, other.top)];
      const [right, bottom] = [Math.min(one.right, other.right), Math.min(one.bottom, other.bottom)];
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    };
    /** What of it is not hidden by a box that scrolls. */
    const shown = (box: DOMRect, element: Element | null): DOMRect => {
      if (element === null) return box;
      const clips = getComputedStyle(element).overflowY !== 'visible';
      return shown(clips ? common(box, element.getBoundingClientRect()) : box, element.parentElement);
    };
    const linesOf = (node: Node): Line[] => {
      const parent = node.parentElement;
      const words = node.textContent?.trim() ?? '';
      const visible = parent?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (words === '' || parent === null || !visible || parent.closest('.sr-only, svg') !== null) return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map((box) => ({ words, node, box: shown(box, parent) }));
    };
    const sheets = [...document.querySelectorAll('[role="dialog"]')];
    const walker = document.createTreeWalker(sheets.at(-1) ?? document.body, NodeFilter.SHOW_TEXT);
    const lines: Line[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) lines.push(...linesOf(node));
    const collide = ({ box: one }: Line, { box: other }: Line) => {
      const { width, height } = common(one, other);
      return width > 1 && height > 0.4 * Math.min(one.height, other.height);
    };
    return lines.flatMap((line, index) =>
      lines
        .slice(index + 1)
        .filter((other) => other.node !== line.node && collide(line, other))
        .map((other) => `“${line.words.slice(0, 40)}” lies over “${other.words.slice(0, 40)}”`),
    );
  });
}

/** Whether a pad for a PIN would have to be scrolled to. */
async function cutPads(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main:has([data-shrinks])')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
      .map(({ scrollHeight, clientHeight }) => `the pad is cut by ${scrollHeight - clientHeight} px`),
  );
}

/** The parts page is made for a wide window. */
const isForWide = (page: Page) => page.url().includes('00-components');

export async function layoutProblems(page: Page): Promise<readonly string[]> {
  if (isForWide(page)) return [];
  return [...(await overflows(page)), ...(await collisions(page))];
}

/** The same, and the whole PIN pad in the height of a popup: for words that are as long as they are. */
export async function languageProblems(page: Page): Promise<readonly string[]> {
  return [...(await layoutProblems(page)), ...(await cutPads(page))];
}
