import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const CLIENTS = 20;

interface Client {
  answered: number;
  /** What ended it, before any byte of an answer. */
  ended: string;
}

/** Sends one request after the other on a connection that is kept alive, until one fails. */
async function work(url: string, name: number): Promise<Client> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let answered = 0; ; answered += 1) {
    const text = `client ${name}, request ${answered}`;
    const answer = await post(`${url}/work`, text, agent);
    if (answer === text) continue;
    agent.destroy();
    return { answered, ended: answer };
  }
}

function post(url: string, text: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
      response.on('error', (error) => resolve(`cut off: ${error.message}`));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(text);
  });
}

it('answers every request that it accepted when it is told to stop under load', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'services/http/testing/slow-service.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: { msg: string; port?: number; accepted?: number }[] = [];
  let clients: Promise<Client[]> | undefined;
  let requests = 0;
  for await (const line of createInterface(child.stdout)) {
    const entry = JSON.parse(line);
    if (entry.msg === 'request') requests += 1;
    else lines.push(entry);
    if (entry.msg === 'listening')
      clients = Promise.all(Array.from({ length: CLIENTS }, (_, name) => work(`http://127.0.0.1:${entry.port}`, name)));
    if (requests === 10 * CLIENTS && entry.msg === 'request') child.kill('SIGTERM');
  }
  const done = (await clients) ?? [];
  const answered = done.reduce((sum, client) => sum + client.answered, 0);
  // A connection that the system took and the server never saw is reset; nothing of its request was accepted.
  expect(done.filter(({ ended }) => !/^ECONN(REFUSED|RESET)$/.test(ended))).toEqual([]);
  expect(lines.find(({ msg }) => msg === 'closing')?.accepted).toBe(answered);
  expect(answered).toBeGreaterThan(10 * CLIENTS);
  expect((await exited)[0]).toBe(0);
}, 60_000);
