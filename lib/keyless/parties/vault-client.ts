/** The vault over HTTP (wire/vault.ts). */
import { z } from 'zod';
import type { Vault } from '../ports';
import { signOutRequest } from '../wire/session';
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
  type WithdrawalRequest,
  withdrawalRequest,
} from '../wire/vault';
import { callParty, type PartyAccess, type TokenSource } from './party-client';

/** A vault may be newer than this build. */
export const toldBackup = backupMetadata.extend({
  order: pendingOrder
    .extend({ order: z.union([pendingOrder.shape.order, z.string().transform(() => 'unknown' as const)]) })
    .nullable(),
});

export function createVaultClient(access: PartyAccess, tokens: TokenSource): Vault {
  const withdraw = async (path: string, request: WithdrawalRequest): Promise<void> => {
    const body = z.encode(withdrawalRequest, request);
    await callParty(access, tokens, { method: 'POST', path, body, answer: done });
  };
  return {
    metadata: () => callParty(access, tokens, { method: 'GET', path: '/backup', answer: toldBackup }),
    reserve: async (request) => {
      const body = z.encode(reserveRequest, request);
      await callParty(access, tokens, { method: 'POST', path: '/generations', body, answer: done });
    },
    putRow: async (generation, row) => {
      const body = z.encode(rowRequest, row);
      await callParty(access, tokens, { method: 'PUT', path: `/generations/${generation}`, body, answer: done });
    },
    challenge: async (generation) => {
      const path = `/generations/${generation}/challenge`;
      const { challenge } = await callParty(access, tokens, { method: 'POST', path, answer: challengeResponse });
      return challenge;
    },
    release: (generation, request) => {
      const path = `/generations/${generation}/release`;
      const body = z.encode(releaseRequest, request);
      return callParty(access, tokens, { method: 'POST', path, body, answer: releaseResponse });
    },
    activate: async (request) => {
      const body = z.encode(activateRequest, request);
      await callParty(access, tokens, { method: 'POST', path: '/activate', body, answer: done });
    },
    orderDeletion: (request) => {
      const body = z.encode(deletionRequest, request);
      return callParty(access, tokens, { method: 'POST', path: '/orders', body, answer: pendingOrder });
    },
    undoDeletion: (request) => withdraw('/orders/undo', request),
    objectToStartOver: (request) => withdraw('/orders/objection', request),
    signOut: async (request) => {
      const body = z.encode(signOutRequest, request);
      await callParty(access, tokens, { method: 'POST', path: '/sign-out', body, answer: done });
    },
  };
}
