/** Both ends of the bus in one process, for tests and for Firefox: everything crosses as JSON, as it does in Chrome. */
import type { BackgroundTransport, Channel, PageTransport, Sender } from './transport';

const overTheWire = (message: unknown): unknown => JSON.parse(JSON.stringify(message ?? null));

/** Two ends of one line; what one posts the other hears, in order, in a later microtask. */
export function channelPair(name: string): [Channel, Channel] {
  const ends = [newEnd(), newEnd()] as const;
  const channel = (own: End, other: End): Channel => ({
    name,
    post: (message) => {
      const crossed = overTheWire(message);
      queueMicrotask(() => own.open && other.open && other.hear(crossed));
    },
    onMessage: (listener) => own.listeners.push(listener),
    onClose: (listener) => own.closeListeners.push(listener),
    close: () => {
      if (!own.open) return;
      own.open = false;
      queueMicrotask(() => other.die());
    },
  });
  return [channel(ends[0], ends[1]), channel(ends[1], ends[0])];
}

type End = ReturnType<typeof newEnd>;

function newEnd() {
  const end = {
    open: true,
    listeners: [] as ((message: unknown) => void)[],
    closeListeners: [] as (() => void)[],
    hear: (message: unknown) => {
      for (const listener of end.listeners) listener(message);
    },
    die: () => {
      if (!end.open) return;
      end.open = false;
      for (const listener of end.closeListeners) listener();
    },
  };
  return end;
}

/** A page joined to a background. @param sender who the background believes is calling */
export function memoryTransport(sender: Sender = { ownPage: true, document: null }): {
  page: PageTransport;
  background: BackgroundTransport;
} {
  let answer: ((message: unknown, sender: Sender) => Promise<unknown>) | undefined;
  let accept: ((channel: Channel, sender: Sender) => void) | undefined;
  return {
    page: {
      call: async (message) => {
        if (!answer) throw new Error('nobody answers');
        return overTheWire(await answer(overTheWire(message), sender));
      },
      connect: (name) => {
        const [page, background] = channelPair(name);
        queueMicrotask(() => accept?.(background, sender));
        return page;
      },
    },
    background: {
      onCall: (handler) => {
        answer = handler;
      },
      onConnect: (handler) => {
        accept = handler;
      },
    },
  };
}
