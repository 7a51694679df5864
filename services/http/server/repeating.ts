import type { Logger } from '@/services/http/server/logger';

export interface Repeating {
  /** Ends the runs; one that is under way is waited for. */
  stop(): Promise<void>;
}

export interface RepeatingOptions {
  /** Names the job in the log. */
  readonly job: string;
  readonly intervalMs: number;
  readonly logger: Logger;
}

/** Runs a job now and then every `intervalMs`, never twice at once. A run that fails is logged, and the next one goes on. */
export function startRepeating(run: () => Promise<unknown>, { job, intervalMs, logger }: RepeatingOptions): Repeating {
  let running: Promise<void> | null = null;
  const guarded = async () => {
    try {
      await run();
    } catch (error) {
      logger.error({ err: error, job }, 'job failed');
    } finally {
      running = null;
    }
  };
  const tick = () => {
    running ??= guarded();
  };
  tick();
  const timer = setInterval(tick, intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
