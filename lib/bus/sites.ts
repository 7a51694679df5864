/** What web sites ask for and may see, as the wallet's own pages are told of it. */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);

/** One that waits for its user. */
export const requestView = z.object({
  key: z.string(),
  origin: z.string(),
  /** Of the page in the tab, where the asker is a frame inside of another site's page; else null. */
  topOrigin: z.string().nullable(),
  kind: z.enum(['connect', 'transaction', 'message', 'typed-data', 'switch-chain', 'add-chain', 'watch-asset']),
});

export const siteView = z.object({
  origin: z.string(),
  /** That it may see, the one in use there first. Empty: it has only chosen a network. */
  accounts: z.array(address),
  chainId: chainNumber,
  connectedAtMs: z.int().min(0),
  /** It is shown another wallet's name, because it knows no other. */
  asMetaMask: z.boolean(),
});

export type RequestView = z.infer<typeof requestView>;
export type SiteView = z.infer<typeof siteView>;
