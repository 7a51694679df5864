/** A node that answers every method of the description with the result of its example. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHex } from 'viem';
import { methods } from './document';

export interface ExampleNode {
  readonly url: string;
  stop(): Promise<void>;
}

interface Asked {
  readonly id: number;
  readonly method: string;
}

/** @param chainId what it says that it is */
export async function startExampleNode(chainId: number): Promise<ExampleNode> {
  const answer = ({ id, method }: Asked) => {
    const [example] = methods.find(({ name }) => name === method)?.examples ?? [];
    const result = method === 'eth_chainId' ? toHex(chainId) : example?.result.value;
    const said = result === undefined ? { error: { code: -32601, message: `no ${method}` } } : { result };
    return { jsonrpc: '2.0', id, ...said };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
