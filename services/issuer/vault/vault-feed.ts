/** The vault's feed over HTTP, read with the issuer's service key. */
import { toHex } from '@/lib/bytes';
import { type FeedPage, feedPage } from '@/lib/keyless/wire/feed';
import { readBounded } from './read-bounded';

/** 200 entries of the largest kind are a quarter of this. */
const MAX_PAGE_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;

export interface VaultFeed {
  /**
   * The entries of an account's feed behind number `after`, oldest first, and the number of its head.
   * @throws VaultUnreachable
   */
  readPage(accountId: Uint8Array, after: number): Promise<FeedPage>;
}

/** The vault does not answer, or not with a page of its feed. Nothing was decided; try again. */
export class VaultUnreachable extends Error {
  override readonly name = 'VaultUnreachable';
}

export interface VaultFeedOptions {
  /** Base address, without a final slash. */
  readonly vaultUrl: string;
  readonly serviceKey: string;
  readonly fetch: typeof globalThis.fetch;
}

export function createVaultFeed({ vaultUrl, serviceKey, fetch }: VaultFeedOptions): VaultFeed {
  return {
    async readPage(accountId, after) {
      try {
        const response = await fetch(`${vaultUrl}/feed/${toHex(accountId)}?after=${after}`, {
          headers: { accept: 'application/json', authorization: `Bearer ${serviceKey}` },
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.status !== 200) throw new Error(`status ${response.status}`);
        return feedPage.parse(JSON.parse(await readBounded(response, MAX_PAGE_BYTES)));
      } catch (error) {
        // The message may quote the address, which names the account: only the kind of failure goes on.
        throw new VaultUnreachable('The vault does not answer with its feed.', { cause: kindOf(error) });
      }
    },
  };
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
