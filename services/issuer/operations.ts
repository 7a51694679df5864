/** The issuer's HTTP API as operations over the schemas of the wire (keyless protocol, sections 3 to 5). */
import { z } from 'zod';
import {
  guessesResponse,
  type IssuerProblem,
  keepRequest,
  keepResponse,
  recoverTokensResponse,
  registerTokensResponse,
  successRequest,
  tokensRequest,
  witnessResponse,
} from '@/lib/keyless/wire/issuer';
import { operation } from '@/services/http/api/operation';
import { listDevices, signOutDevice } from '@/services/http/sessions/devices';

/** HTTP status of each refusal. */
export const STATUS = {
  'bad-request': 400,
  unauthenticated: 401,
  'bad-signature': 403,
  'not-found': 404,
  'slot-unknown': 404,
  'guesses-left': 409,
  'lease-ended': 409,
  'wrong-number': 409,
  'slot-retired': 410,
  'too-large': 413,
  'try-later': 429,
  'too-many-requests': 429,
  unexpected: 500,
  'feed-behind': 503,
  'temporarily-unavailable': 503,
  'vault-unreachable': 503,
} as const satisfies Record<IssuerProblem, number>;

/** Whatever is asked, the vault's feed is read first. */
const OF_THE_FEED = ['vault-unreachable', 'feed-behind'] as const;

export const about = operation({
  method: 'get',
  path: '/about',
  summary: 'The public halves of the keys that sign what was kept and the realm tokens',
  access: 'open',
  answer: z.object({ witnessPublicKey: z.string(), tenantPublicKey: z.string(), kid: z.string() }),
  refusals: [],
});

export const witness = operation({
  method: 'get',
  path: '/witness',
  summary: 'What the issuer knows of the account: rows, tries, events',
  access: 'access',
  answer: witnessResponse,
  refusals: OF_THE_FEED,
});

export const status = operation({
  ...witness,
  path: '/status',
  summary: 'The same, by status token',
  access: 'status',
});

export const guesses = operation({
  method: 'get',
  path: '/guesses',
  summary: 'What the realms themselves wrote down about the rows of the account',
  access: 'access',
  answer: guessesResponse,
  refusals: OF_THE_FEED,
});

export const guessesByStatus = operation({
  ...guesses,
  path: '/status/guesses',
  summary: 'The same, by status token',
  access: 'status',
});

export const registerTokens = operation({
  method: 'post',
  path: '/tokens/register',
  summary: 'One token a realm, to register the slot that this device reserved',
  access: 'access',
  body: tokensRequest,
  answer: registerTokensResponse,
  refusals: [...OF_THE_FEED, 'slot-unknown', 'slot-retired', 'lease-ended', 'wrong-number'],
});

export const recoverTokens = operation({
  method: 'post',
  path: '/tokens/recover',
  summary: 'One token a realm, for one try by the schedule',
  access: 'access',
  body: tokensRequest,
  answer: recoverTokensResponse,
  refusals: [...OF_THE_FEED, 'slot-unknown', 'slot-retired', 'lease-ended', 'try-later'],
});

export const keep = operation({
  method: 'post',
  path: '/witness',
  summary: 'Keeps the row of a statement and signs that (R3)',
  access: 'access',
  body: keepRequest,
  answer: keepResponse,
  refusals: [...OF_THE_FEED, 'slot-unknown', 'slot-retired', 'bad-signature', 'wrong-number'],
});

export const success = operation({
  method: 'post',
  path: '/success',
  summary: 'Notes that a try was the owner’s, signed by the owner key; resets the schedule',
  access: 'access',
  body: successRequest,
  answer: z.object({}),
  refusals: [...OF_THE_FEED, 'slot-unknown', 'slot-retired', 'bad-signature', 'wrong-number'],
});

export const startOver = operation({
  method: 'post',
  path: '/start-over',
  summary:
    'Asks the realms whether the backup has no guesses left, and then the vault to begin the days of a start-over',
  access: 'access',
  body: tokensRequest,
  answer: z.object({}),
  refusals: [...OF_THE_FEED, 'slot-unknown', 'slot-retired', 'try-later', 'guesses-left'],
});

export const devices = listDevices;

export const signOut = operation({ ...signOutDevice, refusals: [...OF_THE_FEED, ...signOutDevice.refusals] });
