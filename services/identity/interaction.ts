import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { type Accounts, accountName } from '@/services/identity/accounts';
import { errorPage, type Page, signInPage } from '@/services/identity/pages';
import type { Role } from '@/services/identity/provider';

const PATH = /^\/interaction\/[\w-]{10,64}$/;
const MAX_FORM_BYTES = 4096;

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** True for a request that belongs to the sign-in page. */
export function isInteraction(request: IncomingMessage): boolean {
  return PATH.test(request.url ?? '');
}

/** Shows the sign-in page, and hands the choice made there back to the provider. */
export function handleInteraction(provider: Provider, accounts: Accounts, plays: Role['plays']): Handle {
  return async (request, response) => {
    const known = await provider.interactionDetails(request, response).catch(() => undefined);
    const path = request.url ?? '';
    if (known === undefined || path !== `/interaction/${known.uid}`) {
      return send(response, errorPage(plays, 'expired', 'This sign-in has expired, or belongs to another window.'));
    }
    if (request.method !== 'POST') return send(response, signInPage(plays, path, accounts.names()));
    const form = await readForm(request);
    if (form?.has('cancel')) {
      const error = plays === 'apple' ? 'user_cancelled_authorize' : 'access_denied';
      const refused = { error, error_description: 'The sign-in was cancelled.' };
      return provider.interactionFinished(request, response, refused, { mergeWithLastSubmission: false });
    }
    const name = accountName.safeParse(form?.get('account'));
    if (!name.success)
      return send(response, signInPage(plays, path, accounts.names(), 'A name has 1 to 40 characters.'));
    const accountId = await accounts.use(name.data);
    if (known.session && known.session.accountId !== accountId) await endSession(provider, known);
    const result = { login: { accountId }, select_account: {} };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Ends the session of the account before, as the library would otherwise by a form that needs a script. */
async function endSession(provider: Provider, interaction: Interaction): Promise<void> {
  const session = interaction.session && (await provider.Session.findByUid(interaction.session.uid));
  await session?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > MAX_FORM_BYTES) return undefined;
  return new URLSearchParams(await text(request));
}

function send(response: ServerResponse, { status, html, headers }: Page): void {
  response.writeHead(status, headers).end(html);
}
