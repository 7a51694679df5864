import { Usb } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { SecretField } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Spinner } from '@/components/ui/Spinner';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { t } from '@/lib/i18n';
import type { DeviceTalk, PassphraseAnswer, Way } from './use-device';

export interface DeviceWays {
  readonly onConnect: (way: Way) => void;
  readonly onPassphrase: (answer: PassphraseAnswer) => void;
  /** Ends what runs, on the device, too. */
  readonly onStop: () => void;
}

export interface DevicePanelProps extends DeviceWays {
  readonly talk: DeviceTalk;
}

/** What the device waits for, or what went wrong. */
export function DevicePanel({ talk, onPassphrase }: DevicePanelProps) {
  const { hasUsb, busy, prompt, wantsPassphrase, error } = talk;
  if (wantsPassphrase) return <PassphraseForm onPassphrase={onPassphrase} />;
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
      {!busy && !hasUsb && <p className="text-ink-2 text-small">{t('hardware.no-usb')}</p>}
    </div>
  );
}

/** The ways to a device, or the way out of what runs. */
export function DeviceButtons({ talk, onConnect, onStop }: DevicePanelProps) {
  if (talk.busy) return <Button onClick={onStop}>{t('action.cancel')}</Button>;
  return (
    <>
      {talk.hasUsb && (
        <Button variant="primary" icon={<Usb aria-hidden="true" size={18} />} onClick={() => onConnect('usb')}>
          {t('hardware.usb')}
        </Button>
      )}
      <Button variant={talk.hasUsb ? 'quiet' : 'primary'} onClick={() => onConnect('bridge')}>
        {t('hardware.bridge')}
      </Button>
    </>
  );
}

/** The values beside which it stands are those on the device's screen, or somebody lies. */
export function CompareNote() {
  return (
    <Note tone="neutral" title={t('hardware.compare')}>
      {t('hardware.compare.text')}
    </Note>
  );
}

const MOST_BYTES = 50;
const bytesOf = (text: string): number => new TextEncoder().encode(text.normalize('NFKD')).length;

/** What is typed goes to the device, once, and is kept nowhere. */
function PassphraseForm({ onPassphrase }: Pick<DeviceWays, 'onPassphrase'>) {
  const [text, setText] = useState('');
  const tooLong = bytesOf(text) > MOST_BYTES;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooLong) onPassphrase({ on: 'host', text });
      }}
    >
      <Note tone="warn" title={t('hardware.passphrase.title')}>
        {t('hardware.passphrase.text')}
      </Note>
      <SecretField
        label={t('hardware.passphrase.field')}
        value={text}
        onValue={setText}
        showLabel={t('hardware.passphrase.show')}
        hideLabel={t('hardware.passphrase.hide')}
        hint={<p className="text-ink-2 text-small">{t('hardware.passphrase.hint')}</p>}
        error={tooLong ? t('hardware.passphrase.too-long') : undefined}
        autoComplete="off"
        autoFocus
      />
      <div className="grid gap-2">
        <Button type="submit" variant="primary" disabled={tooLong}>
          {t('hardware.passphrase.use')}
        </Button>
        <Button onClick={() => onPassphrase({ on: 'device' })}>{t('hardware.passphrase.on-device')}</Button>
      </div>
    </form>
  );
}
