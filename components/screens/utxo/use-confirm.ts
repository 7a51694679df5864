import { useCallback } from 'react';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { useDeviceTask } from './use-device-task';
import { useUtxoCall } from './use-utxo';

/** Sends what was shown. @returns its id; null where a device is asked first, on a page of its own. */
export function useConfirm(): (quote: UtxoQuote) => Promise<string | null> {
  const ask = useUtxoCall();
  const openTask = useDeviceTask();
  return useCallback(
    async ({ quoteId, digest }) => {
      const answer = await ask('send.confirm', { quoteId, digest });
      if ('txid' in answer) return answer.txid;
      openTask({ ask: 'job', id: answer.job });
      return null;
    },
    [ask, openTask],
  );
}
