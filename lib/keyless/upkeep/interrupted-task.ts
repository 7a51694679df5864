/** What a task that the browser stopped is told as. */
import type { ErrorFacts } from '../onboarding/flow';
import type { TaskAt, TaskRecord } from './task';

const INTERRUPTED = { code: 'interrupted', details: {} } as const;

/**
 * @param generation what this device knows of its backup
 * @returns null where nothing was under way
 */
export async function interruptedTask(
  stored: TaskRecord,
  generation: () => Promise<number>,
): Promise<TaskRecord | null> {
  if ('error' in stored && stored.error) return null;
  switch (stored.stage) {
    case 'opening':
    case 'ordering':
    case 'seconding':
      return { ...stored, error: INTERRUPTED };
    case 'drilling': {
      const code = stored.step === 'asking-realms' ? 'try-may-be-used' : 'interrupted';
      return atTheDrill(stored, { code, details: {} });
    }
    case 'resetting':
      return (await generation()) > stored.from ? { stage: 'pin-changed' } : { ...stored, error: INTERRUPTED };
    default:
      return null;
  }
}

/** Back at the question for the PIN. */
export function atTheDrill({ ownTries, before, triesLeft }: TaskAt<'drilling'>, error: ErrorFacts | null): TaskRecord {
  const { triesLeft: left = triesLeft, nextAtMs: nextTryAtMs = null } = error?.details ?? {};
  return { stage: 'drill-pin', ownTries, before, triesLeft: left, nextTryAtMs, error };
}
