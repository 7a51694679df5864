/**
 * `@trezor/connect-web` 10 (MIT), of which only the part that opens Trezor Suite in a tab is loaded: its front page would
 * bring the definitions of every coin along. No code of Suite's runs here; messages cross by `externally_connectable`.
 */
import { CoreInSuiteWeb } from '@trezor/connect-web/lib/impl/core-in-suite-web.js';
import type { Connect, SuiteManifest } from './connect';

/** Of `@trezor/connect-web`: Suite speaks as this version expects. */
const VERSION = '10.0.0-beta.1';

export async function openSuite(manifest: SuiteManifest): Promise<Connect> {
  const suite = new CoreInSuiteWeb();
  await suite.init({ env: 'webextension', manifest, version: VERSION });
  return {
    call: (request) => suite.call(request as Parameters<typeof suite.call>[0]),
    cancel: () => suite.cancel(),
  };
}
