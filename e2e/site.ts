/** A web site on this machine, on ports of its own: every port is another origin. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  readonly origin: string;
  /** Paths with their queries, in the order in which they were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export interface SitePage {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is served as it is. */
export interface SiteFile {
  readonly body: Buffer;
  readonly type: string;
}

/**
 * @param pages by path; any other path is an empty page
 * @param fileAt is asked first
 */
export async function startSite(
  pages: Readonly<Record<string, SitePage>> = {},
  fileAt: (path: string) => SiteFile | null = () => null,
): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '/');
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const file = fileAt(path);
    if (file !== null) return void response.writeHead(200, { 'content-type': file.type }).end(file.body);
    const { body, headers } = pages[path] ?? { body: '<title>Site</title><h1>Site</h1>' };
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><html lang="en">${body}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
