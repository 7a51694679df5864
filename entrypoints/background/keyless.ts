/** The keyless wallet of this profile: how it comes here, and what is done with its backup afterwards. */

import { createStatusWatch } from '@/lib/keyless/backup/status';
import { createOnboarding } from '@/lib/keyless/onboarding/onboarding';
import { createUpkeep, type UpkeepDependencies } from '@/lib/keyless/upkeep/upkeep';
import type { Keyring } from '@/lib/keyring/keyring';
import { keylessOf } from '@/lib/keyring/wallets';
import type { Cells } from './cells';
import { environment } from './environment';
import { openHealth } from './health';
import { openPinChecks } from './pin-checks';
import { pins } from './pins';
import { openSecondAccount } from './second-account';

export interface KeylessParts extends Pick<UpkeepDependencies, 'sessions' | 'onChange' | 'onSignedIn'> {
  readonly cells: Cells;
  readonly keyring: Keyring;
  readonly onOpened: () => Promise<void>;
}

export function openKeyless({ cells, keyring, sessions, onOpened, ...events }: KeylessParts) {
  const { journal, attempt, device, foreignTries, flow, task, drilledAt, status, ownTryAt } = cells;
  const shared = {
    sessions,
    journal: { read: journal.read, write: journal.write, clear: journal.remove },
    device,
    ownRecoveries: cells.ownRecoveries,
    random: environment.random,
    now: environment.now,
    ...events,
  };
  const confirmation = openPinChecks(cells, keyring);
  const second = openSecondAccount(cells);
  const upkeep = createUpkeep({ ...shared, task, drilledAt, ownTryAt, confirmation, second, wallet: keyring });
  const health = openHealth({ cells, watch: createStatusWatch({ ...shared, status, foreignTries, ownTryAt, pins }) });
  const onboarding = createOnboarding({
    ...shared,
    attempt: { read: attempt.read, write: attempt.write, clear: attempt.remove },
    foreignTries,
    wallet: {
      exists: async () => (await keyring.profile()) !== null,
      hasKeyless: async () => keylessOf(await keyring.profile()) !== undefined,
      isUnlocked: keyring.isUnlocked,
      hasUnlockMethod: keyring.hasUnlockMethod,
      adopt: async (entropy) => {
        await keyring.adopt(entropy);
        await onOpened();
      },
      lock: async () => {
        await keyring.lock();
        await Promise.all([cells.lastUse.remove(), cells.sendDraft.remove()]);
        await upkeep.onLock();
      },
      wipe: keyring.wipe,
    },
    flow,
  });
  return { onboarding, upkeep, confirmation, health };
}
