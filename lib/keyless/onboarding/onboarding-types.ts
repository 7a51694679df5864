/** What creating, recovering, unlocking and locking need, and what pages may ask of them. */

import type { Stored } from '../stored';
import type { FlowRecord } from './flow';
import type { WorkDependencies } from './onboarding-work';

export interface OnboardingDependencies extends WorkDependencies {
  readonly flow: Stored<FlowRecord>;
  /** Called after every change of the stage. */
  readonly onChange: () => void;
  /** Called when a sign-in window has led to a question that the user has to answer. */
  readonly onSignedIn: () => void;
}

/**
 * Every action is refused with `bad-message` (reason `stage`) out of its place, and with `busy` while another runs.
 * Actions of several pages are taken one after the other.
 */
export interface Onboarding {
  /** Where the user is. The first call after a start takes up what was interrupted. */
  flow(): Promise<FlowRecord>;
  signIn(providerId: string): Promise<void>;
  /** @throws WalletError `pin-weak` with the reason */
  checkPin(pin: string): Promise<void>;
  /** Begins creation. @throws WalletError `pin-weak` */
  choosePin(pin: string): Promise<void>;
  /** Begins recovery; spends one try. */
  recover(pin: string): Promise<void>;
  /** Begins a full recovery on a device that keeps nothing. */
  unlockWithPin(pin: string): Promise<void>;
  /** Runs `work`, which opens a locked wallet or stores how it is opened from now on; then the wallet is at home. */
  open(from: 'locked' | 'device-unlock', work: () => Promise<void>): Promise<void>;
  /** Without a keyless wallet: first of all how this device unlocks. */
  startWithout(): Promise<void>;
  /** Offers a keyless wallet beside others. */
  offerKeyless(): Promise<void>;
  /** From the question for the PIN: asks whether the backup has any guesses left at all, and then for its end. */
  startOver(): Promise<void>;
  back(): Promise<void>;
  proceed(): Promise<void>;
  retry(): Promise<void>;
  /** Locks at once. What runs is not stopped, and what it opens is locked when it ends. */
  lock(): Promise<void>;
  /** Forgets the account and everything about its backup on this device. */
  signOut(): Promise<void>;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}
