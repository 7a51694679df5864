/** What a script costs the pages that an extension puts it into, by the trace of the browser: its clock is one of µs. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { startSite } from '@/e2e/site';
import type { Sample } from '../measure';

/** Of the trace (`devtools.timeline`). */
interface TraceEvent {
  readonly name: string;
  /** µs of the processor that the thread had between beginning and end: a busy machine leaves it nearly as it is. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

const MATCHES = { matches: ['http://*/*'], run_at: 'document_start' };
const MANIFEST = JSON.stringify({
  manifest_version: 3,
  name: 'Evaluated',
  version: '1.0',
  // As the wallet has them: the bridge first, in its isolated world.
  content_scripts: [
    { ...MATCHES, js: ['bridge.js'] },
    { ...MATCHES, js: ['inpage.js'], world: 'MAIN' },
  ],
});

export interface Evaluated {
  /** In ms, compiled and run in the first page of a site that the browser did not know. */
  readonly sample: Sample;
  stop(): Promise<void>;
}

/**
 * @param scripts the one to be measured, in an extension of its own with the wallet's bridge before it
 * @param folder for the extension and the browser's profile
 */
export async function evaluated(
  executablePath: string,
  scripts: { readonly inpage: string; readonly bridge: string },
  folder: string,
): Promise<Evaluated> {
  const extension = join(folder, 'extension');
  await mkdir(extension, { recursive: true });
  await writeFile(join(extension, 'manifest.json'), MANIFEST);
  for (const [name, script] of Object.entries(scripts)) await writeFile(join(extension, `${name}.js`), script);
  const site = await startSite();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    args: [
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      // A page that shares its process with an earlier one gets the script compiled already: a site's first does not.
      '--site-per-process',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
    ],
  });
  let sites = 0;
  return {
    sample: () => {
      sites += 1;
      return tracedMs(context, site.origin.replace('127.0.0.1', `site-${sites}.test`));
    },
    stop: async () => {
      await context.close();
      await site.stop();
    },
  };
}

async function tracedMs(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const failures: Error[] = [];
  page.on('pageerror', (failure) => failures.push(failure));
  const session = await context.newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', { categories: 'devtools.timeline', transferMode: 'ReportEvents' });
  await page.goto(url);
  await session.send('Tracing.end');
  await complete;
  await page.close();
  if (failures.length > 0) throw new Error('the script broke', { cause: failures[0] });
  const found = events.filter(
    ({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.endsWith('/inpage.js') === true,
  );
  const [{ tdur } = {}] = found;
  if (found.length !== 1 || tdur === undefined) throw new Error('the trace does not have the script');
  return tdur / 1_000;
}
