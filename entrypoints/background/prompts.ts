/** The question for the PIN: an alarm, a badge at the icon of the wallet, and a notice where the user wants one. */
import type { Preferences } from '@/lib/bus/snapshot';
import { languageFor } from '@/lib/i18n/language-for';
import { promptNotice } from '@/lib/i18n/notices';
import type { Confirmation } from '@/lib/keyless/pin/confirmation';
import { isDue } from '@/lib/keyless/pin/reminder';
import { setBadge } from '@/lib/platform/badge';
import { showNotice } from '@/lib/platform/notifications';
import { environment } from './environment';

export interface PromptParts {
  readonly confirmation: Pick<Confirmation, 'reminder'>;
  readonly settings: () => Promise<Preferences>;
  readonly setAlarm: (atMs: number) => Promise<void>;
}

const NOTICE = 'pin-prompt';

export function openPrompts({ confirmation, settings, setAlarm }: PromptParts) {
  /** The badge as it should be, and an alarm for when it changes. */
  const look = async (): Promise<'due' | 'waiting' | 'none'> => {
    const reminder = await confirmation.reminder().catch(() => null);
    const due = reminder !== null && isDue(reminder, environment.now());
    // A badge or an alarm that the browser refuses must not keep the wallet from working.
    await setBadge(due ? '1' : '').catch(() => undefined);
    if (reminder === null) return 'none';
    if (due) return 'due';
    await setAlarm(reminder.dueAtMs).catch(() => undefined);
    return 'waiting';
  };
  return {
    look: async (): Promise<void> => void (await look()),
    /** The time has come. */
    remind: async (): Promise<void> => {
      if ((await look()) !== 'due') return;
      const { language, notifications, pinReminders } = await settings();
      if (!notifications || !pinReminders) return;
      await showNotice({ id: NOTICE, ...promptNotice(languageFor(language, navigator.languages)) });
    },
  };
}
