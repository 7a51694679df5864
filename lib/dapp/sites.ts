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

export interface SitesDeps {
  readonly stored: Stored<Site[]>;
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
  setName(origin: string, name: 'own' | 'metamask'): Promise<void>;
  /** Forgets what it may see, and its network. */
  forget(origin: string): Promise<void>;
  wipe(): Promise<void>;
}

export function createSites({ stored, firstChainId, now }: SitesDeps): Sites {
  const exclusively = inTurn();
  const list = async () => (await stored.read()) ?? [];
  const change = (origin: string, edit: Partial<Site>) =>
    exclusively(async () => {
      const all = await list();
      const known = all.find((one) => one.origin === origin);
      const fresh = { origin, accounts: [], chainId: await firstChainId(), connectedAtMs: now(), asMetaMask: false };
      const changed = { ...(known ?? fresh), ...edit };
      if (known) return stored.write(all.map((one) => (one.origin === origin ? changed : one)));
      await stored.write([changed, ...all].slice(0, MOST_SITES));
    });
  return {
    list,
    find: async (origin) => (await list()).find((one) => one.origin === origin) ?? null,
    connect: (origin, accounts) => change(origin, { accounts: [...accounts], connectedAtMs: now() }),
    setChain: (origin, chainId) => change(origin, { chainId }),
    setName: (origin, name) => change(origin, { asMetaMask: name === 'metamask' }),
    forget: (origin) => exclusively(async () => stored.write((await list()).filter((one) => one.origin !== origin))),
    wipe: () => exclusively(() => stored.remove()),
  };
}
