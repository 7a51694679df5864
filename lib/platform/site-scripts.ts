/** Scripts that are put into the pages of one site, because its user wants them there. */
import browser from 'webextension-polyfill';
import { WalletError } from '@/lib/errors';

interface Registration {
  readonly id: string;
  readonly js: readonly string[];
  readonly matches: readonly string[];
  readonly runAt: 'document_start';
  readonly world: 'MAIN';
  readonly allFrames: boolean;
  readonly persistAcrossSessions: boolean;
}
/** What the types of the polyfill do not know: worlds. */
interface Scripting {
  registerContentScripts(scripts: readonly Registration[]): Promise<void>;
  unregisterContentScripts(filter: { ids: readonly string[] }): Promise<void>;
  getRegisteredContentScripts(filter: { ids: readonly string[] }): Promise<readonly unknown[]>;
}

const SCRIPT = 'metamask-name.js';

/** Match patterns know no port in Firefox. */
function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/**
 * From the next load of a page on.
 * @throws WalletError `site-not-allowed` if the browser has no permission for scripts there
 */
export async function presentAs(origin: string, name: 'own' | 'metamask'): Promise<void> {
  const scripting = browser.scripting as unknown as Scripting;
  const id = `metamask-name ${origin}`;
  const filter = { ids: [id] };
  const there = (await scripting.getRegisteredContentScripts(filter)).length > 0;
  if (there && name === 'own') await scripting.unregisterContentScripts(filter);
  if (there || name === 'own') return;
  const matches = [patternOf(origin)];
  if (!(await browser.permissions.contains({ origins: matches }))) throw new WalletError('site-not-allowed');
  const where = { matches, runAt: 'document_start', world: 'MAIN', allFrames: true } as const;
  await scripting.registerContentScripts([{ id, js: [SCRIPT], ...where, persistAcrossSessions: true }]);
}
