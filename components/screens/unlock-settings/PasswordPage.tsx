import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { SecretField } from '@/components/ui/Field';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { asSentence, errorText, inARow, t } from '@/lib/i18n';
import { NewPasswordFields, useNewPassword } from '../new-password/NewPasswordFields';

export interface PasswordPageProps {
  /** There is one already, which is asked for. */
  readonly has: boolean;
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  /** Resolves to whether it was done. */
  readonly onChange: (current: string, next: string) => Promise<boolean>;
  readonly onDone: () => void;
}

/** A password for this browser, or another one in its place. */
export function PasswordPage({ has, busy, error, onChange, onDone }: PasswordPageProps) {
  const [current, setCurrent] = useState('');
  const next = useNewPassword();
  const wrong = error !== null && error.code === 'password-wrong' && current === '' ? errorText(error) : null;
  const submit = async () => {
    if (busy || !next.complete || (has && current === '')) return;
    const agreed = next.agreed();
    if (agreed === null) return;
    setCurrent('');
    if (await onChange(current, agreed)) onDone();
  };
  const title = t(has ? 'unlock-settings.password.change' : 'unlock-settings.password.add');
  const footer = (
    <Button
      type="submit"
      variant="primary"
      disabled={!next.complete || (has && current === '')}
      busyLabel={busy ? t('device-unlock.busy') : undefined}
    >
      {t('device-unlock.set')}
    </Button>
  );
  return (
    <Page
      header={<Header title={title} back={{ label: t('action.back'), onPress: onDone }} />}
      footer={footer}
      onSubmit={() => void submit()}
    >
      <div className="grid gap-4 pt-2">
        {error !== null && error.code !== 'password-wrong' && <ErrorNote error={error} />}
        {has && (
          <SecretField
            label={t('unlock-settings.current')}
            value={current}
            onValue={setCurrent}
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            capsLockLabel={t('unlock.caps-lock')}
            autoComplete="current-password"
            autoFocus
            disabled={busy}
            error={wrong === null ? undefined : inARow(asSentence(wrong.title), wrong.lost)}
          />
        )}
        <NewPasswordFields value={next} label={t('unlock-settings.new')} disabled={busy} autoFocus={!has} />
      </div>
    </Page>
  );
}
