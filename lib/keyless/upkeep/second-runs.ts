/** How the backup under a second account runs, fails, and is taken up again. */

import {
  finishSecond,
  isSecondUnfinished,
  type SecondAccount,
  type SecondDependencies,
  secondWork,
} from '../backup/second-sign-in';
import type { LongRuns } from '../long-run';
import { asksForSignIn, stopsEverything } from '../onboarding/flow';
import type { createHeldPin } from '../pin/held-pin';
import type { TaskAt, TaskRecord } from './task';

export interface SecondRunsDependencies {
  readonly deps: SecondDependencies;
  readonly runs: LongRuns<TaskRecord>;
  readonly heldPin: ReturnType<typeof createHeldPin>;
  readonly now: () => TaskRecord | null;
  /** Stores and shows a step. */
  readonly show: (task: TaskRecord) => void;
  /** Begins anew with the sign-in. */
  readonly signIn: (providerId: string) => Promise<void>;
}

export function createSecondRuns({ deps, runs, heldPin, now, show, signIn }: SecondRunsDependencies) {
  const here = (): TaskAt<'seconding'> | null => {
    const task = now();
    return task?.stage === 'seconding' ? task : null;
  };
  const run = ({ providerId, accountId }: SecondAccount, work: () => Promise<TaskRecord>): Promise<void> => {
    const first = { stage: 'seconding', providerId, accountId, step: 'making-key', error: null } as const;
    return runs.begin(first, work, async (error) =>
      stopsEverything(error) ? { stage: 'stopped', error } : { ...(here() ?? first), error },
    );
  };
  const begin = async (account: SecondAccount, pin: string): Promise<void> => {
    runs.refuseIfBusy();
    heldPin.hold(pin);
    await run(account, () =>
      secondWork(deps, account, pin, (step) => {
        const task = here();
        if (runs.isRunning() && task) show({ ...task, step });
      }),
    );
  };
  return {
    /** @throws WalletError `busy` */
    begin,
    /** After a failure: what was signed is finished without the PIN. */
    again: async (failed: TaskAt<'seconding'>): Promise<void> => {
      const needsWindow = failed.error !== null && asksForSignIn(failed.error);
      if (!needsWindow && (await isSecondUnfinished(deps, failed)))
        return run(failed, () => finishSecond(deps, failed));
      const pin = heldPin.text();
      if (pin !== null && !needsWindow) return begin(failed, pin);
      await signIn(failed.providerId);
    },
  };
}
