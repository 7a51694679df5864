import { describe, expect, it, vi } from 'vitest';
import { type Duplex, duplex } from '@/lib/bus/duplex';
import { channelPair } from '@/lib/bus/memory';
import type { Channel } from '@/lib/bus/transport';
import { groundOf, keysOf, WALLET } from '../testing/world';
import { createUtxoHost, type HostArea } from './host';

const HARDENED = 0x8000_0000;
const PATH = [84, 0, 0].map((step) => step + HARDENED);
const DIGEST = 'ab'.repeat(32);

function areaOf(values: Map<string, unknown>): HostArea {
  return {
    get: async (keys) => Object.fromEntries([...values].filter(([key]) => keys === null || keys.includes(key))),
    set: async (items) => void Object.entries(items).map(([key, value]) => values.set(key, value)),
    remove: async (keys) => void keys.map((key) => values.delete(key)),
  };
}

/** The test plays the engine. */
function hosted(answer: (name: string, engine: Duplex) => Promise<unknown> = async () => null) {
  const local = new Map<string, unknown>([['profile', 'not yours']]);
  const opened: Channel[] = [];
  const timers: (() => void)[] = [];
  let engine: Duplex | undefined;
  const host = createUtxoHost({
    open: async () => {
      const [here, there] = channelPair('utxo');
      opened.push(there);
      engine = duplex(there, (name) => answer(name, engine as Duplex));
      return here;
    },
    areas: { local: areaOf(local), session: areaOf(new Map()) },
    keys: keysOf(groundOf('btc')),
    onNews: async () => undefined,
    setTimer: (run) => void timers.push(run),
  });
  const ask = (name: string, input: unknown) => (engine as Duplex).ask(name, input);
  return { host, local, opened, timers, ask };
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => [code, details?.reason].filter((part) => part !== undefined).join(' '),
  );
const sign = { walletId: WALLET, requests: [{ path: [...PATH, 0, 0], digest: DIGEST, kind: 'der' }] };

describe('the background', () => {
  it('starts no engine before it is asked', async () => {
    const { host, opened } = hosted();
    expect(opened).toHaveLength(0);
    await Promise.all([host.tell('follow'), host.tell('refresh')]);
    expect(opened).toHaveLength(1);
  });

  it('signs while a page waits for what it has confirmed, and at no other time', async () => {
    const answers: string[] = [];
    const { host, ask } = hosted(async (name, engine) => {
      if (name === 'call') answers.push(await failure(engine.ask('sign', sign)));
      return null;
    });
    await host.call('send.prepare', {});
    await host.call('send.confirm', {});
    expect(answers).toEqual(['bad-message sign', 'nothing']);
    expect(await failure(ask('sign', sign))).toBe('bad-message sign');
  });

  it('has keys of these coins only', async () => {
    const { host, ask } = hosted();
    await host.tell('follow');
    const extended = (path: readonly number[]) => failure(ask('extended', { walletId: WALLET, paths: [path] }));
    expect(await extended(PATH)).toBe('nothing');
    expect(await extended([44, 60, 0].map((step) => step + HARDENED))).toBe('bad-message path');
    expect(await extended([84, 0, 0])).toBe('bad-message path');
    expect(await extended([...PATH, 0])).toBe('bad-message path');
  });

  it('gives the engine a corner of the storage, of a size, and takes it back', async () => {
    const { host, local, ask } = hosted();
    await host.tell('follow');
    await ask('set', { area: 'local', name: 'index', value: [] });
    expect(await ask('get', { area: 'local', name: 'index' })).toEqual([]);
    expect(await ask('get', { area: 'local', name: 'profile' })).toBeNull();
    expect(await failure(ask('get', { area: 'local', name: '../profile' }))).not.toBe('nothing');
    const large = { area: 'local', name: 'index', value: 'x'.repeat(8_000_001) };
    expect(await failure(ask('set', large))).toBe('storage-failed index');
    await host.wipe();
    expect([...local.keys()]).toEqual(['profile']);
  });

  it('says so when the engine is gone, and starts another one', async () => {
    const { host, opened } = hosted(() => new Promise(() => undefined));
    const asked = failure(host.call('coins.list', {}));
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    opened[0]?.close();
    expect(await asked).toBe('interrupted');
    void host.call('coins.list', {}).catch(() => undefined);
    await vi.waitFor(() => expect(opened).toHaveLength(2));
  });

  it('leaves nobody waiting when the device is wiped', async () => {
    const asks: unknown[] = [];
    const { host } = hosted(() => new Promise((resolve) => asks.push(resolve)));
    const asked = failure(host.call('discover.start', {}));
    await vi.waitFor(() => expect(asks).toHaveLength(1));
    await host.wipe();
    expect(await asked).toBe('interrupted');
  });

  it('ends an engine that nobody asks anything, and none that is at work', async () => {
    const asks: ((value: unknown) => void)[] = [];
    const { host, opened, timers } = hosted(() => new Promise((resolve) => asks.push(resolve)));
    const closed = vi.fn();
    const asked = host.call('coins.list', {});
    await vi.waitFor(() => expect(asks).toHaveLength(1));
    opened[0]?.onClose(closed);
    for (let round = 0; round < 3; round += 1) timers.at(-1)?.();
    asks[0]?.([]);
    await asked;
    expect(closed).not.toHaveBeenCalled();
    for (let round = 0; round < 3; round += 1) timers.at(-1)?.();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });
});
