import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { Button } from '@/components/ui/Button';
import { SecretField } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { asSentence, errorText, inARow, t } from '@/lib/i18n';

export interface ProveScreenProps {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  /** What to look out for. */
  readonly warning?: string;
  readonly actionLabel: string;
  readonly passkeyLabel: string;
  readonly byPassword: boolean;
  readonly byPasskey: boolean;
  readonly busy: 'password' | 'passkey' | null;
  readonly error: ErrorFacts | null;
  readonly onPassword: (password: string) => void;
  readonly onPasskey: () => void;
  readonly onBack: () => void;
}

/** Once more what unlocks the device: an open wallet alone is not enough for what comes next. */
export function ProveScreen(props: ProveScreenProps) {
  const { title, lead, text, warning, actionLabel, passkeyLabel, byPassword, byPasskey, busy, error } = props;
  const { onPassword, onPasskey, onBack } = props;
  const [password, setPassword] = useState('');
  const wrong = error?.code === 'password-wrong' && password === '';
  const submit = () => {
    if (busy !== null || password === '') return;
    setPassword('');
    onPassword(password);
  };
  const footer = (
    <>
      {byPassword && (
        <Button
          type="submit"
          variant="primary"
          disabled={password === ''}
          busyLabel={busy === 'password' ? t('reveal.opening') : undefined}
        >
          {actionLabel}
        </Button>
      )}
      {byPasskey && (
        <Button
          variant={byPassword ? 'secondary' : 'primary'}
          icon={<Fingerprint aria-hidden="true" size={18} />}
          busyLabel={busy === 'passkey' ? t('passkey.busy') : undefined}
          onClick={onPasskey}
        >
          {passkeyLabel}
        </Button>
      )}
    </>
  );
  return (
    <Page
      header={<Header title={title} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={submit}
    >
      <div className="grid gap-6 pt-4">
        <Lead title={lead} level="section">
          {text}
        </Lead>
        {warning !== undefined && <Note tone="warn" title={warning} />}
        {error !== null && error.code !== 'password-wrong' && <ErrorNote error={error} />}
        {byPassword && (
          <SecretField
            label={t('unlock.field')}
            value={password}
            onValue={setPassword}
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            autoComplete="current-password"
            autoFocus
            disabled={busy !== null}
            error={
              wrong && error !== null ? inARow(asSentence(errorText(error).title), errorText(error).lost) : undefined
            }
          />
        )}
      </div>
    </Page>
  );
}

export interface ProvePinScreenProps extends Pick<ProveScreenProps, 'title' | 'actionLabel' | 'error' | 'onBack'> {
  /** When the next PIN is taken after several wrong ones, if not at once. */
  readonly nextAtMs: number | null;
  readonly nowMs: number;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
}

/** The same where only the PIN opens this device: checked here, without a try. */
export function ProvePinScreen({
  title,
  actionLabel,
  nextAtMs,
  nowMs,
  error,
  busy,
  onPin,
  onBack,
}: ProvePinScreenProps) {
  return (
    <PinEntryPage
      header={<Header title={title} back={{ label: t('action.back'), onPress: onBack }} />}
      title={t('recover.title')}
      lead={t(error?.code === 'pin-wrong' ? 'pin-check.wrong' : 'prove.pin')}
      actionLabel={actionLabel}
      busyLabel={busy ? t('choose-pin.checking') : undefined}
      triesLeft={null}
      nextTryAtMs={nextAtMs}
      nowMs={nowMs}
      error={error}
      onPin={onPin}
    />
  );
}
