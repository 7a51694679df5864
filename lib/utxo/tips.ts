/** At which block of a coin's chain everything was asked that only another block can change. */
import { z } from 'zod';
import { COIN_IDS, type CoinId } from '@/lib/chains/utxo/coins';
import { asWalletError } from '@/lib/errors';
import type { Stored, UtxoDeps } from './deps';
import type { Servers } from './servers';

export interface Tip {
  readonly height: number;
  readonly hash: string;
}

const tipRecord = z.object({ height: z.int().min(0), hash: z.string() });

export interface Tips {
  /**
   * The last block as the server has it; null if it is the one that was noted, or the server gave no good answer.
   * @throws WalletError `chain-unreachable`
   */
  moved(coin: CoinId): Promise<Tip | null>;
  note(coin: CoinId, tip: Tip): Promise<void>;
}

/** @returns in `storage.session`: a background that starts anew asks for nothing again */
export function createTips({ open }: Pick<UtxoDeps, 'open'>, servers: Pick<Servers, 'use'>): Tips {
  const cells = new Map(
    COIN_IDS.map((coin): [CoinId, Stored<Tip>] => [coin, open('session', `tip.${coin}`, tipRecord)]),
  );
  const read = (coin: CoinId): Promise<Tip> =>
    servers.use(coin, async (backend) => {
      const { tipHeight: height } = await backend.info();
      return { height, hash: await backend.blockHash(height) };
    });
  return {
    moved: async (coin) => {
      try {
        const [tip, noted] = [await read(coin), await cells.get(coin)?.read()];
        return tip.height === noted?.height && tip.hash === noted.hash ? null : tip;
      } catch (error) {
        if (asWalletError(error).code === 'chain-unreachable') throw error;
        return null;
      }
    },
    note: async (coin, tip) => cells.get(coin)?.write(tip),
  };
}
