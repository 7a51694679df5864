/**
 * Everything that the browsers under test send and get: a proxy that they use for every address, this machine's too, so
 * that no page, worker or window escapes the count. It can also stop a request on its way, to do something meanwhile.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL } from '@/config/extension-id';

const LOOPBACK = '127.0.0.1';
/** Where browsers are told to send what they ask for by themselves, such as updates. */
const BROWSER_OWN = 'http://browser.invalid';
/** The browser connects to where a sign-in ends before it sees that the extension takes the answer; it sends nothing. */
const SIGN_IN_ENDS = [EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL].map((url) => `${new URL(url).host}:443`);

/** One request and what came back. */
export interface Exchange {
  readonly method: string;
  /** Absolute. Of an encrypted connection only the origin is known. */
  readonly url: string;
  /** `name: value` lines. */
  readonly requestHeaders: string;
  readonly requestBody: Buffer;
  /** Null until it was answered. */
  readonly answer: { readonly status: number; readonly headers: string; readonly body: Buffer } | null;
}

/** A request that was stopped on its way, before the server got it or before the browser got the answer. */
export interface Held {
  readonly arrived: Promise<void>;
  /** Lets it go on. */
  pass(): void;
  /** Breaks the connection. */
  lose(): void;
}

export interface Network {
  /** On this machine. */
  readonly proxyPort: number;
  /** What makes a Chromium use it, for all addresses. */
  readonly browserArguments: readonly string[];
  /** In the order of asking, without what browsers ask for by themselves. */
  readonly exchanges: readonly Exchange[];
  /** Origins outside of the allowed ones that were asked for. They are never reached. */
  readonly foreign: readonly string[];
  /** From now on browsers may reach this origin, too; also one of `ws:`. */
  allow(origin: string): void;
  /** From now on this origin is answered by a server that listens elsewhere. */
  stand(origin: string, server: string): void;
  /** From now on an origin does not answer, as if its server were down. */
  cut(origin: string): void;
  mend(origin: string): void;
  /** Holds the next request that matches. */
  hold(matches: (exchange: Exchange) => boolean, at: 'request' | 'reply'): Held;
  stop(): Promise<void>;
}

type Wish = Held & {
  readonly matches: (exchange: Exchange) => boolean;
  readonly at: 'request' | 'reply';
  readonly fate: Promise<'pass' | 'lose'>;
  readonly arrive: () => void;
};

/** @param allowed origins that browsers may reach */
export async function watchNetwork(allowed: readonly string[]): Promise<Network> {
  const exchanges: Exchange[] = [];
  const foreign: string[] = [];
  const wishes: Wish[] = [];
  const reachable = new Set(allowed);
  const down = new Set<string>();
  const servers = new Map<string, string>();

  /** @returns whether it goes on */
  const pauseAt = async (at: 'request' | 'reply', exchange: Exchange): Promise<boolean> => {
    const index = wishes.findIndex((wish) => wish.at === at && wish.matches(exchange));
    const [wish] = index < 0 ? [] : wishes.splice(index, 1);
    wish?.arrive();
    return (await wish?.fate) !== 'lose';
  };

  const relay = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '');
    if (url.origin === BROWSER_OWN) return void response.writeHead(502).end();
    const asked = {
      method: request.method ?? '',
      url: url.href,
      requestHeaders: linesOf(request.rawHeaders),
      requestBody: await bodyOf(request),
    };
    const place = exchanges.push({ ...asked, answer: null }) - 1;
    if (!reachable.has(url.origin)) {
      foreign.push(url.origin);
      return void response.writeHead(403).end();
    }
    const lose = () => request.socket.destroy();
    if (down.has(url.origin)) return void lose();
    if (!(await pauseAt('request', { ...asked, answer: null }))) return void lose();
    const server = servers.get(url.origin) ?? url.origin;
    const answer = await forward(server, request, asked.requestBody).catch(() => null);
    // As a server that is down looks like: no answer at all.
    if (!answer) return void lose();
    const { status, headers, body } = answer;
    exchanges[place] = { ...asked, answer: { status, headers: linesOf(headers), body } };
    if (!(await pauseAt('reply', { ...asked, answer: null }))) return void lose();
    response.writeHead(status, headers).end(body);
  };

  const tunnels = new Set<Duplex>();
  const server = createServer((request, response) => {
    relay(request, response).catch(() => request.socket.destroy());
  });
  const refuse = (scheme: string) => (request: IncomingMessage, socket: NodeJS.WritableStream) => {
    const origin = `${scheme}://${request.headers.host ?? request.url}`;
    if (SIGN_IN_ENDS.includes(request.url ?? '')) return void socket.end();
    exchanges.push({
      method: request.method ?? '',
      url: origin,
      requestHeaders: linesOf(request.rawHeaders),
      requestBody: Buffer.alloc(0),
      answer: null,
    });
    foreign.push(origin);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  };
  /** A WebSocket asks for a tunnel, as what is encrypted does; what goes through it is not read here. */
  const tunnel = (request: IncomingMessage, socket: Duplex): void => {
    const origin = `ws://${request.url}`;
    if (!reachable.has(origin)) {
      refuse('https')(request, socket);
      return;
    }
    const { hostname, port } = new URL(origin);
    const upstream = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    tunnels.add(socket);
    for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => tunnels.delete(socket) && upstream.destroy());
  };
  server.on('connect', tunnel);
  server.on('upgrade', refuse('ws'));
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port: proxyPort } = server.address() as AddressInfo;

  return {
    proxyPort,
    browserArguments: [
      `--proxy-server=http://${LOOPBACK}:${proxyPort}`,
      '--proxy-bypass-list=<-loopback>',
      `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${LOOPBACK}`,
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      `--gaia-url=${BROWSER_OWN}`,
      `--autofill-server-url=${BROWSER_OWN}/`,
      `--google-apis-url=${BROWSER_OWN}`,
      `--component-updater=url-source=${BROWSER_OWN}/`,
      `--apps-gallery-update-url=${BROWSER_OWN}/`,
    ],
    exchanges,
    foreign,
    allow: (origin) => void reachable.add(origin),
    stand: (origin, server) => {
      reachable.add(origin);
      servers.set(origin, server);
    },
    cut: (origin) => void down.add(origin),
    mend: (origin) => void down.delete(origin),
    hold: (matches, at) => {
      let [arrive, decide] = [() => {}, (_: 'pass' | 'lose') => {}];
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const fate = new Promise<'pass' | 'lose'>((resolve) => (decide = resolve));
      const [pass, lose] = [() => decide('pass'), () => decide('lose')];
      wishes.push({ matches, at, arrived, arrive, fate, pass, lose });
      return { arrived, pass, lose };
    },
    stop: async () => {
      server.closeAllConnections();
      for (const socket of tunnels) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Asks the server as the browser did. @throws when nobody answers */
async function forward(server: string, request: IncomingMessage, body: Buffer) {
  const { 'proxy-connection': _, 'accept-encoding': __, ...headers } = request.headers;
  const { pathname, search } = new URL(request.url ?? '');
  const upstream = send(`${server}${pathname}${search}`, { method: request.method, headers, agent: false });
  upstream.end(body);
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: endToEnd(answer.rawHeaders), body: await bodyOf(answer) };
}

/** Names and values in turn, without those that are about one connection only. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const isName = (index: number) => index % 2 === 0;
  const dropped = (name: string) => /^(connection|keep-alive|transfer-encoding)$/i.test(name);
  return rawHeaders.filter((part, index) => !dropped(isName(index) ? part : (rawHeaders[index - 1] ?? '')));
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function linesOf(rawHeaders: readonly string[]): string {
  return rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\n`)).join('');
}
