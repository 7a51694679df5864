/** What a node has taken, held against an interpreter that shares code with neither it nor the wallet. */
import type { CoinId } from '@/lib/chains/utxo/coins';
import { type Spending, scriptError } from '@/lib/chains/utxo/testing/interpreter';

/** @returns for `onSent` of a test Blockbook. @throws Error where an input is not unlocked */
export const unlocked =
  (coin: CoinId) =>
  (raw: Uint8Array, inputs: Spending['inputs']): void => {
    // Slices of buffers are views, which libauth turns around in place.
    const spent = inputs.map(({ amount, script }) => ({ amount, script: Uint8Array.from(script) }));
    const problem = scriptError({ coin, inputs: spent }, Uint8Array.from(raw));
    if (problem !== null) throw new Error(`the node took what is not unlocked: ${problem}`);
  };
