import { useCallback } from 'react';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { useDeviceJob } from './use-device-job';
import { useUtxoCall } from './use-utxo';

/** Sends what was shown. @returns its id; null where a device is asked first, on a page of its own. */
export function useConfirm(): (quote: UtxoQuote) => Promise<string | null> {
  const ask = useUtxoCall();
  const openJob = useDeviceJob();
  return useCallback(
    async ({ quoteId, digest }) => {
      const answer = await ask('send.confirm', { quoteId, digest });
      if ('txid' in answer) return answer.txid;
      openJob(answer.job);
      return null;
    },
    [ask, openJob],
  );
}
