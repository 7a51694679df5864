import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { feedPage } from '@/lib/keyless/wire/feed';
import { ACCOUNT } from '../testing/issuer';
import { openVault, reserveSlot } from '../testing/steps';
import { createVaultFeed, VaultUnreachable } from './vault-feed';

const closing: Array<() => void> = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const vaultUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createVaultFeed({ vaultUrl, serviceKey: 'the service key', fetch });
}

it('reads a page with the service key', async () => {
  const vault = openVault();
  reserveSlot(vault);
  const page = await vault.readPage(ACCOUNT, 0);
  const seen: Array<string | undefined> = [];
  const feed = await serve((request, response) => {
    seen.push(request.method, request.url, request.headers.authorization);
    response.end(JSON.stringify(z.encode(feedPage, page)));
  });
  expect(await feed.readPage(ACCOUNT, 4)).toEqual(page);
  expect(seen).toEqual(['GET', `/feed/${toHex(ACCOUNT)}?after=4`, 'Bearer the service key']);
});

it.each<[string, RequestListener]>([
  ['an error', (_request, response) => response.writeHead(500).end('{}')],
  ['a refused key', (_request, response) => response.writeHead(401).end('{}')],
  ['something else than JSON', (_request, response) => response.end('<html>')],
  ['something else than a page', (_request, response) => response.end('{"head": -1, "entries": []}')],
  ['a redirection', (_request, response) => response.writeHead(302, { location: '/' }).end()],
  ['a page without end', (_request, response) => void endless(response)],
  ['half an answer', (_request, response) => response.write('{"head"', () => response.destroy())],
])('says that the vault is unreachable when it answers %s', async (_what, listener) => {
  const feed = await serve(listener);
  const error = await feed.readPage(ACCOUNT, 0).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(VaultUnreachable);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(toHex(ACCOUNT));
});

it('says so when nobody listens', async () => {
  const feed = createVaultFeed({ vaultUrl: 'http://127.0.0.1:1', serviceKey: 'the service key', fetch });
  await expect(feed.readPage(ACCOUNT, 0)).rejects.toBeInstanceOf(VaultUnreachable);
});

function endless(response: Parameters<RequestListener>[1]) {
  const chunk = ' '.repeat(64 * 1024);
  const more = () => {
    while (response.writable && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
