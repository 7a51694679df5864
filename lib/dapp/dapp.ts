/**
 * Answers web sites. What needs its user is written down, shown in one window, decided there, done once and answered
 * once, whatever is stopped in between and when.
 */
import { z } from 'zod';
import type { Channel, DocumentSender } from '@/lib/bus/transport';
import { inTurn } from '@/lib/in-turn';
import { createDecisions, type Decisions } from './decisions';
import { answerDirectly, isDirectMethod, refusalOf } from './direct-methods';
import { askNodeFor, isNodeMethod } from './node-methods';
import { type Asker, type Principal, seenTopOf } from './principal';
import { isPromptMethod, readPrompt } from './prompt-methods';
import { isOpen, keyOf } from './requests';
import { invalidParams, RpcError, wireErrorOf } from './rpc-error';
import { stateOf } from './site-state';
import { tellStates } from './tell-states';
import type { DappDeps } from './types';

const LONGEST = 1_000_000;
const DEEPEST = 64;
const MOST_OPEN_OF_SITE = 10;
const MOST_OPEN = 50;

const fromBridge = z.union([
  z.strictObject({ text: z.string().max(LONGEST) }),
  z.strictObject({ ack: z.string().max(64) }),
]);
const call = z.strictObject({
  id: z.string().min(1).max(64),
  // As long as the text that it stands in: what is not known is answered, too.
  method: z.string().min(1),
  params: z.unknown().optional(),
});

export interface Dapp extends Decisions {
  /** A line from the bridge of a document. @param start nothing is read before it has come to its end */
  accept(channel: Channel, from: DocumentSender, start: () => Promise<void>): void;
  /** Tells sites what has changed for them. */
  walletChanged(): Promise<void>;
  /** The user has closed the window. */
  windowClosed(): Promise<void>;
}

export function createDapp(deps: DappDeps): Dapp {
  const { documents, requests, limits } = deps;
  const decisions = createDecisions(deps);
  const inOrder = inTurn();

  const topOriginOf = async ({ tabId, frameId, origin, seenTop }: Asker): Promise<string | null> => {
    if (frameId === 0) return null;
    const top = (await documents.originOfTab(tabId)) ?? seenTop ?? 'null';
    return top === origin ? null : top;
  };

  /** @returns nothing where the answer comes later */
  const prompt = async (from: Asker, id: string, method: string, params: unknown): Promise<unknown> => {
    const key = keyOf(from, id);
    const known = await requests.find(key);
    if (known !== null) {
      decisions.deliver(known);
      return LATER;
    }
    const read = await readPrompt(deps, from.origin, method, params);
    if ('result' in read) return read.result;
    const { asked } = read;
    await limits.checkPatience(from.origin);
    const topOrigin = await topOriginOf(from);
    await inOrder(async () => {
      const open = (await requests.list()).filter(isOpen);
      const ofSite = open.filter((one) => one.from.origin === from.origin && one.key !== key);
      if (asked.kind === 'connect' && ofSite.some((one) => one.asked.kind === 'connect'))
        throw new RpcError('pending', 'The user is being asked already.');
      if (ofSite.length >= MOST_OPEN_OF_SITE || open.length >= MOST_OPEN)
        throw new RpcError('limit-exceeded', 'Too many requests are waiting.');
      const { origin, tabId, frameId, documentId } = from;
      const principal: Principal = { origin, topOrigin, tabId, frameId, documentId };
      const waiting = { shown: null, confirmed: null, answer: null };
      await requests.add({ key, id, from: principal, asked, atMs: deps.now(), ...waiting });
    });
    // Its document was left meanwhile.
    if (!documents.isOpen(from.documentId)) {
      await decisions.forget((one) => one.key === key);
      return LATER;
    }
    deps.changed();
    await decisions.ask();
    return LATER;
  };

  const answer = (from: Asker, id: string, method: string, params: unknown): Promise<unknown> => {
    if (isDirectMethod(method)) return answerDirectly(deps, from.origin, method, params);
    if (isNodeMethod(method)) return askNodeFor(deps, from.origin, method, params);
    if (isPromptMethod(method)) return prompt(from, id, method, params);
    return Promise.reject(refusalOf(method));
  };

  const hear = async (from: Asker, message: unknown): Promise<void> => {
    const heard = fromBridge.safeParse(message);
    if (!heard.success) return;
    if ('ack' in heard.data) return requests.remove(acknowledged(keyOf(from, heard.data.ack)));
    const parsed = call.safeParse(jsonOf(heard.data.text));
    if (!parsed.success) return;
    const { id, method, params } = parsed.data;
    try {
      if (isTooDeep(params, DEEPEST)) throw invalidParams('The params are too deep.');
      const result = await answer(from, id, method, params);
      if (result !== LATER) documents.post(from.documentId, { id, result });
    } catch (error) {
      documents.post(from.documentId, { id, error: wireErrorOf(error) });
    }
  };

  return {
    ...decisions,
    accept: (channel, from, start) => {
      const asker: Asker = { ...from, seenTop: seenTopOf(channel.name) };
      let ready: Promise<unknown> | undefined;
      channel.onMessage((message) => void ready?.then(() => hear(asker, message)));
      channel.onClose(async () => {
        await documents.closed(from.documentId, channel);
        // The document was left, or what it asked for is asked again by the next line; while it is stopped nobody is told.
        if (!documents.isOpen(from.documentId))
          await decisions.forget((one) => one.from.documentId === from.documentId);
      });
      ready = start()
        .then(() => documents.open(from, channel))
        .then(async () => {
          channel.post({ state: await stateOf(deps, from.origin) });
          // Answers that the page may not have; one that has it says so again.
          for (const one of await requests.list()) if (one.from.documentId === from.documentId) decisions.deliver(one);
        });
      ready.catch(() => channel.close());
    },
    walletChanged: async () => {
      await decisions.settleUnlocked();
      await tellStates(deps);
    },
    windowClosed: () => decisions.rejectAll(),
  };
}

/** The answer comes by `Decisions.deliver`. */
const LATER = Symbol('later');

const acknowledged = (key: string) => (one: { readonly key: string; readonly answer: unknown }) =>
  one.key === key && one.answer !== null;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without recursion of its own beyond the limit. */
function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}
