/** The relay's HTTP API as operations (keyless protocol, section 3). */
import { z } from 'zod';
import { type RelayProblem, redeemRequest, redeemResponse } from '@/lib/keyless/wire/relay';
import { operation } from '@/services/http/api/operation';
import { providerId } from '@/services/http/sign-in/identity-providers';

/** HTTP status of each refusal. */
export const STATUS = {
  'bad-request': 400,
  unauthenticated: 401,
  'code-refused': 403,
  'handle-unknown': 403,
  'not-found': 404,
  'too-large': 413,
  'too-many-requests': 429,
  unexpected: 500,
  'temporarily-unavailable': 503,
} as const satisfies Record<RelayProblem, number>;

const providerPath = z.object({ provider: providerId });
const stateText = z.string().length(152);
/** What providers answer at the end of a sign-in. Whatever else they send, such as a name, is dropped unread. */
const answerFields = z.object({
  state: stateText,
  code: z.string().min(1).max(4096).optional(),
  error: z.string().min(1).max(100).optional(),
  /** RFC 9207. */
  iss: z.string().max(2048).optional(),
});
export type ProviderAnswer = z.output<typeof answerFields>;

const OF_A_BROWSER = ['not-found', 'too-many-requests', 'temporarily-unavailable'] as const;

export const start = operation({
  method: 'get',
  path: '/start/{provider}',
  summary: 'Sends a browser to the provider, with an address of this relay as the place to come back to',
  access: 'open',
  params: providerPath,
  query: z.object({ state: stateText, prompt: z.enum(['none', 'select_account']).optional() }),
  status: 303,
  answer: z.url(),
  refusals: OF_A_BROWSER,
});

export const callbackByQuery = operation({
  method: 'get',
  path: '/callback/{provider}',
  summary: 'Where a provider sends the browser back to; it goes on to the extension, with a handle in the fragment',
  access: 'open',
  params: providerPath,
  query: answerFields,
  status: 303,
  answer: z.url(),
  refusals: OF_A_BROWSER,
});

export const callbackByForm = operation({
  method: 'post',
  path: '/callback/{provider}',
  summary: 'The same for a provider that answers with a form (response_mode=form_post)',
  access: 'open',
  params: providerPath,
  form: answerFields,
  status: 303,
  answer: z.url(),
  refusals: OF_A_BROWSER,
});

export const redeem = operation({
  method: 'post',
  path: '/redeem',
  summary: 'The ID token, against the handle, the verifier and a proof of the device key that the state named',
  access: 'proof',
  body: redeemRequest,
  answer: redeemResponse,
  refusals: ['not-found', 'handle-unknown', 'code-refused'],
});

export const receive = operation({
  method: 'post',
  path: '/notices/{provider}',
  summary: 'Takes what a provider signed about a user, and passes it on to the servers with sessions',
  access: 'open',
  params: providerPath,
  body: z.object({ payload: z.string().min(1).max(8192) }),
  answer: z.object({}),
  refusals: ['unauthenticated', ...OF_A_BROWSER],
});
