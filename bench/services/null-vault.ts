/** Answers every request of a release at once, with nothing done: what is left is the cost of the load generator. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const challenge = Buffer.alloc(32, 7).toString('base64url');
const CHALLENGE = JSON.stringify({ challenge, expiresAtMs: 0 });
const RELEASE = JSON.stringify({ record: 'A'.repeat(280), backendShare: 'A'.repeat(44) });

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(request.url?.endsWith('challenge') ? CHALLENGE : RELEASE);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'listening', port })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
