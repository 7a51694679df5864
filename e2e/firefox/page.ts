/** A page in Firefox behind the part of Playwright's `Page` that the page objects use, so that they serve both browsers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'esbuild';
import { type Bidi, BidiError } from './bidi';
import { type Condition, described, type Query, type Step, textMatch } from './query';

const PATIENCE_MS = 60_000;
/** Own world of the tests in every page: nothing of it is seen by the page's code. */
const SANDBOX = 'halfkey-test';
const DELETE = '\uE017';

interface Named {
  readonly name?: string | RegExp;
  readonly exact?: boolean;
}

interface Timed {
  readonly timeout?: number;
}

/**
 * @param context id of the browsing context
 * @param browser what the page says of the browser that it is in
 */
export function firefoxPage(bidi: Bidi, context: string, url: () => string, browser: BrowserContext): Page {
  let patienceMs = PATIENCE_MS;
  const world = { bidi, context, patience: () => patienceMs };
  return onlyWhatIsThere('page', {
    ...finders(world, []),
    url,
    evaluate: async (run: (given: never) => unknown, given: unknown = null) => {
      const declaration = `async (json) => JSON.stringify((await (${run})(JSON.parse(json))) ?? null)`;
      const sent = [{ type: 'string', value: JSON.stringify(given) }];
      const { value } = await call(world, declaration, sent, { context });
      return JSON.parse(String(value));
    },
    context: () => browser,
    setDefaultTimeout: (timeoutMs: number) => {
      patienceMs = timeoutMs;
    },
    // `none`: a page of an add-on never says that it has loaded. What is looked for next waits for it.
    goto: (address: string) => bidi.send('browsingContext.navigate', { context, url: address, wait: 'none' }),
    reload: () => bidi.send('browsingContext.reload', { context, wait: 'none' }),
    setViewportSize: (viewport: object) => bidi.send('browsingContext.setViewport', { context, viewport }),
    bringToFront: () => bidi.send('browsingContext.activate', { context }),
    close: () => bidi.send('browsingContext.close', { context }),
    keyboard: { press: (key: string) => press(world, key), type: (text: string) => typeText(world, text) },
  }) as unknown as Page;
}

/** Playwright has a hundred more: what is missing here says its name instead of being undefined. */
function onlyWhatIsThere<Part extends object>(name: string, part: Part): Part {
  return new Proxy(part, {
    get: (target, key, receiver) => {
      // A promise resolves with it.
      if (Object.hasOwn(target, key) || key === 'then') return Reflect.get(target, key, receiver);
      throw new Error(`e2e/firefox/page.ts has no ${name}.${String(key)} yet`);
    },
  });
}

interface World {
  readonly bidi: Bidi;
  readonly context: string;
  readonly patience: () => number;
}

function finders(world: World, query: Query) {
  const and = (step: Step) => locator(world, [...query, step]);
  return {
    getByRole: (role: string, { name, exact }: Named = {}) =>
      and({ by: 'role', role, name: name === undefined ? null : textMatch(name, exact) }),
    getByText: (text: string | RegExp, { exact }: Named = {}) => and({ by: 'text', match: textMatch(text, exact) }),
    getByLabel: (text: string | RegExp, { exact }: Named = {}) => and({ by: 'label', match: textMatch(text, exact) }),
    getByTitle: (text: string | RegExp, { exact }: Named = {}) => and({ by: 'title', match: textMatch(text, exact) }),
    locator: (selector: string) => and({ by: 'css', selector }),
  };
}

function locator(world: World, query: Query): object {
  const narrowed = (step: Step) => locator(world, [...query, step]);
  const wait = (condition: Condition, { timeout }: Timed = {}) => element(world, query, condition, timeout);
  const read = async (declaration: string, options?: Timed) => {
    const answer = await call(world, declaration, [await wait('attached', options)]);
    return 'value' in answer ? answer.value : null;
  };
  const focus = async (options?: Timed) => {
    const found = await wait('editable', options);
    await call(world, '(element) => { element.focus(); element.select?.(); }', [found]);
  };
  return onlyWhatIsThere('locator', {
    ...finders(world, query),
    first: () => narrowed({ by: 'place', place: 0 }),
    last: () => narrowed({ by: 'place', place: -1 }),
    nth: (place: number) => narrowed({ by: 'place', place }),
    filter: ({ hasText }: { hasText: string | RegExp }) => narrowed({ by: 'has-text', match: textMatch(hasText) }),
    waitFor: async ({ state = 'visible', timeout }: { state?: 'attached' | 'visible' | 'hidden' } & Timed = {}) => {
      await wait(state, timeout === undefined ? {} : { timeout });
    },
    click: async (options?: Timed) => click(world, await wait('pressable', options)),
    focus,
    fill: async (text: string, options?: Timed) => {
      await focus(options);
      await typeText(world, DELETE + text);
    },
    pressSequentially: async (text: string, options?: Timed) => {
      await call(world, '(element) => element.focus()', [await wait('editable', options)]);
      await typeText(world, text);
    },
    setInputFiles: async ({ name, buffer }: { name: string; buffer: Buffer }) => {
      const folder = mkdtempSync(join(tmpdir(), 'halfkey-file-'));
      const path = join(folder, name);
      writeFileSync(path, buffer);
      // The page reads it when it likes.
      process.once('exit', () => rmSync(folder, { recursive: true }));
      const { sharedId } = await wait('attached');
      await world.bidi.send('input.setFiles', { context: world.context, element: { sharedId }, files: [path] });
    },
    press: async (key: string, options?: Timed) => {
      await call(world, '(element) => element.focus()', [await wait('visible', options)]);
      await press(world, key);
    },
    textContent: (options?: Timed) => read('(element) => element.textContent', options),
    innerText: (options?: Timed) => read('(element) => element.innerText', options),
    inputValue: (options?: Timed) => read('(element) => element.value', options),
    getAttribute: (name: string, options?: Timed) =>
      read(`(element) => element.getAttribute(${JSON.stringify(name)})`, options),
    isVisible: () =>
      element(world, query, 'visible', 0).then(
        () => true,
        () => false,
      ),
    count: async () => Number((await runInPage(world, 'count', [query])).value ?? 0),
  });
}

/** A value as BiDi gives and takes it; elements by reference. */
interface RemoteValue {
  readonly type: string;
  readonly value?: unknown;
  readonly sharedId?: string;
}

/** A page that is being replaced takes its world with it; the next one is asked again until the time is over. */
async function element(world: World, query: Query, condition: Condition, timeoutMs = world.patience()) {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = Math.max(0, Math.round(endMs - performance.now()));
    try {
      return await runInPage(world, 'waitFor', [query, condition, leftMs]);
    } catch (error) {
      if (error instanceof BidiError && performance.now() < endMs) continue;
      throw new Error(`${described(query)} (${condition}): ${error instanceof Error ? error.message : error}`);
    }
  }
}

let bundle: Promise<string> | undefined;

async function runInPage(world: World, name: 'waitFor' | 'count', given: readonly unknown[]): Promise<RemoteValue> {
  bundle ??= bundled();
  const code = await bundle;
  const declaration = `(json) => { ${code}; return halfkeyTest.${name}(...JSON.parse(json)); }`;
  return call(world, declaration, [{ type: 'string', value: JSON.stringify(given) }]);
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('./in-page.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'halfkeyTest',
    target: 'firefox140',
  });
  return outputFiles[0]?.text ?? '';
}

type Evaluated =
  | { readonly type: 'success'; readonly result: RemoteValue }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

async function call(
  { bidi, context }: World,
  functionDeclaration: string,
  given: readonly object[],
  target: object = { context, sandbox: SANDBOX },
) {
  const evaluated = await bidi.send<Evaluated>('script.callFunction', {
    functionDeclaration,
    arguments: given,
    target,
    awaitPromise: true,
    resultOwnership: 'none',
  });
  if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails.text);
  return evaluated.result;
}

async function click({ bidi, context }: World, { sharedId }: RemoteValue): Promise<void> {
  const origin = { type: 'element', element: { sharedId } };
  const actions = [
    { type: 'pointerMove', x: 0, y: 0, origin },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  await bidi.send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
}

async function typeText({ bidi, context }: World, text: string): Promise<void> {
  const actions = [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  await bidi.send('input.performActions', { context, actions: [{ type: 'key', id: 'keyboard', actions }] });
}

/** WebDriver's code points for keys without a character. */
const KEYS: Readonly<Record<string, string>> = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Space: ' ' };

async function press(world: World, key: string): Promise<void> {
  await typeText(world, KEYS[key] ?? key);
}
