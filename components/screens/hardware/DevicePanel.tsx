import { AppWindow, Usb } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Spinner } from '@/components/ui/Spinner';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { PassphraseAnswer } from '@/lib/hardware/types';
import { t } from '@/lib/i18n';
import { PassphraseForm } from './PassphraseForm';
import { PinMatrixForm } from './PinMatrixForm';
import type { DeviceTalk, Way } from './use-device';

export interface DeviceWays {
  readonly onConnect: (way: Way) => void;
  readonly onPassphrase: (answer: PassphraseAnswer) => void;
  readonly onPinPlaces: (places: string) => void;
  /** Ends what runs, on the device, too. */
  readonly onStop: () => void;
}

export interface DevicePanelProps extends DeviceWays {
  readonly talk: DeviceTalk;
}

/** What the device waits for, or what went wrong. */
export function DevicePanel({ talk, onPassphrase, onPinPlaces }: DevicePanelProps) {
  const { ways, busy, prompt, wants, error } = talk;
  if (wants === 'passphrase') return <PassphraseForm onPassphrase={onPassphrase} />;
  if (wants === 'pin') return <PinMatrixForm onPinPlaces={onPinPlaces} />;
  return (
    <div className="grid gap-3">
      {error !== null && <ErrorNote error={error} />}
      {busy && (
        <Card className="p-4.5">
          <p role="status" className="flex items-center gap-3 font-medium text-body">
            <Spinner />
            {t(prompt === 'none' ? 'hardware.working' : `hardware.prompt.${prompt}`)}
          </p>
        </Card>
      )}
      {!busy && !ways.includes('usb') && !ways.includes('suite') && (
        <p className="text-ink-2 text-small">{t('hardware.no-usb')}</p>
      )}
    </div>
  );
}

const ICON: Partial<Record<Way, typeof Usb>> = { usb: Usb, suite: AppWindow };

/** The ways to a device, the best one first, or the way out of what runs. */
export function DeviceButtons({ talk, onConnect, onStop }: DevicePanelProps) {
  if (talk.busy) return <Button onClick={onStop}>{t('action.cancel')}</Button>;
  return talk.ways.map((way, place) => {
    const Icon = ICON[way];
    return (
      <Button
        key={way}
        variant={place === 0 ? 'primary' : 'quiet'}
        icon={Icon && <Icon aria-hidden="true" size={18} />}
        onClick={() => onConnect(way)}
      >
        {t(`hardware.${way}`)}
      </Button>
    );
  });
}

/** The values beside which it stands are those on the device's screen, or somebody lies. */
export function CompareNote() {
  return (
    <Note tone="neutral" title={t('hardware.compare')}>
      {t('hardware.compare.text')}
    </Note>
  );
}
