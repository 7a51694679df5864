/** The Chrome DevTools Protocol over a WebSocket, for what Playwright has no door to: background, realm worker, heaps. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import WebSocket from 'ws';
import { EXTENSION_ID } from '@/config/extension-id';

/** Makes a Chromium listen for it, and its heap snapshots hold strings whole. */
export const DEVTOOLS_ARGUMENTS = ['--remote-debugging-port=0', '--js-flags=--heap-snapshot-string-limit=4000000'];

/** Something that runs the extension's code: its background, a page, a worker. */
export interface Target {
  /** Its type and the end of its address, such as `page tab.html`. */
  readonly name: string;
  send<Result = unknown>(method: string, params?: object): Promise<Result>;
  on<Params>(event: string, listener: (params: Params) => void): void;
}

export interface BrowserProcess {
  readonly id: number;
  /** Such as `browser`, `renderer`, `GPU`, `utility`. */
  readonly type: string;
}

export interface DevTools {
  /** Everything of the extension that runs now, dedicated workers included. */
  targets(): Promise<Target[]>;
  /** Has the garbage of all of them collected. */
  collectGarbage(): Promise<void>;
  processes(): Promise<BrowserProcess[]>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: TargetInfo;
}

const ORIGIN = `chrome-extension://${EXTENSION_ID}/`;
const BROWSER = '';

/** @param profile of a browser that was started with `DEVTOOLS_ARGUMENTS` */
export async function openDevTools(profile: string): Promise<DevTools> {
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, maxPayload: 2 ** 30 });
  await once(socket, 'open');
  const waiting = new Map<number, { resolve(result: never): void; reject(error: Error): void }>();
  const listeners = new Map<string, ((params: never) => void)[]>();
  let lastId = 0;

  socket.on('message', (data) => {
    const { id = -1, sessionId = BROWSER, method, params, result, error } = JSON.parse(String(data)) as Message;
    if (method !== undefined)
      for (const listener of listeners.get(`${sessionId} ${method}`) ?? []) listener(params as never);
    const one = waiting.get(id);
    waiting.delete(id);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result as never);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'));
  });

  const sessionOf = (sessionId: string): Pick<Target, 'send' | 'on'> => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId === BROWSER ? {} : { sessionId }) }));
      }),
    on: (event, listener) => {
      const key = `${sessionId} ${event}`;
      listeners.set(key, [...(listeners.get(key) ?? []), listener]);
    },
  });
  const browser = sessionOf(BROWSER);

  const attach = async ({ targetId, type, url }: TargetInfo): Promise<Target[]> => {
    const { sessionId } = await browser.send<Attached>('Target.attachToTarget', { targetId, flatten: true });
    const session = sessionOf(sessionId);
    const workers: Target[] = [];
    session.on<Attached>('Target.attachedToTarget', ({ targetInfo, sessionId: inner }) => {
      // The background is told of there, too.
      if (targetInfo.type === 'worker') workers.push({ name: nameOf(targetInfo), ...sessionOf(inner) });
    });
    await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    return [{ name: nameOf({ type, url }), ...session }, ...workers];
  };
  const targets = async (): Promise<Target[]> => {
    const all = await browser.send<{ targetInfos: TargetInfo[] }>('Target.getTargets', { filter: [{}] });
    const ours = all.targetInfos.filter(
      ({ url, type }) => url.startsWith(ORIGIN) && type !== 'tab' && type !== 'worker',
    );
    return (await Promise.all(ours.map(attach))).flat();
  };
  return {
    targets,
    collectGarbage: async () => {
      for (const target of await targets()) await target.send('HeapProfiler.collectGarbage');
    },
    processes: async () =>
      (await browser.send<{ processInfo: BrowserProcess[] }>('SystemInfo.getProcessInfo')).processInfo,
    close: () => socket.close(),
  };
}

const nameOf = ({ type, url }: Pick<TargetInfo, 'type' | 'url'>): string =>
  `${type} ${url.slice(ORIGIN.length).replace(/^assets\/|-[\w-]{8}(?=\.js$)/g, '')}`;
