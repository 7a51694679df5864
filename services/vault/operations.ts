/** The vault's HTTP API as operations over the schemas of the wire (keyless protocol, sections 3 to 5). */
import { z } from 'zod';
import { feedPage } from '@/lib/keyless/wire/feed';
import { bytes, u32Number } from '@/lib/keyless/wire/schema';
import {
  activateRequest,
  backupMetadata,
  challengeResponse,
  deletionRequest,
  done,
  pendingOrder,
  releaseRequest,
  releaseResponse,
  reserveRequest,
  rowRequest,
  startOverConfirmation,
  startOverRequest,
  type VaultProblem,
  withdrawalRequest,
} from '@/lib/keyless/wire/vault';
import { operation } from '@/services/http/api/operation';
import { listDevices, signOutDevice } from '@/services/http/sessions/devices';

/** HTTP status of each refusal. */
export const STATUS = {
  'bad-request': 400,
  'too-large': 413,
  unauthenticated: 401,
  'not-found': 404,
  'too-many-requests': 429,
  'temporarily-unavailable': 503,
  'reserved-elsewhere': 409,
  'wrong-number': 409,
  'no-reservation': 409,
  'slot-void': 409,
  'slot-used': 409,
  'row-differs': 409,
  'owner-signature-required': 403,
  'bad-signature': 403,
  'not-kept': 403,
  'deletion-pending': 409,
  'challenge-unknown': 403,
  unexpected: 500,
} as const satisfies Record<VaultProblem, number>;

const decimal = z
  .string()
  .regex(/^(0|[1-9]\d{0,9})$/)
  .transform(Number)
  .pipe(u32Number);
const generationPath = z.object({ generation: decimal });
const accountPath = z.object({ account: z.string().regex(/^[0-9a-f]{64}$/) });
const feedQuery = z.object({ after: decimal.default(0) });

export const about = operation({
  method: 'get',
  path: '/about',
  summary: 'Who this vault is: its id, and the key that signs its feed',
  access: 'open',
  answer: z.object({ vaultId: bytes(32), receiptPublicKey: bytes(32) }),
  refusals: [],
});

export const feed = operation({
  method: 'get',
  path: '/feed/{account}',
  summary: 'Entries of an account behind number `after`, 200 at most; for the issuer alone',
  access: 'service',
  params: accountPath,
  query: feedQuery,
  answer: feedPage,
  refusals: [],
});

export const backup = operation({
  method: 'get',
  path: '/backup',
  summary: 'What is public about the backup to whoever is signed in',
  access: 'access',
  answer: backupMetadata,
  refusals: [],
});

export const status = operation({ ...backup, path: '/status', summary: 'The same, by status token', access: 'status' });

export const reserve = operation({
  method: 'post',
  path: '/generations',
  summary: 'Reserves the next generation for a new slot (R1)',
  access: 'access',
  body: reserveRequest,
  answer: done,
  refusals: [
    'deletion-pending',
    'wrong-number',
    'slot-used',
    'reserved-elsewhere',
    'owner-signature-required',
    'bad-signature',
  ],
});

export const putRow = operation({
  method: 'put',
  path: '/generations/{generation}',
  summary: 'Puts record, share and release key under the reservation of this device',
  access: 'access',
  params: generationPath,
  body: rowRequest,
  answer: done,
  refusals: ['slot-void', 'no-reservation', 'wrong-number', 'row-differs'],
});

export const challenge = operation({
  method: 'post',
  path: '/generations/{generation}/challenge',
  summary: 'A challenge for the release, good once and for two minutes',
  access: 'access',
  params: generationPath,
  answer: challengeResponse,
  refusals: ['not-found'],
});

export const release = operation({
  method: 'post',
  path: '/generations/{generation}/release',
  summary: 'Record and share, against the challenge signed by the release key',
  access: 'access',
  params: generationPath,
  body: releaseRequest,
  answer: releaseResponse,
  refusals: ['not-found', 'challenge-unknown', 'bad-signature'],
});

export const activate = operation({
  method: 'post',
  path: '/activate',
  summary: 'Makes the pending row the backup (R2)',
  access: 'access',
  body: activateRequest,
  answer: done,
  refusals: [
    'slot-void',
    'deletion-pending',
    'no-reservation',
    'wrong-number',
    'row-differs',
    'bad-signature',
    'not-kept',
  ],
});

export const orderDeletion = operation({
  method: 'post',
  path: '/orders',
  summary: 'Orders the deletion of the backup, not before 72 hours from now (R7)',
  access: 'access',
  body: deletionRequest,
  answer: pendingOrder,
  refusals: ['not-found', 'bad-signature', 'wrong-number', 'deletion-pending'],
});

export const undoDeletion = operation({
  method: 'post',
  path: '/orders/undo',
  summary: 'Takes a deletion order back',
  access: 'access',
  body: withdrawalRequest,
  answer: done,
  refusals: ['not-found', 'bad-signature'],
});

export const objectToStartOver = operation({
  ...undoDeletion,
  path: '/orders/objection',
  summary: 'Objects to a start-over',
});

export const startOver = operation({
  method: 'post',
  path: '/start-over/{account}',
  summary: 'Begins the seven days of a start-over; for the issuer alone, which asked the realms',
  access: 'service',
  params: accountPath,
  body: startOverRequest,
  answer: pendingOrder,
  refusals: ['not-found', 'wrong-number', 'deletion-pending', 'too-many-requests', 'temporarily-unavailable'],
});

export const confirmStartOver = operation({
  method: 'post',
  path: '/start-over/{account}/confirm',
  summary: 'Carries a start-over out when its days are over; for the issuer alone, which asked the realms again',
  access: 'service',
  params: accountPath,
  body: startOverConfirmation,
  answer: done,
  refusals: ['not-found', 'deletion-pending', 'temporarily-unavailable'],
});

export const devices = listDevices;

export const signOut = signOutDevice;
