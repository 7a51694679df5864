/** A site's own script, asking the wallet that has announced itself (EIP-6963). */
import type { Frame, Page } from '@playwright/test';

interface Asked {
  readonly method: string;
  readonly params?: unknown;
}
interface Provider {
  request(asked: Asked): Promise<unknown>;
}

/** What a site is answered. */
export type Answer = { readonly result: unknown } | { readonly code: number; readonly message: string };

export function ask(page: Page | Frame, method: string, params?: unknown): Promise<Answer> {
  return page.evaluate(
    async (asked) => {
      const { ethereum } = window as unknown as { ethereum: Provider };
      try {
        return { result: await ethereum.request(asked) };
      } catch (error) {
        const { code, message } = error as { code: number; message: string };
        return { code, message };
      }
    },
    { method, ...(params === undefined ? {} : { params }) },
  );
}
