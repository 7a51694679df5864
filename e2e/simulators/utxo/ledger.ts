/** What an indexing server knows of a node's chain: transactions by their ids, and by the scripts that have part in them. */
import type { Node } from '../nodes/node';
import type { Chain } from './chains';
import { double, type Read, readTransaction } from './transactions';

export interface Entry extends Read {
  readonly hex: string;
  /** Null while no block has it. */
  readonly height: number | null;
  readonly blockHash: string | null;
  /** Of the block, or when the node first saw it; seconds since the epoch. */
  readonly time: number;
  readonly isCoinbase: boolean;
}

export interface Unspent {
  readonly entry: Entry;
  readonly index: number;
  readonly amount: bigint;
}

/** The chain at one moment. */
export interface Ledger {
  readonly height: number;
  readonly tipHash: string;
  hashAt(height: number): string | undefined;
  entry(txid: string): Entry | undefined;
  /** Newest first; those that no block has come before all. @param script in hex */
  entriesOf(script: string): readonly Entry[];
  /** Without what a waiting transaction spends. */
  unspentOf(script: string): readonly Unspent[];
}

interface Block {
  readonly hash: string;
  readonly entries: readonly Entry[];
}

/** The node's first block stands here, where the known blocks of every coin are behind. */
export const HEIGHT_OFFSET = 1_000_000;

/** As a server of the coin tells it: known blocks as they are, others before the node's own ones made up. */
export function blockHashOf({ name, blocks }: Chain, ledger: Ledger, height: number): string | undefined {
  if (height >= HEIGHT_OFFSET) return ledger.hashAt(height - HEIGHT_OFFSET);
  return blocks[height] ?? hexOf(double(Buffer.from(`${name} ${height}`)));
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Reads on from the blocks that it has read before. */
export function openLedger(node: Node): () => Promise<Ledger> {
  const blocks: Block[] = [];
  const readBlock = async (height: number): Promise<Block> => {
    const { hash, time, transactions } = await node.block(height);
    return {
      hash,
      entries: transactions.map((hex, at) => entryOf(hex, { height, blockHash: hash, time, isCoinbase: at === 0 })),
    };
  };
  /** Of the chain that the node follows now. */
  const isThere = async (at: number): Promise<boolean> => (await node.block(at)).hash === blocks[at]?.hash;
  return async () => {
    const { height } = await node.tip();
    blocks.length = Math.min(blocks.length, height + 1);
    while (blocks.length > 0 && !(await isThere(blocks.length - 1))) blocks.pop();
    for (let at = blocks.length; at <= height; at += 1) blocks[at] = await readBlock(at);
    const waiting = (await node.mempool()).map(({ hex, time }) =>
      entryOf(hex, { height: null, blockHash: null, time, isCoinbase: false }),
    );
    return ledgerOf([...blocks], waiting);
  };
}

const entryOf = (hex: string, where: Pick<Entry, 'height' | 'blockHash' | 'time' | 'isCoinbase'>): Entry => ({
  ...readTransaction(Buffer.from(hex, 'hex')),
  hex,
  ...where,
});

function ledgerOf(blocks: readonly Block[], waiting: readonly Entry[]): Ledger {
  const all = [...waiting, ...blocks.toReversed().flatMap(({ entries }) => entries)];
  const byId = new Map(all.map((entry) => [entry.txid, entry]));
  const spenders = new Map(
    all.flatMap((entry) =>
      entry.inputs.map(({ prevHash, prevIndex }) => [`${hexOf(prevHash)}:${prevIndex}`, entry] as const),
    ),
  );
  const pays = (entry: Entry | undefined, index: number, script: string) => {
    const output = entry?.outputs[index];
    return output !== undefined && hexOf(output.script) === script;
  };
  const takesPart = (entry: Entry, script: string): boolean =>
    entry.outputs.some((_, index) => pays(entry, index, script)) ||
    entry.inputs.some(({ prevHash, prevIndex }) => pays(byId.get(hexOf(prevHash)), prevIndex, script));
  return {
    height: blocks.length - 1,
    tipHash: blocks.at(-1)?.hash ?? '',
    hashAt: (height) => blocks[height]?.hash,
    entry: (txid) => byId.get(txid),
    entriesOf: (script) => all.filter((entry) => takesPart(entry, script)),
    unspentOf: (script) =>
      all.flatMap((entry) =>
        entry.outputs.flatMap(({ amount }, index) =>
          pays(entry, index, script) && !spenders.has(`${entry.txid}:${index}`) ? [{ entry, index, amount }] : [],
        ),
      ),
  };
}
