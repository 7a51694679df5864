import type { HardwareSigner, Person } from '../types';
import type { Connect, SuiteManifest } from './connect';

/** Where Suite is. `@trezor/connect-web` opens no other address from an extension. */
const SUITE_ORIGIN = 'https://suite.trezor.io';

/** The address and the mailbox are those of whoever distributes the build. */
const MANIFEST: SuiteManifest = {
  appName: 'Halfkey',
  appUrl: 'https://halfkey.example',
  email: 'contact@halfkey.example',
};

export interface Trezor {
  /** The pages there may speak to this extension, and it has to see their addresses. */
  readonly origin: string;
  /** Nothing of Trezor's is loaded before the first of these. @throws WalletError `device-no-suite` */
  open(person: Pick<Person, 'onPrompt'>): Promise<HardwareSigner>;
}

function bySuite(): Trezor {
  // One for a page: each listens to what Suite says for as long as the page is there.
  let suite: Promise<Connect> | undefined;
  return {
    origin: SUITE_ORIGIN,
    open: async (person) => {
      const [{ openSuite }, { openTrezor }] = await Promise.all([import('./suite'), import('./signer')]);
      suite ??= openSuite(MANIFEST);
      return openTrezor({ connect: await suite, person });
    },
  };
}

export const trezor: Trezor | null = bySuite();
