/** Where the user stands when nothing runs: what is open and what was stored decide, not what somebody remembers. */
import type { ErrorFacts, FlowAt, FlowRecord } from './flow';
import { atThePin } from './flow';

/** What of the wallet decides. */
export interface WalletState {
  /** Whether this profile was set up, with any kind of wallet or none yet. */
  exists(): Promise<boolean>;
  /** Whether it has a wallet that account and PIN bring back. */
  hasKeyless(): Promise<boolean>;
  isUnlocked(): Promise<boolean>;
  /** Whether the user has chosen how this device unlocks. */
  hasUnlockMethod(): Promise<boolean>;
}

/** Of an open wallet. */
export const openStage = async (wallet: WalletState): Promise<FlowRecord> =>
  (await wallet.hasUnlockMethod()) ? { stage: 'home' } : { stage: 'device-unlock', error: null };

/** Where a way that led nowhere ends. */
export async function groundOf(wallet: WalletState, error: ErrorFacts | null): Promise<FlowRecord> {
  if (!(await wallet.exists())) return { stage: 'welcome', error };
  if (await wallet.isUnlocked()) {
    // A keyless wallet beside others came to nothing: told where it was asked for.
    if (error && !(await wallet.hasKeyless())) return { stage: 'add-keyless', error };
    return openStage(wallet);
  }
  return { stage: 'locked', ownTries: 0, triesLeft: null, error };
}

/** Only an open wallet can be shown there. */
export const needsOpenWallet = ({ stage }: FlowRecord): boolean =>
  stage === 'backup-verified' || stage === 'device-unlock' || stage === 'add-keyless' || stage === 'home';

const interruptedBy = { code: 'interrupted', details: {} } as const;

/** After a start: the stored stage as far as it still holds, and in words what was interrupted. */
export async function takenUp(wallet: WalletState, stored: FlowRecord | null): Promise<FlowRecord> {
  switch (stored?.stage) {
    case 'signing-in':
      return groundOf(wallet, interruptedBy);
    case 'creating':
      return stored.error ? stored : interruptedCreation(wallet, stored);
    case 'recovering':
      return stored.error ? stored : interruptedRecovery(wallet, stored);
    case 'starting-over':
      return atThePin(stored, interruptedBy);
    case 'choose-pin':
    case 'start-over-ordered':
    case 'recover-pin':
    case 'stopped':
      return stored;
    case 'locked': {
      const ground = await groundOf(wallet, stored.error);
      return ground.stage === 'locked' ? stored : ground;
    }
    case 'backup-verified':
    case 'device-unlock':
    case 'add-keyless':
    case 'home':
      return (await wallet.isUnlocked()) ? stored : groundOf(wallet, null);
    default:
      return groundOf(wallet, stored?.error ?? null);
  }
}

async function interruptedCreation(wallet: WalletState, stored: FlowAt<'creating'>): Promise<FlowRecord> {
  const { providerId } = stored;
  if (await wallet.isUnlocked()) return { stage: 'backup-verified', providerId };
  return { stage: 'choose-pin', providerId, error: interruptedBy };
}

async function interruptedRecovery(wallet: WalletState, stored: FlowAt<'recovering'>): Promise<FlowRecord> {
  if (await wallet.isUnlocked()) return openStage(wallet);
  const code = stored.step === 'asking-realms' ? 'try-may-be-used' : 'interrupted';
  return atThePin(stored, { code, details: {} });
}
