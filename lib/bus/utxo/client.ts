/** The page's side of the utxo table: typed calls by way of `utxo.call`. */
import { WalletError } from '@/lib/errors';
import type { WalletClient } from '../client';
import { type UtxoInput, type UtxoMessage, type UtxoOutput, utxoTable } from './table';

/** @throws WalletError with the code that was answered */
export async function callUtxo<M extends UtxoMessage>(
  call: WalletClient['call'],
  name: M,
  input: UtxoInput<M>,
): Promise<UtxoOutput<M>> {
  const { output } = await call('utxo.call', { name, input });
  const parsed = utxoTable[name].output.safeParse(output);
  if (!parsed.success) throw new WalletError('bad-message', { reason: name });
  return parsed.data as UtxoOutput<M>;
}
