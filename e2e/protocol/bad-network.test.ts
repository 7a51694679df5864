/** The proxy itself, before anything rests on it: each fault is what its name says. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type BadNetwork, FAULTS, type Fault, startBadNetwork } from './bad-network';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server that answers each piece with twice its text, behind a network on which `fault` happens to everything. */
async function openNetwork(fault: Fault | null) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      heard.push(String(piece));
      socket.write(`${piece}${piece}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const targetPort = (server.address() as AddressInfo).port;
  // First whether, then delay or another, then which.
  const rolls = fault === null ? [1] : fault === 'delay' ? [0, 0, 0.9] : [0, 0.9, (FAULTS.indexOf(fault) - 0.5) / 4];
  let roll = 0;
  const random = () => rolls[roll++ % rolls.length] ?? 0;
  const network = await startBadNetwork({ targetPort, share: 0.5, delayMs: 50, random });
  stops.push(() => server.close(), network.stop);
  return { network, heard };
}

/** What comes back for `text`, and how it ends: with an error, or with silence. */
function say(network: BadNetwork, text: string): Promise<{ answer: string; ended: string }> {
  return new Promise((resolve) => {
    const socket = connect(network.port, '127.0.0.1');
    let answer = '';
    const finish = (ended: string) => {
      socket.destroy();
      resolve({ answer, ended });
    };
    socket.on('data', (piece) => {
      answer += piece;
      if (answer.length === 2 * text.length) finish('answered');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? ''));
    socket.on('close', () => finish('closed'));
    socket.setTimeout(400, () => finish('silence'));
    socket.write(text);
  });
}

describe('a bad network', () => {
  it.each<[Fault | null, string, string, number]>([
    [null, 'abcdabcd', 'answered', 1],
    ['delay', 'abcdabcd', 'answered', 1],
    ['reset', '', 'ECONNRESET', 0],
    ['reset-after', '', 'ECONNRESET', 1],
    ['half-open', '', 'silence', 0],
  ])('%s: "%s", %s, heard %i times', async (fault, answer, ended, times) => {
    const { network, heard } = await openNetwork(fault);
    expect(await say(network, 'abcd')).toEqual({ answer, ended });
    expect(heard).toHaveLength(times);
    if (fault) expect(network.done[fault]).toBe(1);
  });

  it('cut: not the whole answer, then an end', async () => {
    const { network, heard } = await openNetwork('cut');
    const { answer, ended } = await say(network, 'abcd');
    expect(['', 'abcd']).toContain(answer);
    expect(['ECONNRESET', 'closed']).toContain(ended);
    expect(heard).toEqual(['abcd']);
  });

  it('is a good one once it is calm, and lets go of what hung', async () => {
    const { network } = await openNetwork('half-open');
    const hung = say(network, 'abcd');
    await expect.poll(() => network.done['half-open']).toBe(1);
    network.calm();
    expect((await hung).ended).toBe('ECONNRESET');
    expect((await say(network, 'abcd')).ended).toBe('answered');
  });
});
