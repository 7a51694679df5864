import { bySuite, type Trezor } from './trezor';

/**
 * Genuine Trezors. A build without them: `export const trezor: Trezor | null = null;`, and nothing of Trezor's is in it.
 * The address and the mailbox are those of whoever distributes the build: Suite shows them beside what is asked.
 */
export const trezor: Trezor | null = bySuite({
  appName: 'Halfkey',
  appUrl: 'https://halfkey.example',
  email: 'contact@halfkey.example',
});
