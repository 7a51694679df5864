/** A sign-in page reached while asking for a token, as a person would see it. */
export type Choice = { account: string } | 'cancel';

export interface AuthorizationRequest {
  issuer: string;
  clientId: string;
  redirectUri: string;
  nonce: string;
  /** `none` never shows a page. */
  prompt?: 'none' | 'login' | 'select_account';
  responseType?: 'id_token' | 'code';
  /** Further parameters, such as `code_challenge`. */
  parameters?: Record<string, string>;
}

/** A browser of a test: it keeps cookies, follows redirects, and makes one choice on the sign-in page. */
export interface SignInBrowser {
  /**
   * Runs an authorization request to its end at the redirect address.
   * @returns the parameters of the answer, from the fragment or the query.
   * @throws Error with the text of the page when the provider ends on a page of its own.
   */
  authorize(request: AuthorizationRequest, choice?: Choice): Promise<URLSearchParams>;
  /**
   * Goes to any address and on from there, as far as an address that begins with `end`. Forms that post themselves are
   * posted.
   * @returns the address that it ended on.
   * @throws Error with the text of the page when it ends before
   */
  visit(start: URL, end: string, choice?: Choice): Promise<URL>;
  /** The last form that posted itself. */
  lastForm(): URLSearchParams | undefined;
  /** The last sign-in page shown. */
  lastPage(): string | undefined;
}

export function createSignInBrowser(): SignInBrowser {
  const cookies = new Map<string, string>();
  let lastPage: string | undefined;
  let lastForm: URLSearchParams | undefined;

  async function send(url: URL, form?: URLSearchParams): Promise<Response> {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(url, { redirect: 'manual', headers, ...(form && { method: 'POST', body: form }) });
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
    return response;
  }

  async function follow(start: URL, end: string, choice?: Choice): Promise<URL> {
    let [url, response] = [start, await send(start)];
    for (;;) {
      const location = response.headers.get('location');
      if (location !== null) {
        url = new URL(location, url);
        if (url.href.startsWith(end)) return url;
        response = await send(url);
        continue;
      }
      const body = await response.text();
      const posted = formThatPostsItself(body);
      if (posted !== undefined) {
        [url, lastForm] = [posted.action, posted.fields];
        response = await send(url, posted.fields);
        continue;
      }
      if (response.status !== 200 || choice === undefined || !url.pathname.startsWith('/interaction/')) {
        throw new Error(`The provider stopped at ${url.pathname} with ${response.status}: ${body}`);
      }
      lastPage = body;
      const form = choice === 'cancel' ? { cancel: 'yes' } : { account: choice.account };
      response = await send(url, new URLSearchParams(form));
    }
  }

  return {
    lastPage: () => lastPage,
    lastForm: () => lastForm,
    visit: follow,
    async authorize(request, choice) {
      const url = await follow(authorizationUrl(request), request.redirectUri, choice);
      return new URLSearchParams(url.hash.slice(1) || url.search);
    },
  };
}

/** The page of `response_mode=form_post` (OAuth 2.0 Form Post Response Mode, section 2). */
function formThatPostsItself(html: string): { action: URL; fields: URLSearchParams } | undefined {
  const action = /<form method="post" action="([^"]+)">/.exec(html)?.[1];
  if (action === undefined || !html.includes('document.forms[0].submit()')) return undefined;
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g))
    fields.append(name, unescapeHtml(value));
  return { action: new URL(unescapeHtml(action)), fields };
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function authorizationUrl({
  issuer,
  clientId,
  redirectUri,
  nonce,
  prompt,
  responseType = 'id_token',
  parameters,
}: AuthorizationRequest): URL {
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: responseType,
    scope: 'openid',
    nonce,
    state: crypto.randomUUID(),
    ...(prompt && { prompt }),
    ...parameters,
  }).toString();
  return url;
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const separator = pair.indexOf('=');
  const name = pair.slice(0, separator).trim();
  const expires = attributes.find((attribute) => /^\s*expires=/i.test(attribute))?.split('=')[1];
  if (expires !== undefined && Date.parse(expires) <= Date.now()) cookies.delete(name);
  else cookies.set(name, pair.slice(separator + 1));
}

/**
 * Signs in to the development identity provider over HTTP, in a new browser.
 * @param request.account name of the account, such as `Mira`
 * @returns the ID token.
 * @throws Error naming the provider's error.
 */
export async function signIn(request: AuthorizationRequest & { account: string }): Promise<string> {
  const { account, ...authorization } = request;
  const answer = await createSignInBrowser().authorize(authorization, { account });
  const idToken = answer.get('id_token');
  if (idToken === null) throw new Error(`Sign-in failed: ${answer.get('error')} ${answer.get('error_description')}`);
  return idToken;
}
