/** Drafts of the published transactions, and others like them. */
import { fromHex } from '@/lib/bytes';
import { checkAddress } from '../address';
import { COINS, type CoinId } from '../coins';
import type { Draft, DraftOutput } from '../draft';
import type { ScriptType } from '../script';
import type vectors from '../signed.vectors.json';
import { ALL, ownAt } from './seed';

export type SignedVector = (typeof vectors)['transactions'][number];

const FINAL = 0xffff_ffff;

/** As the vectors have it: version 1, final. */
export function draftOfVector({ coin: id, inputs, outputs }: SignedVector): Draft {
  const coin = id as CoinId;
  return {
    coin,
    version: 1,
    lockTime: 0,
    inputs: inputs.map(({ path: text, type, amount, txid, index }) => {
      const { script, scriptType, publicKey, path } = ownAt(ALL, coin, text, type as ScriptType);
      return { txid, index, amount: BigInt(amount), script, scriptType, publicKey, path, sequence: FINAL };
    }),
    outputs: outputs.map((output) => outputOf(coin, output)),
  };
}

type VectorOutput = { amount: string; path?: string; type?: string; address?: string; script?: string };

function outputOf(coin: CoinId, { amount, path, type, address, script }: VectorOutput): DraftOutput {
  if (path !== undefined) {
    const own = ownAt(ALL, coin, path, type as ScriptType);
    return { amount: BigInt(amount), script: own.script, own };
  }
  const paid = script === undefined ? checkAddress(COINS[coin], address ?? '').script : fromHex(script);
  return { amount: BigInt(amount), script: paid, own: null };
}
