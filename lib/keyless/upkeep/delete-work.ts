/** Deleting the backup, and taking that back (keyless protocol, sections 4 R7 and 5). The vault alone decides what was in time. */
import { WalletError } from '@/lib/errors';
import { signAsOwner } from '../backup/owner-signature';
import { lookUpBackup } from '../backup/recover';
import type { Parties, ToldBackup } from '../ports';
import { deleteStatement, objectionStatement, statementHashOf, undoStatement } from '../wire/statement';
import { knownDevice, type TaskDependencies } from './reset-work';
import type { TaskRecord } from './task';

const DELAY_S = 72 * 3600;

/**
 * Orders the deletion, signed by the owner. Until its deadline the backup recovers.
 * @throws WalletError what the parties say; nothing has begun then, or `deletion-pending` told on
 */
export async function deleteWork(deps: TaskDependencies): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const parties = await deps.sessions.resume(known.providerId, known.accountId);
  const found = await lookUpBackup(parties, known);
  if (!found) return { stage: 'deleted' };
  const { generation, slot, statement } = found.active;
  const { accountId, pins, vault } = parties;
  const order = {
    generation,
    slot,
    statementHash: statementHashOf(statement),
    orderId: deps.random(16),
    notBeforeS: Math.ceil(deps.now() / 1000) + DELAY_S,
  };
  const signature = await signAsOwner(deps, accountId, deleteStatement({ ...order, vaultId: pins.vaultId, accountId }));
  try {
    const { deadlineMs } = await vault.orderDeletion({ ...order, signature });
    // It reads the feed then, and looks again at the deadline, even if no device ever asks.
    await parties.issuer.witness().catch(() => undefined);
    return { stage: 'deletion-ordered', deadlineMs };
  } catch (error) {
    // An answer that was lost, or another device: the order that stands is the one that counts.
    const standing = error instanceof WalletError ? (await vault.metadata()).order : null;
    if (standing?.order === 'delete') return { stage: 'deletion-ordered', deadlineMs: standing.deadlineMs };
    throw error;
  }
}

/**
 * Takes the order that stands back, whichever it is, signed by the owner.
 * @throws WalletError `backup-not-found` if it was carried out meanwhile; what the parties say
 */
export async function withdrawWork(deps: TaskDependencies): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const parties = await deps.sessions.resume(known.providerId, known.accountId);
  const { active, order } = await parties.vault.metadata();
  if (!active) throw new WalletError('backup-not-found');
  if (!order) return { stage: 'withdrawn' };
  await withdraw(deps, parties, order);
  return { stage: 'withdrawn' };
}

async function withdraw(
  deps: TaskDependencies,
  parties: Parties,
  order: NonNullable<ToldBackup['order']>,
): Promise<void> {
  const { accountId, pins, vault } = parties;
  const reference = { vaultId: pins.vaultId, accountId, orderId: order.orderId };
  switch (order.order) {
    case 'delete': {
      const signature = await signAsOwner(deps, accountId, undoStatement(reference));
      return vault.undoDeletion({ orderId: order.orderId, signature });
    }
    case 'start-over': {
      const signature = await signAsOwner(deps, accountId, objectionStatement(reference));
      return vault.objectToStartOver({ orderId: order.orderId, signature });
    }
    case 'unknown':
      throw new WalletError('update-the-app', { reason: 'order' });
  }
}
