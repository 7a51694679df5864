/** Which pages a Firefox has open, and what goes wrong in them. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Bidi } from './bidi';
import { firefoxPage } from './page';

const PATIENCE_MS = 60_000;

export interface Pages {
  /** The browser, as far as it can be waited for. */
  readonly browser: BrowserContext;
  /** A page that is open. */
  page(context: string): Page;
  /** The next one that opens. @throws Error when none does in time */
  next(predicate: (page: Page) => boolean): Promise<Page>;
}

interface ContextInfo {
  readonly context: string;
  readonly url: string;
  readonly parent?: string | null;
}

interface LogEntry {
  readonly level: string;
  readonly text: string | null;
}

/** @param errors is told of every console error and uncaught exception */
export async function watchPages(bidi: Bidi, errors: string[]): Promise<Pages> {
  const urls = new Map<string, string>();
  const waiting = new Set<(page: Page) => void>();
  const page = (context: string) => firefoxPage(bidi, context, () => urls.get(context) ?? 'about:blank', browser);
  const browser = {
    waitForEvent: (_: 'page', predicate = (_page: Page) => true) => next(predicate),
  } as unknown as BrowserContext;
  const next: Pages['next'] = (predicate) =>
    new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(late);
        waiting.delete(take);
      };
      const take = (opened: Page) => {
        if (!predicate(opened)) return;
        settle();
        resolve(opened);
      };
      const late = setTimeout(() => {
        settle();
        reject(new Error(`no page opened in ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      waiting.add(take);
    });

  bidi.on<ContextInfo>('browsingContext.contextCreated', ({ context, url, parent }) => {
    if (parent) return;
    urls.set(context, url);
    for (const tell of waiting) tell(page(context));
  });
  bidi.on<ContextInfo>('browsingContext.navigationStarted', ({ context, url }) => urls.set(context, url));
  bidi.on<LogEntry>('log.entryAdded', ({ level, text }) => level === 'error' && errors.push(text ?? ''));
  await bidi.send('session.subscribe', {
    events: ['browsingContext.contextCreated', 'browsingContext.navigationStarted', 'log.entryAdded'],
  });
  return { browser, page, next };
}
