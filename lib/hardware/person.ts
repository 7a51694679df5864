import { WalletError } from '@/lib/errors';
import type { Person } from './types';

/** For what needs no PIN, no passphrase and no press. */
export const NOBODY: Person = {
  onPrompt: () => undefined,
  passphrase: async () => ({ on: 'device' }),
  pinPlaces: () => Promise.reject(new WalletError('device-cancelled')),
};
