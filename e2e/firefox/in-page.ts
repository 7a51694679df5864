/**
 * Runs in the page under test: finds what a query means and waits until a condition is true of it. In a world of its own,
 * whose functions of the window are called on it by name.
 */
import { computeAccessibleName, getRole, isDisabled, isInaccessible } from 'dom-accessibility-api';
import type { Condition, Query, Step, TextMatch } from './query';

/** When a page is not drawn there are no frames to wait for. */
const WITHOUT_FRAMES_MS = 100;

const styles = {
  getComputedStyle: (element: Element, pseudo?: string | null) => window.getComputedStyle(element, pseudo),
};
const nameOf = (element: Element) => computeAccessibleName(element, styles);

/**
 * @returns the one element, once the condition is true of it; for `hidden` null once there is none
 * @throws Error naming what was not true when the time was over, or that there are several
 */
export async function waitFor(query: Query, condition: Condition, timeoutMs: number): Promise<Element | null> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const outcome = await look(query, condition);
    if (typeof outcome !== 'string') return outcome;
    if (performance.now() > endMs) throw new Error(`after ${timeoutMs} ms ${outcome}`);
    await nextFrame();
  }
}

export function count(query: Query): number {
  return find(query).length;
}

/** @returns the element, null for one that is rightly not there, or what is not true yet */
async function look(query: Query, condition: Condition): Promise<Element | null | string> {
  const found = find(query);
  const [element, other] = found;
  if (condition === 'hidden') return found.some(isVisible) ? 'it is still visible' : null;
  if (element === undefined) return `there is none on "${pageText()}"`;
  if (other !== undefined) throw new Error(`there are ${found.length} of it`);
  if (condition === 'attached') return element;
  if (!isVisible(element)) return 'it is not visible';
  if (condition === 'visible') return element;
  if (!isEnabled(element)) return 'it is not enabled';
  if (condition === 'editable') return element;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return (await isStill(element)) ? hitBy(element) : 'it is moving';
}

function pageText(): string {
  return document.body === null ? '' : textOf(document.body).slice(0, 600);
}

function find(query: Query): Element[] {
  // There is no element while one document takes the place of another.
  const root = [document.documentElement].filter((element) => element !== null);
  return query.reduce<Element[]>((found, step) => narrowed(found, step), root);
}

function narrowed(found: Element[], step: Step): Element[] {
  if (step.by === 'place') return found.slice(step.place).slice(0, 1);
  if (step.by === 'has-text') return found.filter((element) => matches(step.match, textOf(element)));
  const selector = step.by === 'css' ? step.selector : '*';
  const inside = new Set(found.flatMap((element) => [...element.querySelectorAll(selector)]));
  return [...inside].filter((element) => isMeant(element, step));
}

function isMeant(element: Element, step: Exclude<Step, { by: 'place' | 'has-text' }>): boolean {
  switch (step.by) {
    case 'css':
      return true;
    case 'title':
      return element.hasAttribute('title') && matches(step.match, element.getAttribute('title') ?? '');
    case 'label':
      return hasLabel(element) && matches(step.match, nameOf(element));
    case 'text':
      return hasText(element, step.match) && ![...element.children].some((child) => hasText(child, step.match));
    case 'role':
      if (getRole(element) !== step.role || isInaccessible(element, styles)) return false;
      return step.name === null || matches(step.name, nameOf(element));
    default:
      return step satisfies never;
  }
}

function hasLabel(element: Element): boolean {
  const labels = 'labels' in element ? element.labels : null;
  return (
    element.hasAttribute('aria-label') ||
    element.hasAttribute('aria-labelledby') ||
    (labels instanceof NodeList && labels.length > 0)
  );
}

const hasText = (element: Element, match: TextMatch) =>
  !['SCRIPT', 'STYLE', 'NOSCRIPT', 'HEAD'].includes(element.tagName) && matches(match, textOf(element));

const normal = (text: string) => text.replace(/\s+/g, ' ').trim();
const textOf = (element: Element) => normal(element.textContent ?? '');

function matches(match: TextMatch, raw: string): boolean {
  const text = normal(raw);
  if (match.kind === 'pattern') return new RegExp(match.source, match.flags).test(text);
  if (match.kind === 'whole') return text === normal(match.text);
  return text.toLowerCase().includes(normal(match.text).toLowerCase());
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && window.getComputedStyle(element).visibility === 'visible';
}

const isEnabled = (element: Element) => !isDisabled(element) && element.closest('[aria-disabled="true"]') === null;

async function isStill(element: Element): Promise<boolean> {
  const before = element.getBoundingClientRect();
  await nextFrame();
  const after = element.getBoundingClientRect();
  return before.x === after.x && before.y === after.y && before.width === after.width && before.height === after.height;
}

function hitBy(element: Element): Element | string {
  const { x, y, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(x + width / 2, y + height / 2);
  if (hit === null) return 'it is out of view';
  const labelled = hit.closest('label')?.control === element;
  return element.contains(hit) || labelled ? element : `<${hit.tagName.toLowerCase()}> "${textOf(hit)}" is above it`;
}

const nextFrame = () =>
  new Promise<void>((resolve) => {
    const late = window.setTimeout(resolve, WITHOUT_FRAMES_MS);
    window.requestAnimationFrame(() => {
      window.clearTimeout(late);
      resolve();
    });
  });
