/** What each site may see: its accounts in their order (the first is the one in use there) and its network. */
import { z } from 'zod';
import type { Address } from '@/lib/chains/types';
import { inTurn } from '@/lib/in-turn';

const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const site = z.object({
  origin: z.string(),
  accounts: z.array(address),
  chainId: z.int().min(1),
  connectedAtMs: z.int().min(0),
  /** It is shown the name that it knows. */
  asMetaMask: z.boolean(),
});
/** The newest first. */
export const sitesRecord = z.array(site);
export type Site = z.output<typeof site>;

/** Who has more has forgotten most of them. */
const MOST_SITES = 500;

interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** What the browser puts into the pages of sites that know only MetaMask; it goes on by itself until it is ended. */
export interface NameScripts {
  /** From the next load of a page on. @throws WalletError `site-not-allowed` */
  add(origin: string): Promise<void>;
  /** Ends it for all other sites, and has it again for these where the browser has lost it. */
  keep(origins: readonly string[]): Promise<void>;
}

export interface SitesDeps {
  readonly stored: Stored<Site[]>;
  readonly nameScripts: NameScripts;
  /** The network of a site that has none yet. */
  readonly firstChainId: () => Promise<number>;
  /** ms since the epoch */
  readonly now: () => number;
}

export interface Sites {
  list(): Promise<readonly Site[]>;
  /** Null for a site that nothing is known of. */
  find(origin: string): Promise<Site | null>;
  /** Shows it these accounts, in this order, and no others. Its network stays. */
  connect(origin: string, accounts: readonly Address[]): Promise<void>;
  setChain(origin: string, chainId: number): Promise<void>;
  /** @throws WalletError `site-not-allowed` */
  setName(origin: string, name: 'own' | 'metamask'): Promise<void>;
  /** After a start: whatever was stopped half-way, only those that are to be shown another name are. */
  keepNames(): Promise<void>;
  /** Forgets what it may see, and its network. */
  forget(origin: string): Promise<void>;
  wipe(): Promise<void>;
}

export function createSites({ stored, nameScripts, firstChainId, now }: SitesDeps): Sites {
  const exclusively = inTurn();
  const list = async () => (await stored.read()) ?? [];
  const keepNames = async () =>
    nameScripts.keep((await list()).filter(({ asMetaMask }) => asMetaMask).map(({ origin }) => origin));
  /** Who is no longer there has nothing left in its pages. What fails of that is made up for after the next start. */
  const write = async (before: readonly Site[], after: Site[]): Promise<void> => {
    await stored.write(after);
    const isThere = ({ origin }: Site) => after.some((one) => one.origin === origin);
    if (before.some((one) => one.asMetaMask && !isThere(one))) await keepNames().catch(() => undefined);
  };
  const change = async (origin: string, edit: Partial<Site>): Promise<void> => {
    const all = await list();
    const known = all.find((one) => one.origin === origin);
    const fresh = { origin, accounts: [], chainId: await firstChainId(), connectedAtMs: now(), asMetaMask: false };
    const changed = { ...(known ?? fresh), ...edit };
    if (known)
      return write(
        all,
        all.map((one) => (one.origin === origin ? changed : one)),
      );
    await write(all, [changed, ...all].slice(0, MOST_SITES));
  };
  return {
    list,
    find: async (origin) => (await list()).find((one) => one.origin === origin) ?? null,
    connect: (origin, accounts) => exclusively(() => change(origin, { accounts: [...accounts], connectedAtMs: now() })),
    setChain: (origin, chainId) => exclusively(() => change(origin, { chainId })),
    setName: (origin, name) =>
      exclusively(async () => {
        if (name === 'metamask') await nameScripts.add(origin);
        await change(origin, { asMetaMask: name === 'metamask' });
        if (name === 'own') await keepNames();
      }),
    keepNames: () => exclusively(keepNames),
    forget: (origin) =>
      exclusively(async () => {
        const all = await list();
        await write(
          all,
          all.filter((one) => one.origin !== origin),
        );
      }),
    wipe: () =>
      exclusively(async () => {
        await stored.remove();
        await nameScripts.keep([]).catch(() => undefined);
      }),
  };
}
