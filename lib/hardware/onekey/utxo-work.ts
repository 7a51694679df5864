/** Work for a device as it crosses between pages and background, where bytes are hex and amounts decimal text. */
import { fromHex, toHex } from '@/lib/bytes';
import type { CoinId } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import type { ScriptType } from '@/lib/chains/utxo/script';
import type { UtxoDevice } from './utxo';
import type { SigningProgress } from './utxo-signing';

interface OwnKey {
  /** From the master key, hardened steps with their high bit. */
  readonly path: readonly number[];
  readonly publicKey: string;
  readonly scriptType: ScriptType;
}

export interface TransactionWork {
  readonly kind: 'transaction';
  readonly coin: CoinId;
  readonly version: number;
  readonly lockTime: number;
  readonly inputs: readonly (OwnKey & {
    readonly txid: string;
    readonly index: number;
    readonly amount: string;
    readonly script: string;
    readonly sequence: number;
  })[];
  readonly outputs: readonly {
    readonly amount: string;
    readonly script: string;
    readonly own: OwnKey | null;
  }[];
  /** The transactions whose outputs are spent, as they travel. */
  readonly previous: readonly { readonly txid: string; readonly raw: string }[];
}

export interface MessageWork extends Pick<OwnKey, 'path' | 'scriptType'> {
  readonly kind: 'message';
  readonly coin: CoinId;
  readonly address: string;
  readonly message: string;
}

/**
 * @returns the raw transaction in hex, or the signature in base64
 * @throws WalletError what the device does
 */
export async function doWork(
  device: Pick<UtxoDevice, 'sign' | 'signMessage'>,
  work: TransactionWork | MessageWork,
  onProgress: (progress: SigningProgress) => void,
): Promise<string> {
  if (work.kind === 'message') {
    const { coin, path, scriptType, address, message } = work;
    return device.signMessage(coin, { path, scriptType, address }, message);
  }
  const previous = new Map(work.previous.map(({ txid, raw }) => [txid, fromHex(raw)]));
  return toHex(await device.sign({ draft: draftOf(work), previous, onProgress }));
}

function draftOf({ coin, version, lockTime, inputs, outputs }: TransactionWork): Draft {
  return {
    coin,
    version,
    lockTime,
    inputs: inputs.map(({ amount, script, publicKey, path, scriptType, txid, index, sequence }) => {
      const bytes = { script: fromHex(script), publicKey: fromHex(publicKey) };
      return { ...bytes, amount: BigInt(amount), path, scriptType, txid, index, sequence };
    }),
    outputs: outputs.map(({ amount, script, own }) => {
      return {
        amount: BigInt(amount),
        script: fromHex(script),
        own: own && { path: own.path, scriptType: own.scriptType, publicKey: fromHex(own.publicKey) },
      };
    }),
  };
}
