/**
 * What is done with a backup that stands, one task at a time: its PIN is reset, its recovery is practised. The stage is
 * stored at every step, so that a background that the browser stops at any moment goes on, or says where it stood.
 */
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { compareCodeOf, compareText } from '../backup/compare-code';
import type { SecondDependencies } from '../backup/second-sign-in';
import { createLongRuns, type Failure } from '../long-run';
import { AT_THE_PIN, asksForSignIn, stopsEverything } from '../onboarding/flow';
import { openingWork } from '../onboarding/opening-work';
import { type Confirmation, canCheckHere } from '../pin/confirmation';
import { createHeldPin } from '../pin/held-pin';
import { refuseWeak } from '../pin/pin';
import type { Stored } from '../stored';
import { deleteWork } from './delete-work';
import { drillWork } from './drill-work';
import { atTheDrill, interruptedTask } from './interrupted-task';
import { finishReset, isUnfinished, knownDevice, resetWork } from './reset-work';
import { createSecondRuns } from './second-runs';
import { QUESTIONS, type TaskAbout, type TaskAt, type TaskOrder, type TaskPurpose, type TaskRecord } from './task';

export interface UpkeepDependencies extends SecondDependencies {
  readonly task: Stored<TaskRecord>;
  /** When a recovery was practised last, ms since the epoch. */
  readonly drilledAt: Stored<number>;
  /** When this device itself asked for a try last, ms since the epoch. */
  readonly ownTryAt: Stored<number>;
  readonly confirmation: Pick<Confirmation, 'confirmed' | 'check'>;
  /** Called after every change of the stage. */
  readonly onChange: () => void;
  /** Called when a sign-in window has led to a question that the user has to answer. */
  readonly onSignedIn: () => void;
}

/** Every action is refused with `bad-message` (reason `stage`) out of its place, and with `busy` while another runs. */
export interface Upkeep {
  /** What is under way; null: nothing. The first call after a start takes up what was interrupted. */
  task(): Promise<TaskRecord | null>;
  /**
   * Begins a task with a sign-in; whoever asks for it has proved to be at home here.
   * @throws WalletError `locked`; `bad-message` (reason `order`) if it does not say whom it is about, or says too much
   */
  begin(purpose: TaskPurpose, about?: TaskAbout): Promise<void>;
  /** Begins the rotation, or the backup under a second account. @throws WalletError `pin-weak` */
  chooseNewPin(pin: string): Promise<void>;
  /** What two devices show that hold the same wallet. @throws WalletError `locked`, `backup-not-found` */
  compareCode(): Promise<string>;
  /** Its owner has recovered on a second device, and seen the same code there. */
  practisedElsewhere(): Promise<void>;
  /** Practises a recovery; spends one try. */
  drill(pin: string): Promise<void>;
  /** Orders the deletion. @throws WalletError `pin-wrong`; where this device can tell, no try is spent */
  orderDeletion(pin: string): Promise<void>;
  /** Again after a failure. */
  retry(): Promise<void>;
  /** Back home: from a question, from a result, from a failure. */
  leave(): Promise<void>;
  /** The wallet was locked: questions are forgotten, what runs goes on. */
  onLock(): Promise<void>;
  /** Forgets everything. */
  wipe(): Promise<void>;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}

export function createUpkeep(deps: UpkeepDependencies): Upkeep {
  let task: TaskRecord | null = null;
  let taking: Promise<void> | null = null;
  const heldPin = createHeldPin();
  const action = inTurn();

  const set = async (next: TaskRecord | null): Promise<void> => {
    task = next;
    await (next === null ? deps.task.remove() : deps.task.write(next));
    deps.onChange();
  };

  const runs = createLongRuns<TaskRecord>({
    stage: {
      now: () => task,
      set,
      restore: (to) => {
        task = to;
        heldPin.drop();
      },
    },
    lockAt: async (next) => next,
    onEnd: (next) => {
      const isQuestion = task?.stage === 'opening' && QUESTIONS.has(next.stage);
      if (!('error' in next && next.error)) heldPin.drop();
      if (isQuestion) deps.onSignedIn();
    },
    stopped: (error) => ({ stage: 'stopped', error }),
    onUnstored: deps.onChange,
  });

  /** After a start, and after each unlock. */
  const takeUp = async (): Promise<void> => {
    const stored = await deps.task.read();
    const isUnderWay = stored?.stage === 'resetting' || stored === null;
    if (isUnderWay && (await isUnfinished(deps))) return finish('silent');
    if (stored === null) return;
    const told = await interruptedTask(stored, async () => (await knownDevice(deps)).generation);
    if (told === null) task = stored;
    else await set(told);
  };
  const current = async (): Promise<TaskRecord | null> => {
    if (!(await deps.wallet.isUnlocked())) return null;
    taking ??= takeUp();
    await taking.catch((error: unknown) => {
      taking = null;
      throw error;
    });
    return task;
  };
  const at = async <Stage extends TaskRecord['stage']>(...stages: Stage[]): Promise<TaskAt<Stage>> => {
    const here = await current();
    const found = stages.some((stage) => stage === here?.stage);
    if (!found) throw new WalletError('bad-message', { reason: 'stage' });
    return here as TaskAt<Stage>;
  };

  const open = (order: TaskOrder): Promise<void> => {
    const { purpose, device, providerId } = order;
    const first = { stage: 'opening', purpose, device, providerId, error: null } as const;
    return runs.begin(
      first,
      () => openingWork(deps, order),
      async (error) => (stopsEverything(error) ? { stage: 'stopped', error } : { ...first, error }),
    );
  };
  const again = (purpose: TaskPurpose): Promise<void> => open({ purpose, device: null, providerId: null });

  const resetFailed: Failure<TaskRecord> = async (error) => {
    if (stopsEverything(error)) return { stage: 'stopped', error };
    const here = task?.stage === 'resetting' ? task : await firstStep();
    const overtaken = error.code === 'slot-void' && error.details.reason === 'overtaken';
    const pin = overtaken ? 'other' : (await isUnfinished(deps)) ? 'either' : 'old';
    return { ...here, error, pin };
  };
  const firstStep = async (): Promise<TaskAt<'resetting'>> => {
    const { generation: from } = await knownDevice(deps);
    return { stage: 'resetting', step: 'making-key', from, error: null, pin: 'old' };
  };
  const reset = async (pin: string): Promise<void> => {
    runs.refuseIfBusy();
    heldPin.hold(pin);
    const onStep = (step: TaskAt<'resetting'>['step']) => {
      if (runs.isRunning() && task?.stage === 'resetting') set({ ...task, step }).catch(deps.onChange);
    };
    const work = async () => {
      const done = await resetWork(deps, pin, onStep);
      await deps.confirmation.confirmed('chosen');
      return done;
    };
    await runs.begin(await firstStep(), work, resetFailed);
  };
  const finish = async (mode: 'window' | 'silent'): Promise<void> =>
    runs.begin({ ...(await firstStep()), step: 'checking' }, () => finishReset(deps, mode), resetFailed);

  const second = createSecondRuns({
    ...{ deps, runs, heldPin },
    now: () => task,
    show: (next) => void set(next).catch(deps.onChange),
    signIn: (providerId) => open({ purpose: 'second-sign-in', device: null, providerId }),
  });

  const drill = async (pin: string): Promise<void> => {
    const from = await at('drill-pin', 'drilling');
    runs.refuseIfBusy();
    heldPin.hold(pin);
    let { ownTries } = from;
    const now = (): TaskAt<'drilling'> | null => (runs.isRunning() && task?.stage === 'drilling' ? task : null);
    const show = (change: Partial<TaskAt<'drilling'>>) => {
      const here = now();
      if (here) set({ ...here, ...change }).catch(deps.onChange);
    };
    const { before, triesLeft } = from;
    const first = { stage: 'drilling', before, triesLeft, ownTries, step: 'asking-realms', error: null } as const;
    const onTry = () => {
      show({ ownTries: ++ownTries });
      deps.ownTryAt.write(deps.now()).catch(deps.onChange);
    };
    const work = async () => {
      const done = await drillWork(deps, before, pin, (step) => show({ step }), onTry);
      await deps.drilledAt.write(deps.now());
      await deps.confirmation.confirmed('recovered');
      return done;
    };
    await runs.begin(first, work, async (error) => {
      if (AT_THE_PIN.has(error.code)) return atTheDrill({ ...first, ownTries }, error);
      if (stopsEverything(error)) return { stage: 'stopped', error };
      return { ...first, ownTries, step: now()?.step ?? first.step, error };
    });
  };

  /** @param confirm whether the PIN is right, where only a recovery can tell */
  const order = (confirm: () => Promise<unknown> = async () => undefined): Promise<void> =>
    runs.begin(
      { stage: 'ordering', error: null },
      async () => {
        await confirm();
        return deleteWork(deps);
      },
      async (error) => {
        if (AT_THE_PIN.has(error.code)) return { stage: 'delete-pin', error };
        return stopsEverything(error) ? { stage: 'stopped', error } : { stage: 'ordering', error };
      },
    );
  const orderDeletion = async (pin: string): Promise<void> => {
    await at('delete-pin');
    runs.refuseIfBusy();
    if (canCheckHere(await knownDevice(deps), deps.now())) {
      await deps.confirmation.check(pin);
      return order();
    }
    const onTry = () => void deps.ownTryAt.write(deps.now()).catch(deps.onChange);
    await order(() => drillWork(deps, { signIn: 0, servers: 0 }, pin, () => undefined, onTry));
  };

  const begin = async (purpose: TaskPurpose, { device = null, providerId = null }: TaskAbout): Promise<void> => {
    const isWhole = (purpose === 'sign-out') === (device !== null);
    if (!isWhole || (purpose === 'second-sign-in') !== (providerId !== null))
      throw new WalletError('bad-message', { reason: 'order' });
    if (!(await deps.wallet.isUnlocked())) throw new WalletError('locked');
    if (await current()) throw new WalletError('busy');
    await open({ purpose, device, providerId });
  };
  const chooseNewPin = async (pin: string): Promise<void> => {
    const here = await at('new-pin', 'second-pin');
    refuseWeak(pin);
    await (here.stage === 'new-pin' ? reset(pin) : second.begin(here, pin));
  };
  const retry = async (): Promise<void> => {
    const here = await at('opening', 'resetting', 'seconding', 'drilling', 'ordering');
    runs.refuseIfBusy();
    if (here.stage === 'opening') return open(here);
    if (here.stage === 'seconding') return second.again(here);
    // The PIN is asked for again: whoever retries may be somebody else by now.
    if (here.stage === 'ordering') return again('delete');
    if (here.stage === 'drilling') {
      const held = heldPin.text();
      if (held !== null && here.error && !asksForSignIn(here.error)) return drill(held);
      return held === null ? set(atTheDrill(here, null)) : again('drill');
    }
    const needsWindow = here.error !== null && asksForSignIn(here.error);
    if (await isUnfinished(deps)) return finish(needsWindow ? 'window' : 'silent');
    const pin = heldPin.text();
    if (pin === null || needsWindow) return again('pin-reset');
    await reset(pin);
  };
  const leave = async (): Promise<void> => {
    const here = await current();
    if (here === null) return;
    // A sign-in that nobody waits for any more ends by itself.
    if (here.stage !== 'opening') runs.refuseIfBusy();
    runs.drop();
    heldPin.drop();
    await set(null);
  };
  const onLock = async (): Promise<void> => {
    if (runs.isRunning() && task?.stage === 'resetting') return;
    runs.drop();
    heldPin.drop();
    // A failed reset is told once more: what became of it may still have to be found out.
    if (task?.stage !== 'resetting' && task?.stage !== 'pin-changed') await set(null);
    taking = null;
  };
  const wipe = async (): Promise<void> => {
    runs.drop();
    heldPin.drop();
    taking = null;
    await set(null);
  };

  return {
    task: current,
    begin: (purpose, about) => action(() => begin(purpose, about ?? {})),
    compareCode: async () => {
      const { accountId, generation } = await knownDevice(deps);
      return deps.wallet.lendEntropy(async (entropy) => compareText(compareCodeOf(entropy, accountId, generation)));
    },
    practisedElsewhere: () => deps.drilledAt.write(deps.now()),
    orderDeletion: (pin) => action(() => orderDeletion(pin)),
    drill: (pin) => action(() => drill(pin)),
    chooseNewPin: (pin) => action(() => chooseNewPin(pin)),
    retry: () => action(retry),
    leave: () => action(leave),
    onLock,
    wipe,
    settled: runs.settled,
  };
}
