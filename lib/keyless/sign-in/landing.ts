/** The end of a sign-in window: the answer stands in the fragment of the extension's own address. */
import { WalletError } from '@/lib/errors';

/** `window` shows the provider's page; `silent` asks only whether the session there still stands. */
export type SignInMode = 'window' | 'silent';

export interface LandingDependencies {
  /** Opens the sign-in window and gives the URL that it ended on. @throws when the user closed it */
  readonly launch: (url: string, mode: SignInMode) => Promise<string>;
  readonly redirectUrl: string;
}

/**
 * Runs one sign-in window to its end.
 * @param state what must come back
 * @returns the answer, which is none of a refusal
 * @throws `sign-in-cancelled`, `sign-in-expired` (silent only), `sign-in-failed`
 */
export async function landOn(
  { launch, redirectUrl }: LandingDependencies,
  url: string,
  state: string,
  mode: SignInMode,
): Promise<URLSearchParams> {
  const landed = await launch(url, mode).catch((error: unknown) => {
    if (error instanceof WalletError) throw error;
    throw new WalletError(mode === 'silent' ? 'sign-in-expired' : 'sign-in-cancelled');
  });
  const answer = fragmentOf(landed, redirectUrl);
  if (answer.get('state') !== state) throw new WalletError('sign-in-failed', { reason: 'state' });
  const refusal = answer.get('error');
  // Whatever stands in the way of a silent answer, a window says more.
  if (refusal !== null && mode === 'silent') throw new WalletError('sign-in-expired');
  if (refusal === 'access_denied') throw new WalletError('sign-in-cancelled');
  return answer;
}

/** What of an answer is needed. @throws `sign-in-failed` without it */
export function fieldOf(answer: URLSearchParams, name: 'id_token' | 'handle'): string {
  const value = answer.get(name);
  if (!value) throw new WalletError('sign-in-failed', { reason: 'no-token' });
  return value;
}

function fragmentOf(landed: string, redirectUrl: string): URLSearchParams {
  const url = URL.canParse(landed) ? new URL(landed) : null;
  if (!url || url.origin + url.pathname !== redirectUrl)
    throw new WalletError('sign-in-failed', { reason: 'redirect' });
  return new URLSearchParams(url.hash.slice(1));
}
