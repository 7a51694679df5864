/** State flows one way: the background sends the whole snapshot to every page that listens, at once and at each change. */
import { type Snapshot, snapshot } from './snapshot';
import type { Channel, PageTransport } from './transport';

export const STATE_PORT = 'state';
/** How long a page waits before it connects again to a background that never answered, in ms. */
const RECONNECT_AFTER_MS = 500;

/** The background's list of listening pages. */
export interface StateFeed {
  add(channel: Channel): void;
  /** Reads the snapshot and sends it to all pages; changes that come meanwhile are sent after it, never before. */
  changed(): Promise<void>;
  /** How many pages listen. */
  size(): number;
}

/** @param current reads the snapshot as it is now */
export function createStateFeed(current: () => Promise<Snapshot>): StateFeed {
  const channels = new Set<Channel>();
  let stale = false;
  let sending: Promise<void> | undefined;

  const send = async () => {
    try {
      while (stale) {
        stale = false;
        const state = await current();
        for (const channel of channels) channel.post(state);
      }
    } finally {
      // In the same turn as the last look at `stale`: a change that comes now must start a new round.
      sending = undefined;
    }
  };
  const changed = () => {
    stale = true;
    sending ??= send();
    return sending;
  };
  return {
    add: (channel) => {
      channels.add(channel);
      channel.onClose(() => channels.delete(channel));
      changed().catch(() => {
        channels.delete(channel);
        channel.close();
      });
    },
    changed,
    size: () => channels.size,
  };
}

/**
 * Hands every snapshot to `listener` until stopped. A background that was stopped by the browser is woken and listened to again.
 * @param setTimer the page's `setTimeout`
 * @returns the function that stops it
 */
export function followState(
  transport: PageTransport,
  listener: (state: Snapshot) => void,
  setTimer: (run: () => void, delayMs: number) => void,
): () => void {
  let stopped = false;
  let channel: Channel | undefined;
  const connect = () => {
    if (stopped) return;
    let heard = false;
    channel = transport.connect(STATE_PORT);
    channel.onMessage((message) => {
      const parsed = snapshot.safeParse(message);
      if (!parsed.success || stopped) return;
      heard = true;
      listener(parsed.data);
    });
    channel.onClose(() => (heard ? connect() : setTimer(connect, RECONNECT_AFTER_MS)));
  };
  connect();
  return () => {
    stopped = true;
    channel?.close();
  };
}
