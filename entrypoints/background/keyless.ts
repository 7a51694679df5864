/** The keyless wallet of this profile: how it comes here, and what is done with its backup afterwards. */
import { createConfirmation } from '@/lib/keyless/confirmation';
import { createOnboarding } from '@/lib/keyless/onboarding';
import type { Sessions } from '@/lib/keyless/sessions';
import { createStatusWatch } from '@/lib/keyless/status';
import { createUpkeep } from '@/lib/keyless/upkeep';
import type { Keyring } from '@/lib/keyring/keyring';
import { createSlowDown, OF_PINS } from '@/lib/keyring/slow-down';
import { keylessOf } from '@/lib/keyring/wallets';
import type { Cells } from './cells';
import { environment } from './environment';
import { openHealth } from './health';
import { pins } from './parties';

export interface KeylessParts {
  readonly cells: Cells;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  readonly onOpened: () => Promise<void>;
  readonly onChange: () => void;
  readonly onSignedIn: () => void;
}

export function openKeyless({ cells, keyring, sessions, onOpened, ...events }: KeylessParts) {
  const { journal, attempt, device, foreignTries, flow, task, lastUse, reminder, drilledAt, status } = cells;
  const { ownTryAt, ownRecoveries } = cells;
  const shared = {
    sessions,
    journal: { read: journal.read, write: journal.write, clear: journal.remove },
    device,
    ownRecoveries,
    random: environment.random,
    now: environment.now,
    ...events,
  };
  const slowDown = createSlowDown({ record: cells.pinSlowDown, now: environment.now, codes: OF_PINS });
  const confirmation = createConfirmation({ ...shared, reminder, slowDown, wallet: keyring });
  const upkeep = createUpkeep({ ...shared, task, drilledAt, ownTryAt, confirmation, wallet: keyring });
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
        await lastUse.remove();
        await upkeep.onLock();
      },
      wipe: keyring.wipe,
    },
    flow,
  });
  return { onboarding, upkeep, confirmation, health };
}
