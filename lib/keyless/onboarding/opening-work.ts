/** The sign-in that each task begins with, and the stage that comes after it. */
import { WalletError } from '@/lib/errors';
import { openSecond, type SecondDependencies } from '../backup/second-sign-in';
import { withdrawWork } from '../upkeep/delete-work';
import { openBackup } from '../upkeep/reset-work';
import { signOutWork } from '../upkeep/sign-out-work';
import type { TaskOrder, TaskRecord } from '../upkeep/task';

/** @throws WalletError what the sign-in and both servers say, `backup-not-found`: nothing has begun then */
export async function openingWork(
  deps: SecondDependencies,
  { purpose, device, providerId }: TaskOrder,
): Promise<TaskRecord> {
  if (providerId !== null) return openSecond(deps, providerId);
  const { found, ms } = await openBackup(deps);
  if (purpose === 'pin-reset') return { stage: 'new-pin', error: null };
  if (purpose === 'withdraw') return withdrawWork(deps);
  if (!found) throw new WalletError('backup-not-found');
  if (purpose === 'delete') return { stage: 'delete-pin', error: null };
  if (device !== null) return signOutWork(deps, device);
  const { nextAtMs } = found.tries;
  const nextTryAtMs = nextAtMs > deps.now() ? nextAtMs : null;
  return { stage: 'drill-pin', ownTries: 0, triesLeft: null, before: ms, nextTryAtMs, error: null };
}
