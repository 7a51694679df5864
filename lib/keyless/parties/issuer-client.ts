/** The issuer over HTTP (wire/issuer.ts). */
import { z } from 'zod';
import type { Issuer } from '../ports';
import {
  accountEvent,
  guessesResponse,
  keepRequest,
  keepResponse,
  realmLogEvent,
  recoverTokensResponse,
  registerTokensResponse,
  successRequest,
  tokensRequest,
  witnessResponse,
} from '../wire/issuer';
import { signOutRequest } from '../wire/session';
import { done } from '../wire/vault';
import { callParty, type PartyAccess, type TokenSource } from './party-client';

/** Kinds of events that this build does not know are passed over: an issuer may tell more than this build shows. */
export const witnessAnswer = witnessResponse.extend({
  events: z
    .array(z.unknown())
    .max(50)
    .transform((events) => events.flatMap((event) => accountEvent.safeParse(event).data ?? [])),
});

/** The same of what realms wrote down. */
export const guessesAnswer = guessesResponse.extend({
  events: z
    .array(z.unknown())
    .max(100)
    .transform((events) => events.flatMap((event) => realmLogEvent.safeParse(event).data ?? [])),
});

export function createIssuerClient(access: PartyAccess, tokens: TokenSource): Issuer {
  const post = <Out>(path: string, body: unknown, answer: z.ZodType<Out>): Promise<Out> =>
    callParty(access, tokens, { method: 'POST', path, body, answer });
  return {
    witness: () => callParty(access, tokens, { method: 'GET', path: '/witness', answer: witnessAnswer }),
    guesses: () => callParty(access, tokens, { method: 'GET', path: '/guesses', answer: guessesAnswer }),
    registerTokens: async (slot) => {
      const answer = await post('/tokens/register', z.encode(tokensRequest, { slot }), registerTokensResponse);
      return answer.tokens;
    },
    recoverTokens: (slot) => post('/tokens/recover', z.encode(tokensRequest, { slot }), recoverTokensResponse),
    keep: async (request) => (await post('/witness', z.encode(keepRequest, request), keepResponse)).kept,
    success: async (request) => {
      await post('/success', z.encode(successRequest, request), done);
    },
    startOver: async (slot) => {
      await post('/start-over', z.encode(tokensRequest, { slot }), done);
    },
    signOut: async (request) => {
      await post('/sign-out', z.encode(signOutRequest, request), done);
    },
  };
}
