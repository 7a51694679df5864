import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface DeleteBackupScreenProps {
  /** Null where nothing is kept on this device: the wallet would be gone with its backup, so it is not deleted then. */
  readonly onExport: (() => void) | null;
  readonly onGoOn: () => void;
  readonly onBack: () => void;
}

/** What deleting means, and the phrase to write down first. */
export function DeleteBackupScreen({ onExport, onGoOn, onBack }: DeleteBackupScreenProps) {
  const [understood, setUnderstood] = useState(false);
  const footer = (
    <Button variant="risky" disabled={!understood || onExport === null} onClick={onGoOn}>
      {t('delete.go-on')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('delete.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-4 pt-2 pb-4">
        <Lead level="section" title={t('delete.lead')}>
          {t('delete.text')}
        </Lead>
        {onExport === null ? (
          <Note tone="warn" title={t('delete.no-export')} />
        ) : (
          <RowList>
            <Row
              leading={<KeyRound aria-hidden="true" size={18} />}
              title={t('delete.export')}
              detail={t('delete.export.detail')}
              end="chevron"
              onPress={onExport}
            />
          </RowList>
        )}
        <Note tone="neutral" title={t('delete.undo')}>
          {t('delete.undo.text')}
        </Note>
        <p className="px-0.5 text-ink-2 text-small">{t('delete.remains')}</p>
        <Consent checked={understood} onChecked={setUnderstood}>
          {t('delete.consent')}
        </Consent>
      </div>
    </Page>
  );
}

export interface DeletePinScreenProps {
  readonly error: ErrorFacts | null;
  readonly nowMs: number;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
  readonly onLeave: () => void;
}

export function DeletePinScreen({ error, nowMs, busy, onPin, onLeave }: DeletePinScreenProps) {
  const triesLeft = error?.details.triesLeft;
  const checkedHere = error?.code === 'pin-wrong' && triesLeft === undefined;
  return (
    <PinEntryPage
      header={<Header title={t('delete.title')} back={{ label: t('action.back'), onPress: onLeave }} />}
      title={t('recover.title')}
      lead={t(checkedHere ? 'pin-check.wrong' : 'delete.pin')}
      actionLabel={t('delete.action')}
      busyLabel={busy ? t('choose-pin.checking') : undefined}
      triesLeft={triesLeft ?? null}
      nextTryAtMs={error?.details.nextAtMs ?? null}
      nowMs={nowMs}
      error={error}
      onPin={onPin}
    />
  );
}

export interface OrderingScreenProps {
  readonly error: ErrorFacts | null;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

export function OrderingScreen({ error, onRetry, onLeave }: OrderingScreenProps) {
  const footer = error !== null && (
    <>
      <Button variant="primary" onClick={onRetry}>
        {t('action.try-again')}
      </Button>
      <Button variant="quiet" onClick={onLeave}>
        {t('task.leave')}
      </Button>
    </>
  );
  return (
    <Page body="text" place="middle" footer={footer || undefined}>
      <div className="grid justify-items-center gap-6 pb-6" aria-live="polite">
        <Mark size={72} />
        <Lead title={t('delete.ordering')}>{t('delete.ordering.text')}</Lead>
        {error === null ? (
          <span className="text-accent-text">
            <Spinner size={22} />
          </span>
        ) : (
          <ErrorNote error={error} />
        )}
      </div>
    </Page>
  );
}

export interface OrderedScreenProps {
  readonly deadlineMs: number;
  readonly onDone: () => void;
}

export function OrderedScreen({ deadlineMs, onDone }: OrderedScreenProps) {
  return (
    <Told title={t('delete.ordered')} text={t('delete.ordered.text', { deadlineMs })} onDone={onDone}>
      <Note tone="neutral" title={t('delete.ordered.where')} />
    </Told>
  );
}

export function WithdrawnScreen({ onDone }: { readonly onDone: () => void }) {
  return <Told joined title={t('delete.withdrawn')} text={t('delete.withdrawn.text')} onDone={onDone} />;
}

export function DeletedScreen({ onDone }: { readonly onDone: () => void }) {
  return <Told title={t('home.backup-gone')} text={t('home.backup-gone.text')} onDone={onDone} />;
}

interface ToldProps {
  readonly title: string;
  readonly text: string;
  readonly joined?: true;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}

function Told({ title, text, joined, onDone, children }: ToldProps) {
  const footer = (
    <Button variant="primary" onClick={onDone}>
      {t('action.done')}
    </Button>
  );
  return (
    <Page body="text" place="middle" footer={footer}>
      <div className="grid justify-items-center gap-6 pb-6" aria-live="polite">
        <Mark size={88} state={joined ? 'joined' : 'apart'} />
        <Lead title={title}>{text}</Lead>
        {children}
      </div>
    </Page>
  );
}
