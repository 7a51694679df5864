/** The end of an account on this device, in the order that an interruption can be told by. */
import type { WorkDependencies } from './onboarding-work';

type Forgotten = Pick<
  WorkDependencies,
  'attempt' | 'sessions' | 'foreignTries' | 'ownRecoveries' | 'journal' | 'device'
>;

/** The device record goes last: where it is left without a wallet, this was interrupted, and the next start ends it. */
export async function forgetAccount(forgotten: Forgotten): Promise<void> {
  const { attempt, sessions, foreignTries, ownRecoveries, journal, device } = forgotten;
  await attempt.clear();
  await sessions.wipe();
  await Promise.all([foreignTries.remove(), ownRecoveries.remove(), journal.clear()]);
  await device.remove();
}
