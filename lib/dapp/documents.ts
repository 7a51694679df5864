/**
 * The documents that have asked something, with the line to each that is open. A stopped background has lost its lines,
 * not its list: it asks a document for a new one when it has something to tell it.
 */
import { z } from 'zod';
import type { Channel } from '@/lib/bus/transport';
import { inTurn } from '@/lib/in-turn';
import type { Principal } from './principal';

const MOST_KEPT = 500;
/** How long a document may take to open a new line, or a page to say who it is. */
const ANSWER_MS = 3_000;

const place = z.object({ origin: z.string(), tabId: z.int(), frameId: z.int(), documentId: z.string() });
export const documentsRecord = z.array(place);
type Place = z.output<typeof place>;

export interface DocumentsDeps {
  readonly stored: { read(): Promise<Place[] | null>; write(value: Place[]): Promise<void> };
  /** Asks a document's bridge for a line. Rejects if the document is not there. */
  readonly wake: (place: Pick<Place, 'tabId' | 'frameId'> & { readonly documentId: string | null }) => Promise<void>;
  readonly setTimer: (run: () => void, delayMs: number) => void;
}

export interface Documents {
  open(principal: Omit<Principal, 'topOrigin'>, channel: Channel): Promise<void>;
  closed(documentId: string, channel: Channel): Promise<void>;
  /** @returns whether there was a line */
  post(documentId: string, message: unknown): boolean;
  isOpen(documentId: string): boolean;
  /** Those with a line. */
  lines(): readonly Place[];
  /** Wakes the documents of a site that have no line. */
  wakeAll(isMeant: (origin: string) => boolean): Promise<void>;
  /** Whether a document is still there: it has opened a line, or does so now. */
  isThere(place: Place): Promise<boolean>;
  /** The origin of the page in a tab; null if it does not say. */
  originOfTab(tabId: number): Promise<string | null>;
}

export function createDocuments({ stored, wake, setTimer }: DocumentsDeps): Documents {
  const exclusively = inTurn();
  const lines = new Map<string, { readonly place: Place; readonly channel: Channel }>();
  const arrivals = new Set<() => void>();
  const list = async () => (await stored.read()) ?? [];
  const without = (documentId: string) =>
    exclusively(async () => stored.write((await list()).filter((one) => one.documentId !== documentId)));

  /** Resolves with the first that fits, null if none has come in time. */
  const arrival = (fits: (place: Place) => boolean): Promise<Place | null> =>
    new Promise((resolve) => {
      const look = () => {
        const found = [...lines.values()].find(({ place }) => fits(place))?.place;
        if (found) done(found);
      };
      const done = (found: Place | null) => {
        arrivals.delete(look);
        resolve(found);
      };
      arrivals.add(look);
      setTimer(() => done(null), ANSWER_MS);
      look();
    });

  return {
    open: async ({ origin, tabId, frameId, documentId }, channel) => {
      const added = { origin, tabId, frameId, documentId };
      lines.set(documentId, { place: added, channel });
      for (const look of [...arrivals]) look();
      await exclusively(async () => {
        const others = (await list()).filter((one) => one.documentId !== documentId);
        await stored.write([added, ...others].slice(0, MOST_KEPT));
      });
    },
    closed: async (documentId, channel) => {
      if (lines.get(documentId)?.channel !== channel) return;
      lines.delete(documentId);
      await without(documentId);
    },
    post: (documentId, message) => {
      const line = lines.get(documentId);
      line?.channel.post(message);
      return line !== undefined;
    },
    isOpen: (documentId) => lines.has(documentId),
    lines: () => [...lines.values()].map(({ place }) => place),
    wakeAll: async (isMeant) => {
      const asleep = (await list()).filter(({ origin, documentId }) => isMeant(origin) && !lines.has(documentId));
      await Promise.all(asleep.map((one) => wake(one).catch(() => without(one.documentId))));
    },
    isThere: async (place) => {
      if (lines.has(place.documentId)) return true;
      const come = arrival(({ documentId }) => documentId === place.documentId);
      return wake(place).then(
        async () => (await come) !== null,
        () => false,
      );
    },
    originOfTab: async (tabId) => {
      const come = arrival((one) => one.tabId === tabId && one.frameId === 0);
      return wake({ tabId, frameId: 0, documentId: null }).then(
        async () => (await come)?.origin ?? null,
        () => null,
      );
    },
  };
}
