/** An owner's orders to the vault, as a device signs and sends them. */
import { z } from 'zod';
import type { Secret } from '@/lib/crypto/secret';
import { ownerKeyOf } from '@/lib/keyless/backup/generation';
import { deleteStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import { deletionRequest, withdrawalRequest } from '@/lib/keyless/wire/vault';
import { sessionHeader } from '@/services/vault/testing/in-process';
import { type Device, random, type World } from './world';

/** @returns the status of the answer; 0 if none came */
async function post(world: World, { parties }: Device, path: string, body: unknown): Promise<number> {
  const request = new Request(`http://vault.test${path}`, {
    method: 'POST',
    headers: { authorization: sessionHeader(parties), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const response = await world
    .intercept(request, async (passed) => world.vault.app.request(passed), 'device')
    .catch((error: unknown) => {
      if (error instanceof TypeError) return null;
      throw error;
    });
  return response?.status ?? 0;
}

/** Orders that the active backup be deleted. @throws WalletError if the vault does not tell which one that is */
export async function orderDeletion(world: World, device: Device, owner: Secret): Promise<number> {
  const { accountId, vault, pins } = device.parties;
  const { active } = await vault.metadata();
  if (!active) return 404;
  const { generation, slot, statement } = active;
  const order = { generation, slot, statementHash: statementHashOf(statement), orderId: random(16), notBeforeS: 0 };
  const signed = deleteStatement({ ...order, vaultId: pins.vaultId, accountId });
  const signature = owner.use((entropy) => ownerKeyOf(entropy, accountId).sign(signed));
  return post(world, device, '/orders', z.encode(deletionRequest, { ...order, signature }));
}

/** Takes the order that stands back. */
export async function undoDeletion(world: World, device: Device, owner: Secret): Promise<number> {
  const { accountId, vault, pins } = device.parties;
  const { order } = await vault.metadata();
  if (!order) return 404;
  const { orderId } = order;
  const signed = undoStatement({ vaultId: pins.vaultId, accountId, orderId });
  const signature = owner.use((entropy) => ownerKeyOf(entropy, accountId).sign(signed));
  return post(world, device, '/orders/undo', z.encode(withdrawalRequest, { orderId, signature }));
}
