/**
 * Requests that wait for their user, or for their site to have heard the answer. One is written down before anybody
 * sees it and lives as long as its document: a background that was stopped takes each of them up where it stood.
 */
import { z } from 'zod';
import { unsignedRecord } from '@/lib/chains/quote';
import { inTurn } from '@/lib/in-turn';
import { addressText, asked } from './asked';
import type { Principal } from './principal';

const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value));

/** What was shown, as it will be done: nothing is decided again after the user has confirmed. */
export const work = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('transactions'),
    transactions: z.array(unsignedRecord).min(1),
    /** The highest fee of each. */
    feeWei: z.array(z.string()),
    /** The site has said which nonce. */
    nonceChosen: z.boolean(),
  }),
  /** 32 bytes. */
  z.object({ kind: z.literal('signature'), digest: hex }),
  /** Nothing that could be meant in two ways. */
  z.object({ kind: z.literal('as-asked') }),
]);
export type Work = z.output<typeof work>;

const answer = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }) }),
]);
export type Answer = z.output<typeof answer>;

const principal = z.object({
  origin: z.string(),
  topOrigin: z.string().nullable(),
  tabId: z.int(),
  frameId: z.int(),
  documentId: z.string(),
});

const request = z.object({
  /** Of the document and the request in it: the same one asked again has the same key. */
  key: z.string(),
  /** As the page counts. */
  id: z.string(),
  from: principal,
  asked,
  atMs: z.int(),
  /** The last review that was made of it. */
  shown: z.object({ digest: z.string(), work }).nullable(),
  /** Set once, when the user has said yes: from then on it will be done, whatever stops in between. */
  confirmed: z.object({ work, accounts: z.array(addressText) }).nullable(),
  /** Kept until the page has it. */
  answer: answer.nullable(),
});
/** The oldest first. */
export const requestsRecord = z.array(request);
export type StoredRequest = z.output<typeof request>;

export const keyOf = ({ documentId }: Pick<Principal, 'documentId'>, id: string): string => `${documentId} ${id}`;

/** Waits for its user. */
export const isOpen = ({ confirmed, answer }: StoredRequest): boolean => confirmed === null && answer === null;

export interface Requests {
  list(): Promise<readonly StoredRequest[]>;
  find(key: string): Promise<StoredRequest | null>;
  /** Does nothing if it is there. */
  add(request: StoredRequest): Promise<void>;
  /**
   * Changes one that is still there. @param edit returns null to leave it as it is
   * @returns it as it is afterwards; null if it was not there, or was left
   */
  change(key: string, edit: (before: StoredRequest) => Partial<StoredRequest> | null): Promise<StoredRequest | null>;
  remove(gone: (request: StoredRequest) => boolean): Promise<void>;
}

export function createRequests(stored: {
  read(): Promise<StoredRequest[] | null>;
  write(value: StoredRequest[]): Promise<void>;
}): Requests {
  const exclusively = inTurn();
  const list = async () => (await stored.read()) ?? [];
  return {
    list,
    find: async (key) => (await list()).find((one) => one.key === key) ?? null,
    add: (added) =>
      exclusively(async () => {
        const all = await list();
        if (!all.some(({ key }) => key === added.key)) await stored.write([...all, added]);
      }),
    change: (key, edit) =>
      exclusively(async () => {
        const all = await list();
        const before = all.find((one) => one.key === key);
        const edited = before && edit(before);
        if (!before || !edited) return null;
        const after = { ...before, ...edited };
        await stored.write(all.map((one) => (one.key === key ? after : one)));
        return after;
      }),
    remove: (gone) => exclusively(async () => stored.write((await list()).filter((one) => !gone(one)))),
  };
}
