/** What a page can ask of the browser that shows it; everything else is asked of the background. */
import { createContext, useContext } from 'react';
import type { Passkeys } from '@/lib/bus/passkey';

/** `approval`: the window that a request of a site opens. */
export type Surface = 'popup' | 'sidepanel' | 'tab' | 'approval';

/**
 * Places of the tab that need its room, behind its `#`: firmware, what is asked of a hardware wallet, the camera.
 * `device-coin` is followed by what, `scan` by what for.
 */
export type TabPlace = 'firmware' | 'hardware' | 'device-address' | 'device-coin' | 'scan';

/** What the wallet can do without, and asks the browser for only when it is wanted. */
export type OptionalPermission = 'notifications' | 'price-source';

/** The servers of this build, which the wallet cannot do without. Browsers let users take the access to them back. */
export interface ServerAccess {
  /** Their host names. */
  readonly hosts: readonly string[];
  readonly granted: () => Promise<boolean>;
  /** Asks the user by way of the browser; to be called in the turn of a press. @returns whether it is allowed now */
  readonly request: () => Promise<boolean>;
  /** @returns stops listening */
  readonly onChange: (listener: () => void) => () => void;
}

export interface PageHost {
  readonly surface: Surface;
  /** Of the extension, as in its manifest. */
  readonly version: string;
  /** Shows the wallet beside the pages of the browser; null where that is not possible from here. */
  readonly openSidePanel: (() => Promise<void>) | null;
  /** Shows the wallet in a page of its own; null if this is one. */
  readonly openTab: (() => Promise<void>) | null;
  /** Shows a place of the tab that needs its room, from wherever this is. */
  readonly openPlace: (place: TabPlace, detail?: string) => void;
  /** SHA-256 of the list of all files of this copy, in hex. */
  readonly buildHash: () => Promise<string>;
  /** Shows a text file of this copy. */
  readonly openFile: (name: 'LICENSE.txt' | 'THIRD-PARTY-NOTICES.txt') => void;
  readonly passkeys: Passkeys;
  readonly servers: ServerAccess;
  /** Asks the user by way of the browser; to be called in the turn of a press. @returns whether it is allowed now */
  readonly ask: (permission: OptionalPermission) => Promise<boolean>;
  /** The same for the host of a node that somebody typed in; true where the background is the one to refuse it. */
  readonly askForNode: (rpcUrl: string) => Promise<boolean>;
  /** The same for scripts in the pages of a site. */
  readonly askForSite: (origin: string) => Promise<boolean>;
  /** Gives the access to such a host back. */
  readonly dropNode: (rpcUrl: string) => Promise<void>;
}

const PageHostContext = createContext<PageHost | null>(null);

/** `<PageHostProvider value={host}>` stands once, around the whole page. */
export const PageHostProvider = PageHostContext.Provider;

/** @throws outside `PageHostProvider` */
export function usePageHost(): PageHost {
  const host = useContext(PageHostContext);
  if (!host) throw new Error('usePageHost outside PageHostProvider');
  return host;
}
