import { Button } from '@/components/ui/Button';
import { Note, type NoteTone } from '@/components/ui/Note';
import { ButtonPair } from '@/components/ui/Page';
import type { BackupView } from '@/lib/bus/backup';
import { asSentence, errorText, t } from '@/lib/i18n';

type Health = NonNullable<BackupView['health']>;

/** What the backup wants of its owner: one thing at a time, the gravest first. */
export type BackupAsks =
  | { readonly for: 'alarm'; readonly code: NonNullable<Health['alarm']> }
  | { readonly for: 'order'; readonly order: NonNullable<Health['order']>['order']; readonly deadlineMs: number }
  | { readonly for: 'gone' }
  | { readonly for: 'signed-out' }
  | { readonly for: 'recovered'; readonly atMs: number; readonly deviceName: string | null }
  | { readonly for: 'changed'; readonly atMs: number; readonly deviceName: string | null }
  | { readonly for: 'pin'; readonly mayPutOff: boolean }
  | { readonly for: 'practice' };

export function asksOf(backup: BackupView | null): BackupAsks | null {
  if (backup === null) return null;
  const { health, pin } = backup;
  if (health?.alarm) return { for: 'alarm', code: health.alarm };
  if (health?.order) return { for: 'order', ...health.order };
  if (health?.gone) return { for: 'gone' };
  if (health?.signedOut) return { for: 'signed-out' };
  if (health?.changedElsewhere) return { for: 'changed', ...health.changedElsewhere };
  if (health?.recoveredElsewhere) return { for: 'recovered', ...health.recoveredElsewhere };
  if (pin.due) return { for: 'pin', mayPutOff: pin.mayPutOff };
  return backup.drillOffered ? { for: 'practice' } : null;
}

/** Whether there is a backup, and nothing that was said of it is in doubt. */
export const isSound = (backup: BackupView | null): boolean =>
  backup !== null && !backup.health?.alarm && !backup.health?.gone;

interface Words {
  readonly tone: NoteTone;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** How it is put away; undefined where it stays until it was dealt with. */
  readonly later?: string | undefined;
}

function wordsOf(asks: BackupAsks): Words {
  switch (asks.for) {
    case 'alarm': {
      const { title, lost } = errorText({ code: asks.code, details: {} });
      return { tone: 'danger', title: asSentence(title), text: lost, action: t('home.alarm.action') };
    }
    case 'order': {
      const { deadlineMs } = asks;
      const isStartOver = asks.order === 'start-over';
      return {
        tone: isStartOver ? 'danger' : 'warn',
        title: t(isStartOver ? 'home.start-over' : 'home.deletion'),
        text: t(isStartOver ? 'home.start-over.text' : 'home.deletion.text', { deadlineMs }),
        action: t(isStartOver ? 'home.start-over.action' : 'home.deletion.action'),
      };
    }
    case 'gone':
      return {
        tone: 'danger',
        title: t('home.backup-gone'),
        text: t('home.backup-gone.text'),
        action: t('home.backup-gone.action'),
      };
    case 'signed-out':
      return {
        tone: 'warn',
        title: t('home.signed-out'),
        text: t('home.signed-out.text'),
        action: t('home.pin-changed.action'),
      };
    case 'recovered':
      return {
        tone: 'warn',
        title: t('home.recovered'),
        text: t('home.recovered.text', asks),
        action: t('home.pin-changed.action'),
        later: t('home.pin-changed.noted'),
      };
    case 'changed':
      return {
        tone: 'warn',
        title: t('home.pin-changed'),
        text: t('home.pin-changed.text', asks),
        action: t('home.pin-changed.action'),
        later: t('home.pin-changed.noted'),
      };
    case 'pin':
      return {
        tone: 'neutral',
        title: t('home.ask-pin'),
        text: t('home.ask-pin.text'),
        action: t('home.ask-pin.action'),
        later: asks.mayPutOff ? t('action.not-now') : undefined,
      };
    case 'practice':
      return {
        tone: 'neutral',
        title: t('home.ask-practice'),
        text: t('home.ask-practice.text'),
        action: t('backup.practise'),
        later: t('action.not-now'),
      };
    default:
      return asks satisfies never;
  }
}

export interface AskingProps {
  readonly asks: BackupAsks;
  readonly onAnswer: (asks: BackupAsks) => void;
  readonly onLater: (asks: BackupAsks) => void;
}

/** On home, above what is in the account. */
export function Asking({ asks, onAnswer, onLater }: AskingProps) {
  const { tone, title, text, action, later } = wordsOf(asks);
  return (
    <div className="grid gap-2" role="status">
      <Note tone={tone} title={title}>
        {text}
      </Note>
      <ButtonPair>
        <Button size="small" onClick={() => onAnswer(asks)}>
          {action}
        </Button>
        {later !== undefined && (
          <Button size="small" onClick={() => onLater(asks)}>
            {later}
          </Button>
        )}
      </ButtonPair>
    </div>
  );
}
