/** The provider's sign-in window. */
import browser from 'webextension-polyfill';
import { WalletError } from '@/lib/errors';

/** `window` shows the provider's page; `silent` asks only whether the session there still stands. */
export type SignInMode = 'window' | 'silent';

/**
 * Opens the authorization URL and waits for the redirect to this extension.
 * @returns the whole redirect URL; its fragment carries an ID token
 * @throws WalletError `sign-in-cancelled` if the window was closed, `identity-unreachable` if it could not load,
 * `sign-in-expired` if a silent sign-in needs the user
 */
export async function openSignIn(url: string, mode: SignInMode): Promise<string> {
  try {
    return await browser.identity.launchWebAuthFlow({ url, interactive: mode === 'window' });
  } catch (error) {
    throw new WalletError(mode === 'silent' ? 'sign-in-expired' : codeOf(error));
  }
}

/** The browsers tell the cases apart in English only. */
function codeOf(error: unknown) {
  const text = error instanceof Error ? error.message : '';
  return /could not be loaded|failed to load|network/i.test(text) ? 'identity-unreachable' : 'sign-in-cancelled';
}
