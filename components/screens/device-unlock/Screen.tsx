import { Fingerprint, Grid3x3, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { TabHint } from '@/components/screens/shared/TabHint';
import { Button } from '@/components/ui/Button';
import { type Choice, ChoiceList } from '@/components/ui/ChoiceList';
import { classes } from '@/components/ui/classes';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { Pill } from '@/components/ui/Pill';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts, UnlockMethod } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { NewPasswordFields, useNewPassword } from '../new-password/NewPasswordFields';

export interface DeviceUnlockScreenProps {
  /** What can be chosen here, the best first. Empty for the moment in which that is found out. */
  readonly methods: readonly UnlockMethod[];
  readonly error: ErrorFacts | null;
  /** The way that is being set up. */
  readonly busy: UnlockMethod | null;
  readonly onPasskey: () => void;
  readonly onPassword: (password: string) => void;
  readonly onUsePin: () => void;
  /** Null where this is no popup. */
  readonly onOpenTab: (() => void) | null;
  /** Undefined where a wallet is already there, which must be kept somehow. */
  readonly onBack?: (() => void) | undefined;
}

const ACTION = {
  passkey: 'device-unlock.use-passkey',
  password: 'device-unlock.set',
  pin: 'device-unlock.use-pin',
} as const;

function choiceOf(method: UnlockMethod): Choice<UnlockMethod> {
  const words = { title: t(`device-unlock.${method}`), detail: t(`device-unlock.${method}.detail`) };
  switch (method) {
    case 'passkey': {
      const mark = (
        <Pill tone="success" size="row">
          {t('device-unlock.recommended')}
        </Pill>
      );
      return { value: method, ...words, icon: <Fingerprint aria-hidden="true" size={20} />, mark };
    }
    case 'password':
      return { value: method, ...words, icon: <KeyRound aria-hidden="true" size={20} /> };
    case 'pin':
      return { value: method, ...words, icon: <Grid3x3 aria-hidden="true" size={20} /> };
    default:
      return method satisfies never;
  }
}

/** How this browser opens the wallet every day: a passkey, a password, or the PIN each time. */
export function DeviceUnlockScreen(props: DeviceUnlockScreenProps) {
  const { methods, error, busy, onPasskey, onPassword, onUsePin, onOpenTab, onBack } = props;
  const [chosen, setChosen] = useState<UnlockMethod | null>(null);
  const method = chosen ?? methods[0] ?? null;
  const password = useNewPassword();

  const submit = () => {
    if (busy !== null || method === null) return;
    if (method === 'passkey') return onPasskey();
    if (method === 'pin') return onUsePin();
    const agreed = password.complete ? password.agreed() : null;
    if (agreed !== null) onPassword(agreed);
  };
  const busyLabel = busy === null ? undefined : t(busy === 'passkey' ? 'passkey.busy' : 'device-unlock.busy');
  const footer = (
    <>
      <Button
        type="submit"
        variant="primary"
        disabled={method === null || (method === 'password' && !password.complete)}
        busyLabel={busyLabel}
      >
        {t(ACTION[method ?? 'password'])}
      </Button>
      {busy === 'passkey' && <TabHint onOpenTab={onOpenTab} />}
    </>
  );
  return (
    <Page
      header={onBack === undefined ? undefined : <Header back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={submit}
    >
      <div className={classes('grid gap-5', onBack === undefined && 'pt-6')}>
        <Lead title={t('device-unlock.title')}>{t('device-unlock.text')}</Lead>
        {methods.length > 1 && (
          <ChoiceList<UnlockMethod>
            label={t('device-unlock.title')}
            value={method}
            onValue={setChosen}
            disabled={busy !== null}
            choices={methods.map(choiceOf)}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
        {method === 'pin' && (
          <Note tone="warn" title={t('device-unlock.pin-note.title')}>
            {t('device-unlock.pin-note.text')}
          </Note>
        )}
        {method === 'passkey' && error === null && (
          <Note tone="neutral" title={t('device-unlock.passkey-note.title')}>
            {t('device-unlock.passkey-note.text')}
          </Note>
        )}
        {method === 'password' && (
          <NewPasswordFields
            value={password}
            label={t('device-unlock.field')}
            disabled={busy !== null}
            autoFocus={chosen === null}
          />
        )}
      </div>
    </Page>
  );
}
