/** The relay's HTTP API: serves its operations over the steps. */
import { type ErrorHandler, Hono, type MiddlewareHandler } from 'hono';
import { sha256 } from '@/lib/crypto/hash';
import { codeChallengeOf, codeVerifierOf } from '@/lib/keyless/wire/relay';
import { serve } from '@/services/http/api/operation';
import { problemHandler, ServiceError, unavailable } from '@/services/http/api/problem';
import type { Logger } from '@/services/http/server/logger';
import type { DpopVerifier } from '@/services/http/sessions/dpop';
import { offerNonce, type SessionEnv } from '@/services/http/sessions/session-guards';
import { exchangeCode } from './exchange';
import { authorizationUrlOf, callbackUrlOf, codeOf, landingOf, openState, type Ways } from './handoff';
import { keepNotice } from './notices';
import * as operations from './operations';
import { stoppedPage } from './page';
import type { RelayProvider } from './providers';
import type { RelayStore } from './store';

export interface RelayParts extends Ways {
  readonly providers: readonly RelayProvider[];
  readonly store: RelayStore;
  readonly dpop: DpopVerifier;
  readonly targets: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly logger: Logger;
}

const findProvider = ({ providers }: RelayParts, id: string): RelayProvider => {
  const provider = providers.find((one) => one.id === id);
  if (provider === undefined) throw new ServiceError(404, 'not-found');
  return provider;
};

/** What a person's browser visits on its way; what cannot go on is said on a page. */
export function browserRoutes(parts: RelayParts, perAddress: MiddlewareHandler<SessionEnv>): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  app.onError(pageHandler(parts.logger));
  serve(app, operations.start, [perAddress], async ({ params, query }) => {
    const provider = findProvider(parts, params.provider);
    // Before the provider is asked for anything.
    openState(parts, query.state);
    const { authorizationUrl } = await provider.endpoints().catch((cause) => {
      throw unavailable('provider-unreachable', cause);
    });
    return authorizationUrlOf(parts, provider, authorizationUrl, query);
  });
  const land = async (id: string, mode: RelayProvider['responseMode'], answer: operations.ProviderAnswer) => {
    const provider = findProvider(parts, id);
    if (provider.responseMode !== mode) throw new ServiceError(404, 'not-found');
    const { url, handoff } = landingOf(parts, provider, answer, parts.random(32), parts.now());
    if (handoff !== null) await parts.store.putHandoff(handoff);
    return url;
  };
  serve(app, operations.callbackByQuery, [perAddress], ({ params, query }) => land(params.provider, 'query', query));
  serve(app, operations.callbackByForm, [perAddress], ({ params, form }) => land(params.provider, 'form_post', form));
  return app;
}

/** What the extension, and providers themselves, ask for. */
export function programRoutes(parts: RelayParts, perAddress: MiddlewareHandler<SessionEnv>): Hono<SessionEnv> {
  const { dpop, store, now } = parts;
  const app = new Hono<SessionEnv>();
  serve(app, operations.redeem, [perAddress, offerNonce(dpop)], async ({ body }, c) => {
    const proof = c.req.header('dpop');
    const { thumbprint } = await dpop.verify({ method: c.req.method, path: c.req.path, proof });
    const { handle, verifier } = body;
    const claim = { handleHash: sha256(handle), challenge: codeChallengeOf(verifier), thumbprint };
    const handoff = await store.takeHandoff(claim, now());
    if (handoff === null) throw new ServiceError(403, 'handle-unknown');
    const provider = findProvider(parts, handoff.provider);
    const idToken = await exchangeCode(parts, provider, {
      code: codeOf(handoff, handle),
      verifier: codeVerifierOf(verifier),
      redirectUrl: callbackUrlOf(parts, provider),
      nonce: handoff.nonce,
    });
    return { idToken };
  });
  serve(app, operations.receive, [perAddress], async ({ params, body }) => {
    await keepNotice(parts, findProvider(parts, params.provider), body.payload);
    return {};
  });
  return app;
}

/** The status and headers of the problem, with a page in place of its JSON. */
function pageHandler(logger: Logger): ErrorHandler {
  const asProblem = problemHandler(logger);
  return async (error, c) => {
    const problem = await asProblem(error, c);
    const { code } = (await problem.clone().json()) as { code: string };
    const headers = new Headers(problem.headers);
    headers.set('content-type', 'text/html; charset=utf-8');
    return new Response(stoppedPage(c.req.header('accept-language') ?? '', code), { status: problem.status, headers });
  };
}
