import type { SecretPurpose } from '@/lib/bus/protocol';
import { useWallet } from '@/lib/state/use-wallet';
import { type Action, useAction } from './use-action';

/** Hands a secret over; `onDone` once the background has taken it. */
export function useSecretAction(purpose: SecretPurpose, onDone: () => void): Action<[value: string]> {
  const { sendSecret } = useWallet();
  return useAction(async (value: string) => {
    await sendSecret(purpose, value);
    onDone();
  });
}
