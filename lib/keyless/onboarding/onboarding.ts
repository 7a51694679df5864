/**
 * Creating, recovering, unlocking and locking as one state machine. Its stage is stored at every step, so that a
 * background that the browser stops at any moment goes on, or says where it stood.
 */
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { createLongRuns, type Failure } from '../long-run';
import { createHeldPin } from '../pin/held-pin';
import { refuseWeak } from '../pin/pin';
import {
  AT_THE_PIN,
  asksForSignIn,
  atThePin,
  type ErrorFacts,
  type FlowAt,
  type FlowRecord,
  LEADS_BACK,
  type Recovery,
  recoveryOf,
  stopsEverything,
  waitsForRetry,
} from './flow';
import { forgetAccount } from './forget-account';
import { groundOf, needsOpenWallet, openStage, takenUp } from './ground';
import type { Onboarding, OnboardingDependencies } from './onboarding-types';
import { createWork, recoverWork, resumeCreateWork, signInWork, startOverWork } from './onboarding-work';

export type { Onboarding } from './onboarding-types';

export function createOnboarding(deps: OnboardingDependencies): Onboarding {
  let flow: FlowRecord | null = null;
  let starting: Promise<FlowRecord> | null = null;
  const heldPin = createHeldPin();
  const action = inTurn();

  const set = async (next: FlowRecord): Promise<void> => {
    flow = next;
    await deps.flow.write(next);
    deps.onChange();
  };

  const ground = (error: ErrorFacts | null): Promise<FlowRecord> => groundOf(deps.wallet, error);

  const current = async (): Promise<FlowRecord> => {
    if (flow) return flow;
    starting ??= takeUp().finally(() => {
      starting = null;
    });
    return starting;
  };

  const at = async <Stage extends FlowRecord['stage']>(...stages: Stage[]): Promise<FlowAt<Stage>> => {
    const here = await current();
    const found = stages.some((stage) => stage === here.stage);
    if (!found) throw new WalletError('bad-message', { reason: 'stage' });
    return here as FlowAt<Stage>;
  };

  /** Closes what is open, and forgets what could open it. */
  const close = async (): Promise<void> => {
    await deps.wallet.lock();
    await deps.attempt.clear();
    await deps.sessions.end();
  };

  const runs = createLongRuns<FlowRecord>({
    stage: {
      now: () => flow,
      set,
      restore: (to) => {
        flow = to;
        heldPin.drop();
      },
    },
    lockAt: async (next) => {
      await close();
      return needsOpenWallet(next) ? ground(null) : next;
    },
    onEnd: (next) => {
      const signedIn = flow?.stage === 'signing-in' && (next.stage === 'choose-pin' || next.stage === 'recover-pin');
      if (!waitsForRetry(next)) heldPin.drop();
      if (signedIn) deps.onSignedIn();
    },
    stopped: (error) => ({ stage: 'stopped', error }),
    onUnstored: deps.onChange,
  });

  /** Shows a new step of what runs; a late one of something dropped is not shown. */
  const stepOf = <Stage extends 'creating' | 'recovering'>(stage: Stage) => {
    return (step: FlowAt<Stage>['step']) => {
      if (runs.isRunning() && flow?.stage === stage) set({ ...flow, step } as FlowRecord).catch(deps.onChange);
    };
  };

  const groundFailure: Failure<FlowRecord> = async (facts) => {
    if (stopsEverything(facts)) return { stage: 'stopped', error: facts };
    return ground(facts.code === 'sign-in-cancelled' ? null : facts);
  };

  const create = async (providerId: string, pin: string): Promise<void> => {
    runs.refuseIfBusy();
    heldPin.hold(pin);
    await runs.begin(
      { stage: 'creating', providerId, step: 'making-key', error: null },
      () => createWork(deps, providerId, pin, stepOf('creating')),
      createFailure(providerId),
    );
  };

  const finishCreate = (providerId: string): Promise<void> =>
    runs.begin(
      { stage: 'creating', providerId, step: 'checking', error: null },
      (run) => resumeCreateWork(deps, run, providerId),
      createFailure(providerId),
    );

  const createFailure = (providerId: string): Failure<FlowRecord> => {
    return async (facts) => {
      if (asksForSignIn(facts) || stopsEverything(facts)) return groundFailure(facts);
      const step = flow?.stage === 'creating' ? flow.step : 'making-key';
      return { stage: 'creating', providerId, step, error: facts };
    };
  };

  const recover = async (from: Recovery, pin: string): Promise<void> => {
    runs.refuseIfBusy();
    heldPin.hold(pin);
    const first = { ...from, stage: 'recovering', step: 'asking-realms', error: null } as const;
    let ownTries = from.ownTries;
    const onTry = () => {
      ownTries += 1;
      if (runs.isRunning() && flow?.stage === 'recovering') set({ ...flow, ownTries }).catch(deps.onChange);
    };
    await runs.begin(
      first,
      () => recoverWork(deps, first, pin, stepOf('recovering'), onTry),
      async (facts) => {
        if (stopsEverything(facts)) return groundFailure(facts);
        if (asksForSignIn(facts) && from.via === 'locked')
          return atThePin({ ...from, ownTries }, facts.code === 'sign-in-cancelled' ? null : facts);
        if (asksForSignIn(facts)) return groundFailure(facts);
        if (AT_THE_PIN.has(facts.code)) return atThePin({ ...from, ownTries }, facts);
        const step = flow?.stage === 'recovering' ? flow.step : 'asking-realms';
        return { ...first, ownTries, step, error: facts };
      },
    );
  };

  /** After a start: what ran when the background was stopped is finished if it can be, or told. */
  const takeUp = async (): Promise<FlowRecord> => {
    const stored = await deps.flow.read();
    if (stored?.stage === 'creating' && !stored.error) {
      if ((await deps.journal.read())?.activation) {
        await finishCreate(stored.providerId);
        return flow ?? stored;
      }
      await deps.attempt.clear();
    }
    const next = await takenUp(deps.wallet, stored);
    if (next.stage === 'welcome' && (await deps.device.read())) await forgetAccount(deps);
    await set(next);
    return next;
  };

  const signIn = async (providerId: string) => {
    await at('welcome', 'locked', 'add-keyless');
    await runs.begin({ stage: 'signing-in', providerId }, (run) => signInWork(deps, run, providerId), groundFailure);
  };
  const choosePin = async (pin: string) => {
    const { providerId } = await at('choose-pin');
    refuseWeak(pin);
    await create(providerId, pin);
  };
  const startOver = async () => {
    const from = recoveryOf(await at('recover-pin'));
    await runs.begin(
      { stage: 'starting-over', ...from },
      () => startOverWork(deps, from),
      async (facts) => {
        if (asksForSignIn(facts) || stopsEverything(facts)) return groundFailure(facts);
        return atThePin(from, facts);
      },
    );
  };
  const unlockWithPin = async (pin: string) => {
    const { ownTries, triesLeft } = await at('locked');
    const device = await deps.device.read();
    if (!device) throw new WalletError('backup-not-found');
    const { providerId, createdAtMs: backupCreatedAtMs } = device;
    await recover({ providerId, via: 'locked', backupCreatedAtMs, ownTries, triesLeft, wrongTries: null }, pin);
  };
  const open: Onboarding['open'] = async (from, work) => {
    await at(from);
    await work();
    await set({ stage: 'home' });
  };
  const startWithout = async () => {
    await at('welcome');
    if (await deps.wallet.exists()) throw new WalletError('wallet-exists');
    await set({ stage: 'device-unlock', error: null });
  };
  const offerKeyless = async () => {
    await at('home');
    if (await deps.wallet.hasKeyless()) throw new WalletError('wallet-exists');
    await set({ stage: 'add-keyless', error: null });
  };
  const back = async () => {
    const here = await at(...LEADS_BACK);
    if (here.stage === 'device-unlock' && (await deps.wallet.exists()))
      throw new WalletError('bad-message', { reason: 'stage' });
    if (here.stage !== 'signing-in') runs.refuseIfBusy();
    runs.drop();
    heldPin.drop();
    if (here.stage === 'recovering') return set(atThePin(here, null));
    if (here.stage === 'creating' && !(await deps.journal.read())?.activation) await deps.attempt.clear();
    await set(await ground(null));
  };
  const proceed = async () => {
    const here = await at('backup-verified', 'stopped');
    await set(here.stage === 'stopped' ? await ground(null) : await openStage(deps.wallet));
  };
  const retry = async () => {
    const here = await at('creating', 'recovering');
    runs.refuseIfBusy();
    const pin = heldPin.text();
    if (here.stage === 'recovering') return pin === null ? set(atThePin(here, null)) : recover(recoveryOf(here), pin);
    // An activation without its entropy is one of another account, left from before.
    const isSigned = (await deps.journal.read())?.activation && (await deps.attempt.read());
    if (isSigned) return finishCreate(here.providerId);
    if (pin !== null) return create(here.providerId, pin);
    await set({ stage: 'choose-pin', providerId: here.providerId, error: null });
  };
  const lock = async () => {
    if (!(await deps.wallet.exists().catch(() => true))) return;
    // Before anything else that can fail: what is open is closed.
    await deps.wallet.lock();
    await current();
    if (runs.isRunning()) return runs.lockAfterwards();
    heldPin.drop();
    await close();
    await set(await ground(null));
  };
  const signOut = async () => {
    await current();
    runs.refuseIfBusy();
    heldPin.drop();
    // Secrets first: whatever comes between, none of them stays.
    await deps.wallet.wipe();
    await forgetAccount(deps);
    await set({ stage: 'welcome', error: null });
  };

  return {
    flow: current,
    signIn: (providerId) => action(() => signIn(providerId)),
    checkPin: async (pin) => refuseWeak(pin),
    choosePin: (pin) => action(() => choosePin(pin)),
    recover: (pin) => action(async () => recover(recoveryOf(await at('recover-pin')), pin)),
    startOver: () => action(startOver),
    unlockWithPin: (pin) => action(() => unlockWithPin(pin)),
    open: (from, work) => action(() => open(from, work)),
    startWithout: () => action(startWithout),
    offerKeyless: () => action(offerKeyless),
    back: () => action(back),
    proceed: () => action(proceed),
    retry: () => action(retry),
    lock: () => action(lock),
    signOut: () => action(signOut),
    settled: runs.settled,
  };
}
