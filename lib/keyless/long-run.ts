/** One long piece of work at a time: its first stage is shown, then the stage that it led to. */
import { WalletError } from '@/lib/errors';
import { type ErrorFacts, factsOf } from './onboarding/flow';

/** Where a failure leads. */
export type Failure<Stage> = (facts: ErrorFacts) => Promise<Stage>;

export interface LongRunDependencies<Stage> {
  /** The stage that is shown, kept in memory and stored. */
  readonly stage: {
    now(): Stage | null;
    set(next: Stage): Promise<void>;
    restore(to: Stage | null): void;
  };
  /** Locks after the work has ended at `next`. @returns where the user stands then */
  readonly lockAt: (next: Stage) => Promise<Stage>;
  /** The work has ended at `next`, which is not shown yet. */
  readonly onEnd: (next: Stage) => void;
  /** Whatever cannot even be led back. */
  readonly stopped: (facts: ErrorFacts) => Stage;
  /** A stage could not be stored. It is still the stage: the pages are told from memory. */
  readonly onUnstored: () => void;
}

/** What a piece of work can know of its own run. */
export interface Run {
  /** Before anything is forgotten or replaced. @throws WalletError `interrupted` if the run was dropped */
  refuseIfDropped(): void;
  /** Before what cannot be taken back: from here on the run is not dropped. @throws WalletError `interrupted` */
  keep(): void;
}

export interface LongRuns<Stage> {
  /** @throws WalletError `busy` while something runs */
  refuseIfBusy(): void;
  isRunning(): boolean;
  /** Resolves when `first` is shown. @throws WalletError `busy`, `storage-failed`: nothing has begun */
  begin(first: Stage, work: (run: Run) => Promise<Stage>, failed: Failure<Stage>): Promise<void>;
  /**
   * Forgets what runs: what comes of it is not shown, and work that asks learns of it.
   * @throws WalletError `busy` if the work is past the point from which it is not dropped
   */
  drop(): void;
  /** Locks once what runs has ended. */
  lockAfterwards(): void;
  settled(): Promise<void>;
}

export function createLongRuns<Stage>(deps: LongRunDependencies<Stage>): LongRuns<Stage> {
  let running: { readonly done: Promise<void>; thenLock: boolean; isKept: boolean } | null = null;

  const refuseIfBusy = () => {
    if (running) throw new WalletError('busy');
  };

  /** Stopped with what was wrong first. */
  const afterFailure = (facts: ErrorFacts, failed: Failure<Stage>): Promise<Stage> =>
    failed(facts).catch(() => deps.stopped(facts));

  const begin: LongRuns<Stage>['begin'] = async (first, work, failed) => {
    refuseIfBusy();
    let finished = () => {};
    const run = { done: new Promise<void>((resolve) => (finished = resolve)), thenLock: false, isKept: false };
    running = run;
    const before = deps.stage.now();
    try {
      await deps.stage.set(first);
    } catch (error) {
      running = null;
      deps.stage.restore(before);
      finished();
      throw error;
    }
    const refuseIfDropped = () => {
      if (running !== run) throw new WalletError('interrupted');
    };
    const keep = () => {
      refuseIfDropped();
      run.isKept = true;
    };
    const outcome = async () => {
      const ended = await work({ refuseIfDropped, keep }).catch((thrown: unknown) =>
        afterFailure(factsOf(thrown), failed),
      );
      if (running !== run) return;
      const next = run.thenLock
        ? await deps.lockAt(ended).catch((thrown: unknown) => deps.stopped(factsOf(thrown)))
        : ended;
      running = null;
      deps.onEnd(next);
      await deps.stage.set(next);
    };
    outcome().catch(deps.onUnstored).finally(finished);
  };

  return {
    refuseIfBusy,
    isRunning: () => running !== null,
    begin,
    drop: () => {
      if (running?.isKept) throw new WalletError('busy');
      running = null;
    },
    lockAfterwards: () => {
      if (running) running.thenLock = true;
    },
    settled: async () => {
      while (running) await running.done;
    },
  };
}
