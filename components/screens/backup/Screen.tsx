import { CircleCheck, Clock, Grid3x3, MonitorSmartphone, ShieldCheck, UserRound, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card, Group, Row, RowList } from '@/components/ui/Card';
import { Mark } from '@/components/ui/Mark';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { HalvesDiagram } from '@/components/wallet/HalvesDiagram';
import type { BackupView } from '@/lib/bus/backup';
import type { ErrorFacts, ProviderView } from '@/lib/bus/snapshot';
import { formats, t } from '@/lib/i18n';
import { Devices, type DevicesProps } from './Devices';
import { Health } from './Health';

export interface BackupScreenProps {
  readonly provider: Pick<ProviderView, 'label' | 'kind'>;
  readonly backup: BackupView;
  readonly error: ErrorFacts | null;
  readonly onChangePin: () => void;
  readonly onPinCheck: () => void;
  readonly onPractise: () => void;
  readonly onSecondDevice: () => void;
  /** Names of the sign-ins that this wallet has beside the first. */
  readonly secondProviders: readonly string[];
  readonly onSecondSignIn: () => void;
  /** Leads to where another device is signed out. */
  readonly onDevice: DevicesProps['onDevice'];
  readonly onDelete: () => void;
  readonly onBack: () => void;
}

/** What this device knows of its backup, and what can be done with it. */
export function BackupScreen(props: BackupScreenProps) {
  const { provider, backup, error, onChangePin, onPinCheck, onBack } = props;
  const [choosing, setChoosing] = useState(false);
  const alarmed = backup.health !== null && (backup.health.alarm !== null || backup.health.gone);
  const { due, dueAtMs, confirmedAtMs } = backup.pin;
  const header = <Header title={t('backup.title')} back={{ label: t('action.back'), onPress: onBack }} />;
  return (
    <Page
      header={header}
      footer={
        <Button onClick={onChangePin}>
          {t(backup.health?.gone ? 'home.backup-gone.action' : 'backup.change-pin')}
        </Button>
      }
    >
      <div className="grid gap-3 pt-1 pb-4">
        <div className="flex items-center gap-4 pb-1">
          <Mark size={44} state={due || alarmed ? 'apart' : 'joined'} />
          <div className="min-w-0">
            <h2 className="text-title">{t(alarmed ? 'backup.look' : due ? 'backup.pin-due' : 'backup.verified')}</h2>
            <p className="text-ink-2 text-small">{t('backup.verified.text', { atMs: backup.verifiedAtMs })}</p>
          </div>
        </div>
        {error !== null && <ErrorNote error={error} />}
        <RowList>
          <Row
            leading={<ShieldCheck aria-hidden="true" size={18} />}
            title={t('backup.made')}
            detail={t('backup.made.detail', { atMs: backup.createdAtMs, generation: backup.generation })}
          />
          <Row
            leading={<UserRound aria-hidden="true" size={18} />}
            title={t('backup.account')}
            detail={provider.label}
          />
          <Row
            leading={<UserRoundPlus aria-hidden="true" size={18} />}
            title={t('second.title')}
            detail={
              props.secondProviders.length === 0
                ? t('second.none')
                : t('second.made', { providers: formats().list(props.secondProviders) })
            }
            end="chevron"
            onPress={props.onSecondSignIn}
          />
          <Row
            leading={<Grid3x3 aria-hidden="true" size={18} />}
            title={t(due ? 'backup.pin-due.row' : 'backup.pin-confirmed')}
            detail={t('backup.pin.detail', { confirmedAtMs, dueAtMs })}
            trailing={<PinState due={due} />}
            end="chevron"
            onPress={onPinCheck}
          />
        </RowList>
        <Practice {...props} onChoose={() => setChoosing(true)} />
        <Health health={backup.health} />
        <Devices devices={backup.health?.devices ?? null} onDevice={props.onDevice} />
        <Group label={t('backup.who-holds-what')}>
          <HalvesDiagram provider={provider} />
          <p className="pt-1 text-ink-2 text-small">{t('backup.guesses')}</p>
        </Group>
        {backup.health?.gone !== true && (
          <Button variant="risky" size="small" className="justify-self-center" onClick={props.onDelete}>
            {t('delete.title')}
          </Button>
        )}
      </div>
      <PracticeSheet {...props} open={choosing} onClose={() => setChoosing(false)} />
    </Page>
  );
}

function PinState({ due }: { readonly due: boolean }) {
  return due ? (
    <Clock aria-hidden="true" size={18} className="text-warn" />
  ) : (
    <CircleCheck aria-hidden="true" size={18} className="text-success" />
  );
}

function Practice({ backup, onChoose }: BackupScreenProps & { readonly onChoose: () => void }) {
  return (
    <Card className="flex items-center justify-between gap-3 border-accent-line bg-accent-soft p-3.5">
      <span className="min-w-0">
        <span className="block font-medium text-body">{t('practice.offer')}</span>
        <span className="block text-ink-2 text-small">
          {backup.drilledAtMs === null
            ? t('practice.never')
            : t('practice.last', { when: formats().day(backup.drilledAtMs) })}
        </span>
      </span>
      <Button variant="primary" size="small" onClick={onChoose}>
        {t('backup.practise')}
      </Button>
    </Card>
  );
}

interface PracticeSheetProps extends Pick<BackupScreenProps, 'onPractise' | 'onSecondDevice'> {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Here, or where it matters. */
export function PracticeSheet({ open, onClose, onPractise, onSecondDevice }: PracticeSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title={t('practice.offer')} description={t('practice.offer.text')}>
      <RowList>
        <Row
          leading={<MonitorSmartphone aria-hidden="true" size={18} />}
          title={t('practice.on-second')}
          detail={t('practice.on-second.detail')}
          end="chevron"
          onPress={onSecondDevice}
        />
        <Row
          leading={<ShieldCheck aria-hidden="true" size={18} />}
          title={t('practice.here')}
          detail={t('practice.here.detail')}
          end="chevron"
          onPress={onPractise}
        />
      </RowList>
    </Sheet>
  );
}
