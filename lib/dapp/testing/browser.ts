/**
 * A wallet's background with everything around it in one process: it can be stopped at each contact with the world, and
 * started again over the same storage. Pages are bridges of the real kind.
 */

import { z } from 'zod';
import { channelPair } from '@/lib/bus/memory';
import type { DocumentSender } from '@/lib/bus/transport';
import type { UnsignedTransaction } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { type BackgroundPort, openBridge } from '@/lib/provider/bridge';
import { askForHandover, openLine } from '@/lib/provider/line';
import { createProvider, type Provider } from '@/lib/provider/provider';
import { createGrants, grantsRecord } from '../allowances/grants';
import { batchesRecord } from '../batches';
import { createDapp, type Dapp } from '../dapp';
import { createDocuments, documentsRecord } from '../documents';
import { createLimits, limitsRecord } from '../limits';
import { createRequests, requestsRecord } from '../requests';
import { createSites, type Sites, sitesRecord } from '../sites';
import type { OwnAccount } from '../types';

export const CHAIN_ID = 31_337;
const walletId = 'A'.repeat(22);
export const ACCOUNTS: readonly OwnAccount[] = [
  { at: { walletId, index: 0 }, address: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F' },
  { at: { walletId, index: 1 }, address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' },
];

export interface Life {
  readonly dapp: Dapp;
  readonly sites: Sites;
  /** Contacts with the world so far. */
  readonly contacts: () => number;
  /** The contact at which it stops, and whether its effect happens before. */
  stopAt(contact: number, how: 'before' | 'after'): void;
  readonly stopped: Promise<void>;
  stop(): void;
}

/** One browser: storage, window, chain. Lives of the background come and go in it. */
export function openBrowser() {
  const area = memoryArea();
  const state = { window: false, windowsOpened: 0, locked: false, nowMs: 1_000_000, knownChains: [CHAIN_ID, 1] };
  const signatures = new Set<string>();
  const sent = new Set<string>();
  /** By hash. */
  const receipts = new Map<string, unknown>();
  const replaced = new Set<string>();
  /** Origins. */
  const named = new Set<string>();
  /** What stands in the way of sending, by nonce. */
  const refusals = new Map<number, WalletError>();
  let drawn = 0;
  let life: Life & { accept(page: Page): void; contact: Contact } = undefined as never;
  const pages = new Map<string, Page>();
  const changes: (() => void)[] = [];

  const start = async (): Promise<Life> => {
    let [contacts, fatal, how] = [0, Number.POSITIVE_INFINITY, 'before' as 'before' | 'after'];
    let dead = false;
    let tell = () => {};
    const stopped = new Promise<void>((resolve) => (tell = resolve));
    const die = () => {
      dead = true;
      for (const page of pages.values()) page.cut();
      tell();
    };
    const never = () => new Promise<never>(() => {});
    /** Whatever a stopped background still runs comes to its next contact, and no further. */
    const contact: Contact = async (effect) => {
      if (dead) return never();
      contacts += 1;
      const last = contacts === fatal;
      if (last && how === 'before') {
        die();
        return never();
      }
      const result = await effect();
      if (dead) return never();
      if (last) {
        die();
        return never();
      }
      return result;
    };
    const stored = <Schema extends z.ZodType>(key: string, schema: Schema) => {
      const one = cell(area, key, schema);
      return {
        read: () => contact(one.read),
        write: (value: z.output<Schema>) => contact(() => one.write(value)),
        remove: () => contact(one.remove),
      };
    };
    const sites = createSites({
      stored: stored('sites', sitesRecord),
      nameScripts: {
        add: async (origin) => void named.add(origin),
        keep: async (origins) => {
          named.clear();
          for (const origin of origins) named.add(origin);
        },
      },
      firstChainId: async () => CHAIN_ID,
      now: () => state.nowMs,
    });
    const documents = createDocuments({
      stored: stored('documents', documentsRecord),
      wake: ({ tabId, frameId }) =>
        contact(async () => {
          const page = [...pages.values()].find(({ sender }) => sender.tabId === tabId && sender.frameId === frameId);
          if (!page) throw new Error('not there');
          page.bridge.connect();
        }),
      setTimer: (run) => void setImmediate(() => setImmediate(() => setImmediate(run))),
    });
    const dapp = createDapp({
      sites,
      documents,
      requests: createRequests(stored('requests', requestsRecord)),
      limits: createLimits({ stored: stored('limits', limitsRecord), now: () => state.nowMs }),
      batches: stored('batches', batchesRecord),
      grants: createGrants({ stored: stored('grants', grantsRecord), now: () => state.nowMs }),
      told: stored('told', z.record(z.string(), z.string())),
      wallet: {
        isUnlocked: () => contact(async () => !state.locked),
        accounts: async () => ACCOUNTS,
        signDigest: (at, digest) =>
          contact(async () => {
            if (state.locked) throw new WalletError('locked');
            const signature = `0x${digest.slice(2)}${at.index}` as const;
            signatures.add(signature);
            return signature;
          }),
        send: (by, transaction) =>
          contact(async () => {
            const refusal = refusals.get(transaction.nonce);
            if (refusal !== undefined) throw refusal;
            const hash = hashOf(transaction);
            sent.add(`${by.at.index} ${hash}`);
            return hash;
          }),
        isReplaced: async (hash) => replaced.has(hash),
        nextNonce: async () => sent.size,
      },
      chains: {
        firstChainId: async () => CHAIN_ID,
        isKnown: async (chainId) => state.knownChains.includes(chainId),
        request: async (_, method, params) =>
          method === 'eth_getTransactionReceipt' ? (receipts.get(String(params)) ?? null) : { method, params },
        add: async ({ chainId }) => void state.knownChains.push(chainId),
        addToken: async () => undefined,
      },
      window: {
        show: () =>
          contact(async () => {
            if (!state.window) state.windowsOpened += 1;
            state.window = true;
            await area.set({ shown: true });
          }),
        wasClosed: () => contact(async () => (await area.get(['shown'])).shown === true && !state.window),
        close: () =>
          contact(async () => {
            await area.set({ shown: false });
            state.window = false;
          }),
      },
      changed: () => {
        for (const change of changes) change();
      },
      version: '1',
      random: (length) => {
        drawn += 1;
        return new Uint8Array(length).fill(drawn);
      },
      now: () => state.nowMs,
    });
    life = {
      dapp,
      sites,
      contact,
      contacts: () => contacts,
      stopAt: (at, when) => {
        [fatal, how] = [contacts + at, when];
      },
      stopped,
      stop: die,
      accept: (page) => {
        const [near, far] = channelPair(page.portName);
        page.attach(near);
        dapp.accept(far, page.sender, async () => undefined);
      },
    };
    await dapp.resume();
    return life;
  };

  /**
   * @param sender the place of the document. @param portName what its bridge calls its line
   * @param port handed to the bridge before the provider's, which then reaches nobody
   */
  const openPage = (sender: Partial<DocumentSender> = {}, portName = 'dapp 1 ', port?: MessagePort): Page => {
    const place = { origin: 'https://a.example', tabId: 1, frameId: 0, ...sender };
    const made = { documentId: `${place.tabId}.${place.frameId}.${pages.size}`, ...place };
    const page = newPage(made, portName, (one) => life.accept(one), port);
    pages.set(page.sender.documentId, page);
    return page;
  };
  return {
    state,
    signatures,
    sent,
    receipts,
    replaced,
    named,
    refusals,
    start,
    openPage,
    onChange: (listener: () => void) => void changes.push(listener),
    /** The page goes away, with everything in it. */
    leave: (page: Page) => {
      pages.delete(page.sender.documentId);
      page.leave();
    },
    read: async () => requestsRecord.parse((await area.get(['requests'])).requests ?? []),
  };
}
export type TestBrowser = ReturnType<typeof openBrowser>;

type Contact = <Result>(effect: () => Promise<Result>) => Promise<Result>;

const hashOf = ({ nonce }: UnsignedTransaction): `0x${string}` => `0x${nonce.toString(16).padStart(64, '0')}`;

export interface Page {
  readonly provider: Provider;
  readonly sender: DocumentSender;
  /** Of the line that its bridge opens. */
  readonly portName: string;
  readonly bridge: { connect(): void };
  attach(line: ReturnType<typeof channelPair>[0]): void;
  /** The line breaks, as it does when the background is stopped. */
  cut(): void;
  leave(): void;
}

function newPage(sender: DocumentSender, portName: string, reach: (page: Page) => void, port?: MessagePort): Page {
  const target = new EventTarget() as Window;
  let line: ReturnType<typeof channelPair>[0] | undefined;
  let closed: (() => void)[] = [];
  const connect = (): BackgroundPort => {
    closed = [];
    reach(page);
    const own = line;
    if (own === undefined) throw new Error('no line');
    const listeners = closed;
    own.onClose(() => {
      for (const listener of listeners) listener();
    });
    return {
      postMessage: own.post,
      disconnect: own.close,
      onMessage: { addListener: own.onMessage },
      onDisconnect: { addListener: (listener) => void listeners.push(listener) },
    };
  };
  const bridge = openBridge({
    target,
    meeting: target,
    handover: portName,
    connect,
    whenShown: (run) => run(),
    setTimer: (run) => void setImmediate(run),
  });
  if (port !== undefined) target.dispatchEvent(new MessageEvent(portName, { source: port as never }));
  const page: Page = {
    sender,
    portName,
    bridge,
    provider: createProvider(openLine(askForHandover(target), () => target)),
    attach: (next) => {
      line = next;
    },
    cut: () => {
      const gone = closed;
      closed = [];
      line = undefined;
      queueMicrotask(() => {
        for (const listener of gone) listener();
      });
    },
    leave: () => target.dispatchEvent(new Event('pagehide')),
  };
  return page;
}
