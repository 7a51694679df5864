import { useCallback } from 'react';
import { weaknessText } from '@/components/screens/shared/pin-words';
import { asWalletError } from '@/lib/errors';
import { errorText } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import type { PinCheck } from './Screen';

/** Has the background judge a PIN before it is chosen. */
export function useCheckPin(): PinCheck {
  const { sendSecret } = useWallet();
  return useCallback(
    async (pin: string) => {
      try {
        await sendSecret('check-pin', pin);
        return null;
      } catch (thrown) {
        const refused = asWalletError(thrown);
        return refused.code === 'pin-weak' ? weaknessText(refused.details.reason) : errorText(refused).title;
      }
    },
    [sendSecret],
  );
}
