import { describe, expect, it } from 'vitest';
import { memoryTransport } from '@/lib/bus/memory';
import type { Snapshot } from '@/lib/bus/snapshot';
import { createStateFeed } from '@/lib/bus/state-port';
import type { Channel } from '@/lib/bus/transport';
import { linkWallet } from './wallet-link';

const network = {
  chainId: 31337,
  name: 'Local',
  symbol: 'ETH',
  decimals: 18,
  explorerUrl: null,
  test: true,
  custom: false,
  hidden: false,
  rpcUrl: 'http://127.0.0.1:8440',
  replacedRpcUrl: null,
};

const snapshot: Snapshot = {
  flow: { stage: 'welcome', error: null },
  providers: [],
  network,
  networks: [network],
  networkDraft: null,
  sendDraft: null,
  tokens: [],
  tokenOrder: 'held-first',
  balances: [],
  wallets: [],
  selected: null,
  networkError: null,
  activity: [],
  received: [],
  receivedTokensMissing: false,
  contacts: [],
  requests: [],
  sites: [],
  settings: {
    idleLockMinutes: 15,
    theme: 'system',
    language: 'system',
    hideAmounts: false,
    fiatCurrency: null,
    notifications: false,
    pinReminders: true,
  },
  unlock: { methods: [], passkey: null, nextPasswordAtMs: null },
  priceSource: null,
  prices: null,
  backup: null,
  task: null,
  deviceJob: null,
  utxo: { revision: 0, balances: [] },
  foreignTries: null,
};

function linked() {
  const { page, background } = memoryTransport();
  const at = (index: number) => ({ walletId: 'A'.repeat(22), index });
  const now = { selected: at(0) };
  const feed = createStateFeed(async () => ({ ...snapshot, ...now }));
  background.onConnect((channel) => feed.add(channel));
  const link = linkWallet(page, () => {});
  const seen = (index: number) =>
    new Promise<void>((resolve) => {
      const check = () => link.mirror.getState().snapshot?.selected?.index === index && resolve();
      link.mirror.subscribe(check);
      check();
    });
  return { link, now, at, feed, seen };
}

describe('wallet link', () => {
  it('is empty until the background has answered, then follows it', async () => {
    const { link, now, at, feed, seen } = linked();
    expect(link.mirror.getState().snapshot).toBeNull();
    await seen(0);
    now.selected = at(2);
    await feed.changed();
    await seen(2);
  });

  it('hears nothing once it was stopped', async () => {
    const { link, now, at, feed, seen } = linked();
    await seen(0);
    link.stop();
    now.selected = at(2);
    await feed.changed();
    await feed.changed();
    expect(link.mirror.getState().snapshot?.selected).toEqual(at(0));
    expect(feed.size()).toBe(0);
  });

  it('holds a job of a device once, again where the background was stopped, and not when it is over', async () => {
    const { page, background } = memoryTransport();
    const account = { walletId: 'A'.repeat(22), index: 0 };
    const job = { id: 'j', account, kind: 'message', state: 'waiting', error: null } as const;
    const now: { deviceJob: Snapshot['deviceJob'] } = { deviceJob: job };
    const feed = createStateFeed(async () => ({ ...snapshot, ...now }));
    const held: Channel[] = [];
    background.onConnect((channel) => (channel.name === 'device.j' ? held.push(channel) : feed.add(channel)));
    const link = linkWallet(page, (run) => run());
    const seen = () => link.mirror.getState().snapshot?.deviceJob ?? null;
    await expect.poll(seen).toEqual(job);
    link.holdDeviceJob('j');
    link.holdDeviceJob('j');
    await expect.poll(() => held.length).toBe(1);
    held[0]?.close();
    await expect.poll(() => held.length).toBe(2);
    now.deviceJob = null;
    await feed.changed();
    await expect.poll(seen).toBeNull();
    held[1]?.close();
    await feed.changed();
    expect(held.length).toBe(2);
  });
});
