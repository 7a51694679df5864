/** As much of an Esplora as a wallet asks for, over HTTP (Blockstream/esplora, API.md), in front of a real node. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Node, NodeRefusal } from '../nodes/node';
import { scriptOfAddress } from './addresses';
import type { Served } from './blockbook';
import { CHAINS } from './chains';
import { blockHashOf, type Entry, HEIGHT_OFFSET, type Ledger, openLedger } from './ledger';

const CHAIN = CHAINS.btc;
const PAGE_SIZE = 25;
const MAX_BODY = 1_000_000;
/** sat/vB by blocks. */
const FEES = { 1: 20.5, 2: 20.5, 3: 10.2, 6: 5, 12: 2, 144: 1 };

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

interface Question {
  readonly ledger: Ledger;
  readonly node: Node;
  readonly body: string;
  /** What the pattern's groups have matched. */
  readonly parts: readonly string[];
}

const ROUTES: readonly (readonly [method: string, path: RegExp, answer: (question: Question) => unknown])[] = [
  ['GET', /^\/blocks\/tip\/height$/, ({ ledger }) => String(ledger.height + HEIGHT_OFFSET)],
  ['GET', /^\/block-height\/(\d+)$/, ({ ledger, parts: [height] }) => blockHash(ledger, Number(height))],
  ['GET', /^\/address\/([^/]+)$/, ({ ledger, parts: [address] }) => statsOf(entriesOf(ledger, address))],
  ['GET', /^\/address\/([^/]+)\/utxo$/, ({ ledger, parts: [address] }) => utxosOf(ledger, address)],
  ['GET', /^\/address\/([^/]+)\/txs$/, ({ ledger, parts: [address] }) => pageOf(ledger, entriesOf(ledger, address))],
  [
    'GET',
    /^\/address\/([^/]+)\/txs\/chain\/([0-9a-f]{64})$/,
    ({ ledger, parts: [address, after] }) => {
      const confirmed = entriesOf(ledger, address).filter(({ height }) => height !== null);
      return pageOf(ledger, confirmed.slice(confirmed.findIndex(({ txid }) => txid === after) + 1));
    },
  ],
  [
    'GET',
    /^\/tx\/([0-9a-f]{64})\/raw$/,
    ({ ledger, parts: [txid = ''] }) => {
      const entry = ledger.entry(txid);
      if (!entry) throw new Refusal(404, 'Transaction not found');
      return Buffer.from(entry.hex, 'hex');
    },
  ],
  ['GET', /^\/fee-estimates$/, () => FEES],
  ['POST', /^\/tx$/, ({ node, body }) => node.send(body)],
];

/** Any page may ask, as with the public ones. */
export async function serveEsplora(node: Node, port = 0): Promise<Served> {
  const read = openLedger(node);
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    asked.push(`${request.method} ${request.url}`);
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const path = pathname.replace(/^\/api/, '');
      const route = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(path));
      if (!route) throw new Refusal(404, 'endpoint does not exist');
      const parts = (route[1].exec(path) ?? []).slice(1);
      answer(response, 200, await route[2]({ ledger: await read(), node, body: await bodyOf(request), parts }));
    } catch (error) {
      const refused =
        error instanceof NodeRefusal ? new Refusal(400, `sendrawtransaction RPC error: ${error.message}`) : error;
      answer(
        response,
        refused instanceof Refusal ? refused.status : 500,
        refused instanceof Refusal ? refused.message : 'error',
      );
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${chosen}/api`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > MAX_BODY) throw new Refusal(413, 'too long');
  }
  return text;
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.statusCode = status;
  if (typeof value === 'string' || Buffer.isBuffer(value)) response.end(value);
  else response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}

function blockHash(ledger: Ledger, height: number): string {
  const hash = blockHashOf(CHAIN, ledger, height);
  if (hash === undefined) throw new Refusal(404, 'Block not found');
  return hash;
}

function scriptOf(address = ''): string {
  const script = scriptOfAddress(CHAIN, address);
  if (!script) throw new Refusal(400, 'Invalid Bitcoin address');
  return script.toString('hex');
}

const entriesOf = (ledger: Ledger, address: string | undefined): readonly Entry[] =>
  ledger.entriesOf(scriptOf(address));

function statsOf(entries: readonly Entry[]) {
  const waiting = entries.filter(({ height }) => height === null).length;
  return { chain_stats: { tx_count: entries.length - waiting }, mempool_stats: { tx_count: waiting } };
}

const statusOf = ({ height, blockHash: hash, time }: Entry) =>
  height === null
    ? { confirmed: false }
    : { confirmed: true, block_height: height + HEIGHT_OFFSET, block_hash: hash, block_time: time };

/** Amounts are numbers here: Bitcoin's are below 2^53. */
const utxosOf = (ledger: Ledger, address: string | undefined) =>
  ledger.unspentOf(scriptOf(address)).map(({ entry, index, amount }) => {
    return { txid: entry.txid, vout: index, value: Number(amount), status: statusOf(entry) };
  });

/** All that wait, and 25 that do not. */
function pageOf(ledger: Ledger, entries: readonly Entry[]) {
  const waiting = entries.filter(({ height }) => height === null);
  const confirmed = entries.filter(({ height }) => height !== null).slice(0, PAGE_SIZE);
  return [...waiting, ...confirmed].map((entry) => ({
    txid: entry.txid,
    version: entry.version,
    locktime: entry.lockTime,
    vin: entry.inputs.map(({ prevHash, prevIndex, sequence }) => {
      const txid = Buffer.from(prevHash).toString('hex');
      const value = Number(ledger.entry(txid)?.outputs[prevIndex]?.amount ?? 0n);
      return { txid, vout: prevIndex, sequence, prevout: { value } };
    }),
    vout: entry.outputs.map(({ amount, script }) => {
      return { value: Number(amount), scriptpubkey: Buffer.from(script).toString('hex') };
    }),
    status: statusOf(entry),
  }));
}
