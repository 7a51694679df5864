import { describe, expect, it, vi } from 'vitest';
import { channelPair } from '@/lib/bus/memory';
import { type BackgroundPort, openBridge } from './bridge';
import { askForHandover, openLine } from './line';
import { createProvider, type Provider } from './provider';

interface Asked {
  id: string;
  method: string;
  params?: unknown;
}

const HANDOVER = 'handover';

/** A page with its bridge, and a background that answers by `answer`. */
function openPage(answer: (asked: Asked) => unknown = () => null) {
  const target = new EventTarget() as Window;
  const meeting = new EventTarget();
  const lines: { post(message: unknown): void; close(): void; heard: unknown[] }[] = [];
  const connect = (): BackgroundPort => {
    const [page, background] = channelPair('dapp');
    const heard: unknown[] = [];
    lines.push({ post: background.post, close: background.close, heard });
    background.onMessage((message) => {
      heard.push(message);
      if (typeof message !== 'object' || message === null || !('text' in message)) return;
      const asked: Asked = JSON.parse(String(message.text));
      const result = answer(asked);
      if (result !== undefined)
        background.post({ id: asked.id, ...(result instanceof Refusal ? result.wire : { result }) });
    });
    return {
      postMessage: page.post,
      disconnect: page.close,
      onMessage: { addListener: page.onMessage },
      onDisconnect: { addListener: page.onClose },
    };
  };
  const timers: (() => void)[] = [];
  const bridge = openBridge({
    target,
    meeting,
    handover: HANDOVER,
    connect,
    whenShown: (run) => run(),
    setTimer: (run) => timers.push(run),
  });
  const line = openLine(askForHandover(target), () => meeting);
  const made: { provider?: Provider } = {};
  return {
    target,
    meeting,
    lines,
    timers,
    bridge,
    /** Made when it is first looked at, as in a page. */
    get provider() {
      made.provider ??= createProvider(line);
      return made.provider;
    },
  };
}

class Refusal {
  constructor(readonly wire: { error: { code: number; message: string } }) {}
}

describe('the provider', () => {
  it('asks nobody before the page has asked for something', async () => {
    const { lines, provider } = openPage();
    expect(lines).toHaveLength(0);
    await provider.request({ method: 'eth_chainId' });
    expect(lines).toHaveLength(1);
  });

  it('answers a request with what the background answers', async () => {
    const { provider } = openPage(({ method, params }) => ({ method, params }));
    const asked = { method: 'eth_call', params: [{ to: '0x1' }, 'latest'] };
    await expect(provider.request(asked)).resolves.toEqual(asked);
  });

  it('is rejected with a real error that has the code', async () => {
    const { provider } = openPage(() => new Refusal({ error: { code: 4001, message: 'no' } }));
    const error = await provider.request({ method: 'personal_sign', params: [] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 4001, message: 'no' });
  });

  it.each([
    [undefined],
    [null],
    ['eth_chainId'],
    [{}],
    [{ method: '' }],
    [{ method: 3 }],
    [{ method: 'a', params: 'b' }],
  ])('refuses the argument %j without asking anybody', async (argument) => {
    const { provider, lines } = openPage();
    await expect(provider.request(argument as never)).rejects.toMatchObject({ code: -32600 });
    expect(lines).toHaveLength(0);
  });

  it('refuses params that are no JSON', async () => {
    const { provider } = openPage();
    const circle: unknown[] = [];
    circle.push(circle);
    for (const params of [circle, [10n], [{ of: circle }]])
      await expect(provider.request({ method: 'eth_call', params })).rejects.toMatchObject({ code: -32602 });
    await expect(provider.request({ method: 'eth_call', params: ['x'.repeat(1_000_001)] })).rejects.toMatchObject({
      code: -32602,
    });
  });

  it('sends what the page may not copy as the JSON that it makes of itself', async () => {
    const { provider } = openPage(({ params }) => params);
    const params = new Proxy([{ to: '0x1' }], {});
    await expect(provider.request({ method: 'eth_call', params })).resolves.toEqual([{ to: '0x1' }]);
  });

  it('asks again under the same id when the background was stopped, and is answered once', async () => {
    const { provider, lines, timers } = openPage(() => undefined);
    const answer = provider.request({ method: 'eth_requestAccounts' });
    await vi.waitFor(() => expect(lines[0]?.heard).toHaveLength(1));
    lines[0]?.close();
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    timers[0]?.();
    await vi.waitFor(() => expect(lines[1]?.heard).toEqual(lines[0]?.heard));
    lines[1]?.post({ id: '1', result: ['0xa'], kept: true });
    lines[1]?.post({ id: '1', result: ['0xb'], kept: true });
    await expect(answer).resolves.toEqual(['0xa']);
    await vi.waitFor(() => expect(lines[1]?.heard).toContainEqual({ ack: '1' }));
  });

  it('does not wake a background that was stopped while nothing waits', async () => {
    const { provider, lines, timers, bridge } = openPage(() => 1);
    await provider.request({ method: 'eth_chainId' });
    lines[0]?.close();
    await provider.request({ method: 'eth_chainId' });
    expect(timers).toHaveLength(0);
    expect(lines).toHaveLength(2);
    bridge.connect();
    expect(lines).toHaveLength(2);
  });

  it('rejects what waits when the page is left', async () => {
    const { provider, target, lines } = openPage(() => undefined);
    const answer = provider.request({ method: 'eth_requestAccounts' });
    await vi.waitFor(() => expect(lines[0]?.heard).toHaveLength(1));
    target.dispatchEvent(new Event('pagehide'));
    await expect(answer).rejects.toMatchObject({ code: 4900 });
  });

  it('tells of the first contact and of changes, each listener once', async () => {
    const { provider, lines } = openPage();
    const heard: unknown[] = [];
    const note = (name: string) => (value: unknown) => heard.push([name, value]);
    for (const name of ['connect', 'chainChanged', 'accountsChanged']) provider.on(name, note(name));
    const gone = note('gone');
    provider.on('connect', gone).removeListener('connect', gone);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    lines[0]?.post({ state: { chainId: '0x1', accounts: [], unlocked: false } });
    lines[0]?.post({ state: { chainId: '0x1', accounts: ['0xa'], unlocked: true } });
    lines[0]?.post({ state: { chainId: '0xa', accounts: ['0xa'], unlocked: true } });
    lines[0]?.post({ state: { chainId: '0xa', accounts: ['0xa'], unlocked: true } });
    await vi.waitFor(() => expect(provider.chainId).toBe('0xa'));
    expect(provider).toMatchObject({ networkVersion: '10', selectedAddress: '0xa' });
    expect(heard).toEqual([
      ['connect', { chainId: '0x1' }],
      ['accountsChanged', ['0xa']],
      ['chainChanged', '0xa'],
    ]);
  });

  it('knows what the wallet told before the page looked at it', async () => {
    const page = openPage();
    page.bridge.connect();
    page.lines[0]?.post({ state: { chainId: '0x5', accounts: ['0xa'], unlocked: true } });
    await new Promise((resolve) => setImmediate(resolve));
    await vi.waitFor(() => expect(page.provider.chainId).toBe('0x5'));
    expect(page.provider.selectedAddress).toBe('0xa');
    expect(page.lines).toHaveLength(1);
  });

  it('knows the ways of asking from before', async () => {
    const { provider, lines } = openPage(({ method }) =>
      method === 'no' ? new Refusal({ error: { code: 4200, message: 'no' } }) : method,
    );
    await expect(provider.send('eth_chainId')).resolves.toMatchObject({ jsonrpc: '2.0', result: 'eth_chainId' });
    await expect(provider.send('no')).rejects.toMatchObject({ code: 4200 });
    await expect(provider.enable()).resolves.toBe('eth_requestAccounts');
    const called = (payload: object) =>
      new Promise((resolve) => provider.sendAsync(payload as never, (error, reply) => resolve([error, reply])));
    await expect(called({ id: 7, jsonrpc: '2.0', method: 'a' })).resolves.toEqual([
      null,
      { id: 7, jsonrpc: '2.0', result: 'a' },
    ]);
    await expect(called({ id: 8, method: 'no' })).resolves.toMatchObject([
      { code: 4200 },
      { id: 8, error: { code: 4200 } },
    ]);
    await expect(
      called([
        { id: 1, method: 'a' },
        { id: 2, method: 'b' },
      ]),
    ).resolves.toMatchObject([
      null,
      [
        { id: 1, result: 'a' },
        { id: 2, result: 'b' },
      ],
    ]);
    lines[0]?.post({ state: { chainId: '0x5', accounts: ['0xa'], unlocked: true } });
    await vi.waitFor(() => expect(provider.send({ id: 3, method: 'net_version' }).result).toBe('5'));
    expect(provider.send({ id: 3, method: 'eth_accounts' }).result).toEqual(['0xa']);
    expect(() => provider.send({ id: 3, method: 'eth_call' })).toThrow(expect.objectContaining({ code: -32600 }));
  });

  it('says so once when the extension is gone', async () => {
    const target = new EventTarget() as Window;
    openBridge({
      target,
      meeting: target,
      handover: HANDOVER,
      connect: () => {
        throw new Error('invalidated');
      },
      whenShown: (run) => run(),
      setTimer: () => undefined,
    });
    const provider = createProvider(openLine(askForHandover(target), () => target));
    const told = new Promise((resolve) => provider.once('disconnect', resolve));
    await expect(provider.request({ method: 'eth_chainId' })).rejects.toMatchObject({ code: 4900 });
    await expect(told).resolves.toMatchObject({ code: 4900 });
    expect(provider.isConnected()).toBe(false);
  });

  it('settles nothing that a page posts to its own window', async () => {
    const { provider, target, meeting, lines } = openPage(() => undefined);
    const settled = vi.fn();
    provider.request({ method: 'eth_requestAccounts' }).then(settled, settled);
    await vi.waitFor(() => expect(lines[0]?.heard).toHaveLength(1));
    for (const data of [{ id: '1', result: [] }, { gone: true }])
      target.dispatchEvent(new MessageEvent('message', { data }));
    target.dispatchEvent(new CustomEvent('halfkey:bridge', { detail: 'another name' }));
    const { port1, port2 } = new MessageChannel();
    for (const name of ['halfkey:line', 'halfkey:bridge', HANDOVER])
      for (const place of [target, meeting])
        place.dispatchEvent(new MessageEvent(name, { source: port2 as never, cancelable: true }));
    port1.postMessage({ id: '9', method: 'eth_chainId' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).not.toHaveBeenCalled();
    expect(lines[0]?.heard).toHaveLength(1);
    port1.close();
  });

  it('hands its port over by a name that only the first who hears is told', async () => {
    const { target, provider, lines } = openPage(() => 1);
    const heard = vi.fn();
    target.addEventListener('halfkey:bridge', heard);
    target.dispatchEvent(new Event('halfkey:line'));
    expect(heard).not.toHaveBeenCalled();
    await expect(provider.request({ method: 'eth_chainId' })).resolves.toBe(1);
    expect(lines).toHaveLength(1);
  });

  it('is told the name alone, also where others listen already', () => {
    const target = new EventTarget() as Window;
    openLine(askForHandover(target), () => target);
    const heard = vi.fn();
    target.addEventListener('halfkey:bridge', heard);
    const connect = () => {
      throw new Error('nobody asks');
    };
    const bridge = { target, meeting: target, handover: HANDOVER, connect, setTimer: () => undefined };
    openBridge({ ...bridge, whenShown: (run) => run() });
    expect(heard).not.toHaveBeenCalled();
  });

  it('waits for a bridge that comes later', async () => {
    const target = new EventTarget() as Window;
    const provider = createProvider(openLine(askForHandover(target), () => target));
    const answer = provider.request({ method: 'eth_chainId' });
    const connect = () => {
      throw new Error('invalidated');
    };
    openBridge({
      target,
      meeting: target,
      handover: HANDOVER,
      connect,
      whenShown: (run) => run(),
      setTimer: () => undefined,
    });
    await expect(answer).rejects.toMatchObject({ code: 4900 });
  });
});
