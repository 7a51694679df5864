/**
 * As much of a Blockbook as a wallet asks for, over the WebSocket (trezor/blockbook, docs/api.md), in front of a real node.
 * The node has a chain of its own with Bitcoin's rules; addresses are written as the coin writes them, and blocks are
 * counted from a height where the coin's known ones are behind, whose hashes are told as they really are.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Node, NodeRefusal } from '../nodes/node';
import { addressOfScript, scriptOfAddress } from './addresses';
import { CHAINS, type Chain } from './chains';
import { type Descriptor, readDescriptor } from './descriptors';
import { blockHashOf, type Entry, HEIGHT_OFFSET, type Ledger, openLedger } from './ledger';
import { type Output, readTransaction } from './transactions';

const PATH = '/websocket';
const PAGE_SIZE = 1_000;
const MAX_PAYLOAD_BYTES = 1_000_000;

export interface Served {
  readonly url: string;
  /** What was asked, in its order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface Blockbook extends Served {
  /** Descriptors and addresses that it was asked about, in their order. */
  readonly about: readonly string[];
  /** @throws the first fault that `onSent` found: the wallet is not told of it, and would go on */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly coin: keyof typeof CHAINS;
  readonly node: Node;
  /** In the smallest unit for 1,000 bytes, for the next block; later ones are cheaper. */
  readonly feePerKb?: number;
  /** Shown what the node has taken, with what it spends, in the order of its inputs. @throws what `close` throws */
  readonly onSent?: (raw: Uint8Array, spent: readonly Output[]) => void;
}

class Refusal extends Error {}

type Params = Readonly<Record<string, unknown>>;

export async function serveBlockbook(
  { coin, node, feePerKb = 20_000, onSent = () => undefined }: ServeOptions,
  port = 0,
): Promise<Blockbook> {
  const chain = CHAINS[coin];
  const read = openLedger(node);
  const asked: string[] = [];
  const about: string[] = [];
  const faults: unknown[] = [];
  const look: typeof onSent = (raw, spent) => {
    try {
      onSent(raw, spent);
    } catch (fault) {
      faults.push(fault);
    }
  };
  const known = new Map<string, Descriptor | undefined>();
  const descriptorOf = (text: string) => {
    if (!known.has(text)) known.set(text, readDescriptor(chain, text));
    return known.get(text);
  };
  const server = new WebSocketServer({ port, host: '127.0.0.1', path: PATH, maxPayload: MAX_PAYLOAD_BYTES });
  server.on('connection', (socket) =>
    socket.on('message', async (data) => {
      const { id, method, params = {} } = JSON.parse(String(data)) as { id: string; method: string; params?: Params };
      asked.push(method);
      if (typeof params.descriptor === 'string') about.push(params.descriptor);
      const answer = METHODS[method];
      send(
        socket,
        id,
        await refusing(async () => {
          if (!answer) throw new Refusal('unknown method');
          return answer({ chain, node, feePerKb, onSent: look, descriptorOf, ledger: await read(), params });
        }),
      );
    }),
  );
  await once(server, 'listening');
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${chosen}${PATH}`,
    asked,
    about,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
      if (faults.length > 0) throw faults[0];
    },
  };
}

const send = (socket: WebSocket, id: string, data: unknown) => socket.send(JSON.stringify({ id, data }));

async function refusing(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Refusal || error instanceof NodeRefusal ? error.message : 'Internal server error';
    return { error: { message } };
  }
}

interface Question {
  readonly chain: Chain;
  readonly node: Node;
  readonly feePerKb: number;
  readonly onSent: NonNullable<ServeOptions['onSent']>;
  readonly ledger: Ledger;
  readonly params: Params;
  readonly descriptorOf: (text: string) => Descriptor | undefined;
}

const METHODS: Readonly<Record<string, (question: Question) => unknown>> = {
  getInfo: ({ chain, ledger }) => ({
    name: chain.name,
    shortcut: chain.shortcut,
    decimals: 8,
    version: '0.5.0',
    bestHeight: ledger.height + HEIGHT_OFFSET,
    bestHash: ledger.tipHash,
    block0Hash: chain.blocks[0] ?? '',
    testnet: false,
  }),
  getBlockHash: ({ chain, ledger, params }) => {
    const hash = blockHashOf(chain, ledger, Number(params.height));
    if (hash === undefined) throw new Refusal('Block not found');
    return { hash };
  },
  getAccountInfo: (question) => accountOf(question),
  getAccountUtxo: (question) => placesOf(question, DEFAULT_GAP).flatMap((place) => utxosOf(question, place)),
  getTransaction: ({ chain, ledger, params }) => {
    const entry = ledger.entry(String(params.txid));
    if (!entry) throw new Refusal('Transaction not found');
    return transactionOf(chain, ledger, entry);
  },
  estimateFee: ({ feePerKb, params }) =>
    (Array.isArray(params.blocks) ? params.blocks : []).map((blocks) => ({
      feePerUnit: String(Math.max(1_000, Math.floor(feePerKb / Number(blocks)))),
    })),
  sendTransaction: async ({ node, ledger, onSent, params }) => {
    const raw = Buffer.from(String(params.hex), 'hex');
    const result = await node.send(raw.toString('hex'));
    const spent = readTransaction(raw).inputs.flatMap(
      ({ prevHash, prevIndex }) => ledger.entry(Buffer.from(prevHash).toString('hex'))?.outputs[prevIndex] ?? [],
    );
    onSent(raw, spent);
    return { result };
  },
  ping: () => ({}),
};

function scriptOf(chain: Chain, { descriptor }: Params): string {
  const script = scriptOfAddress(chain, String(descriptor));
  if (!script) throw new Refusal('Invalid address');
  return script.toString('hex');
}

const confirmationsOf = (ledger: Ledger, { height }: Entry): number =>
  height === null ? 0 : ledger.height - height + 1;

/** An address that was asked about, or one of a descriptor. */
interface Place {
  readonly script: string;
  /** Of a descriptor: where it stands. */
  readonly path?: string;
}

const DEFAULT_GAP = 20;
/** All paths are of the coin that the server is of, whatever the key was derived for. */
const slip44 = ({ coinTypes }: Chain) => coinTypes[0] ?? 0;

/** So many unused ones after the last that a block has used; the first one counts as used. */
function placesOf({ chain, ledger, params, descriptorOf }: Question, gap: number): Place[] {
  const descriptor = descriptorOf(String(params.descriptor));
  if (!descriptor) return [{ script: scriptOf(chain, params) }];
  const { purpose, account, chains, scriptAt } = descriptor;
  return chains.flatMap((step, at) => {
    const places: Place[] = [];
    for (let last = 0, index = 0; index <= last + gap; index += 1) {
      const script = scriptAt(step, index);
      if (ledger.entriesOf(script).some(({ height }) => height !== null)) last = index;
      places.push({ script, path: `m/${purpose}'/${slip44(chain)}'/${account}/${at}/${index}` });
    }
    return places;
  });
}

function utxosOf({ chain, ledger }: Question, { script, path }: Place) {
  return ledger.unspentOf(script).map(({ entry, index, amount }) => ({
    txid: entry.txid,
    vout: index,
    value: String(amount),
    ...(entry.height === null ? {} : { height: entry.height + HEIGHT_OFFSET }),
    confirmations: confirmationsOf(ledger, entry),
    ...(entry.isCoinbase ? { coinbase: true } : {}),
    ...(path === undefined ? {} : { address: addressOfScript(chain, Buffer.from(script, 'hex')), path }),
  }));
}

/** Newest first, each once; those that no block has come before all. */
function entriesOf(ledger: Ledger, places: readonly Place[]): Entry[] {
  const all = new Map(
    places.flatMap(({ script }) => ledger.entriesOf(script)).map((entry) => [entry.txid, entry] as const),
  );
  const at = ({ height }: Entry) => height ?? Number.POSITIVE_INFINITY;
  return [...all.values()].sort((a, b) => (at(a) === at(b) ? 0 : at(b) - at(a)));
}

function accountOf(question: Question) {
  const { chain, ledger, params } = question;
  const places = placesOf(question, Number(params.gap ?? DEFAULT_GAP));
  const entries = entriesOf(ledger, places);
  const waiting = entries.filter(({ height }) => height === null).length;
  const unspent = places.flatMap(({ script }) => ledger.unspentOf(script));
  const balance = unspent.reduce((sum, { amount }) => sum + amount, 0n);
  const shared = {
    address: params.descriptor,
    balance: String(balance),
    unconfirmedTxs: waiting,
    txs: entries.length - waiting,
  };
  if (params.details !== 'txs' && params.details !== 'txids') return shared;
  const size = Math.min(Number(params.pageSize ?? PAGE_SIZE), PAGE_SIZE);
  const page = Number(params.page ?? 1);
  const mined = entries.slice(waiting);
  // What waits is on the first page, beside a whole page of the others.
  const shown = [...(page === 1 ? entries.slice(0, waiting) : []), ...mined.slice((page - 1) * size, page * size)];
  return {
    ...shared,
    page,
    totalPages: Math.max(1, Math.ceil(mined.length / size)),
    itemsOnPage: size,
    ...tokensOf(question, places),
    ...(params.details === 'txids'
      ? { txids: shown.map(({ txid }) => txid) }
      : { transactions: shown.map((entry) => transactionOf(chain, ledger, entry)) }),
  };
}

/** Addresses of a descriptor that blocks have used; left out where there are none. */
function tokensOf({ chain, ledger, params }: Question, places: readonly Place[]) {
  const tokens = places.flatMap(({ script, path }) => {
    const transfers = ledger.entriesOf(script).filter(({ height }) => height !== null).length;
    if (path === undefined || (params.tokens === 'used' && transfers === 0)) return [];
    const name = addressOfScript(chain, Buffer.from(script, 'hex'));
    return [{ type: 'XPUBAddress', name, path, transfers, decimals: 8 }];
  });
  return tokens.length === 0 ? {} : { tokens };
}

function transactionOf(chain: Chain, ledger: Ledger, entry: Entry) {
  const { txid, version, lockTime, inputs, outputs, hex, height, blockHash, time } = entry;
  return {
    txid,
    version,
    lockTime,
    vin: inputs.map(({ prevHash, prevIndex, sequence }, n) => {
      const previous = ledger.entry(Buffer.from(prevHash).toString('hex'));
      const spent = previous?.outputs[prevIndex];
      const address = spent && addressOfScript(chain, spent.script);
      const addresses = address === undefined ? {} : { addresses: [address], isAddress: true };
      return { txid: previous?.txid, vout: prevIndex, sequence, n, ...addresses, value: String(spent?.amount ?? 0n) };
    }),
    vout: outputs.map(({ amount, script }, n) => {
      const address = addressOfScript(chain, script);
      const addresses = address === undefined ? { isAddress: false } : { addresses: [address], isAddress: true };
      return { value: String(amount), n, hex: Buffer.from(script).toString('hex'), ...addresses };
    }),
    ...(blockHash === null ? {} : { blockHash }),
    blockHeight: height === null ? -1 : height + HEIGHT_OFFSET,
    confirmations: confirmationsOf(ledger, entry),
    blockTime: time,
    hex,
  };
}
