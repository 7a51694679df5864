/**
 * `npm run simulator`: a OneKey Mini without the Mini. Trezor's Python client reaches it over UDP, programs that speak to
 * a bridge over HTTP; a page shows its screen and its buttons. It keeps the well-known test words: nothing of value.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { serveBridge } from './bridge';
import { createMini } from './device';
import type { Press } from './person';
import { plugIn } from './pipe';
import type { Mini } from './types';
import { serveUdp } from './udp';

const WORDS = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
const MAX_BODY_BYTES = 1_000;

function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

async function pressOf(request: IncomingMessage): Promise<Press | undefined> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > MAX_BODY_BYTES) return undefined;
  }
  if (text === 'confirm' || text === 'cancel') return { press: text };
  return text.startsWith('type ') ? { type: text.slice(5) } : undefined;
}

async function answer(mini: Mini, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Another page of this browser may not press: it cannot set this header without being asked first.
  if (request.url === '/press' && request.method === 'POST' && request.headers['x-simulator'] === 'press') {
    const press = await pressOf(request);
    if (press) mini.press(press);
    response.writeHead(press ? 204 : 400).end();
  } else if (request.url === '/screen') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(mini.screen()));
  } else {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(readFileSync(new URL('./page.html', import.meta.url)));
  }
}

/** Where bridges are looked for, and where Trezor's emulator is. */
const [BRIDGE_PORT, UDP_PORT] = [21_325, 21_324];

const { values } = parseArgs({
  options: {
    udp: { type: 'boolean', default: false },
    pin: { type: 'string' },
    'pin-on-host': { type: 'boolean', default: false },
    passphrase: { type: 'boolean', default: false },
  },
});
const mini = createMini({
  mnemonic: WORDS,
  pin: values.pin ?? null,
  pinOnHost: values['pin-on-host'],
  passphraseProtection: values.passphrase,
  person: () => ({ press: 'nothing' }),
  random: (length) => new Uint8Array(randomBytes(length)),
  after,
});
const cable = plugIn(mini);
const page = createServer((request, response) => void answer(mini, request, response));
page.listen(0, '127.0.0.1', async () => {
  const address = page.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  // One end takes what the device says: a cable has one plug.
  if (values.udp) await serveUdp(cable, UDP_PORT);
  else await serveBridge(cable, { port: BRIDGE_PORT });
  const where = values.udp ? `trezorctl -p udp:127.0.0.1:${UDP_PORT}` : `bridge on 127.0.0.1:${BRIDGE_PORT}`;
  process.stdout.write(`screen and buttons  http://127.0.0.1:${port}\ndevice              ${where}\n`);
});
