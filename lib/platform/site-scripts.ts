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
  getRegisteredContentScripts(): Promise<readonly { readonly id: string }[]>;
}

const SCRIPT = 'metamask-name.js';
/** Of the scripts, before the origin of their site. */
const NAME = 'metamask-name ';

const scripting = () => browser.scripting as unknown as Scripting;

const registered = async (): Promise<readonly string[]> =>
  (await scripting().getRegisteredContentScripts()).map(({ id }) => id).filter((id) => id.startsWith(NAME));

/** Match patterns know no port in Firefox. */
function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** Another name of the wallet, for the sites that know no other: see `NameScripts`. */
export const metaMaskName = {
  add: async (origin: string): Promise<void> => {
    const id = NAME + origin;
    if ((await registered()).includes(id)) return;
    const matches = [patternOf(origin)];
    if (!(await browser.permissions.contains({ origins: matches }))) throw new WalletError('site-not-allowed');
    const where = { matches, runAt: 'document_start', world: 'MAIN', allFrames: true } as const;
    await scripting().registerContentScripts([{ id, js: [SCRIPT], ...where, persistAcrossSessions: true }]);
  },
  /** Browsers forget what was registered when the extension is updated. */
  keep: async (origins: readonly string[]): Promise<void> => {
    const there = await registered();
    const ids = there.filter((id) => !origins.includes(id.slice(NAME.length)));
    if (ids.length > 0) await scripting().unregisterContentScripts({ ids });
    const lost = origins.filter((origin) => !there.includes(NAME + origin));
    // Where its permission was taken back there is nothing to have again.
    for (const origin of lost) await metaMaskName.add(origin).catch(() => undefined);
  },
};
