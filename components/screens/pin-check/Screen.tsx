import { DonePage } from '@/components/screens/shared/DonePage';
import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface PinCheckScreenProps {
  readonly error: ErrorFacts | null;
  readonly nowMs: number;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
  readonly onReset: () => void;
  readonly onBack: () => void;
}

/** The question itself. A wrong answer costs nothing, and leads to a new PIN. */
export function PinCheckScreen({ error, nowMs, busy, onPin, onReset, onBack }: PinCheckScreenProps) {
  return (
    <PinEntryPage
      header={<Header title={t('pin-check.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      title={t('pin-check.question')}
      lead={t(error?.code === 'pin-wrong' ? 'pin-check.wrong' : 'pin-check.text')}
      actionLabel={t('pin-check.action')}
      busyLabel={busy ? t('choose-pin.checking') : undefined}
      triesLeft={null}
      nextTryAtMs={error?.details.nextAtMs ?? null}
      nowMs={nowMs}
      error={error}
      onPin={onPin}
      below={
        error?.code === 'pin-wrong' && (
          <Button variant="quiet" onClick={onReset}>
            {t('pin-check.reset')}
          </Button>
        )
      }
    />
  );
}

export interface KnownScreenProps {
  readonly nextAtMs: number;
  readonly onDone: () => void;
}

export function KnownScreen({ nextAtMs, onDone }: KnownScreenProps) {
  return (
    <DonePage
      title={t('pin-check.right')}
      text={t('pin-check.right.text', { nextAtMs })}
      motion="play"
      onDone={onDone}
    />
  );
}

export interface LongAwayScreenProps {
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onStart: () => void;
  readonly onBack: () => void;
}

/** This device was away for so long that only a recovery can tell. */
export function LongAwayScreen({ busy, error, onStart, onBack }: LongAwayScreenProps) {
  const footer = (
    <Button variant="primary" busyLabel={busy ? t('choose-pin.checking') : undefined} onClick={onStart}>
      {t('practice.begin')}
    </Button>
  );
  return (
    <Page
      body="text"
      header={<Header title={t('pin-check.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid justify-items-center gap-6 pt-6">
        <Mark size={72} />
        <Lead level="section" title={t('pin-check.long-away')}>
          {t('pin-check.long-away.text')}
        </Lead>
        {error !== null && <ErrorNote error={error} />}
      </div>
    </Page>
  );
}
