import { Fingerprint } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { TabHint } from '@/components/screens/shared/TabHint';
import { WrongTriesNote } from '@/components/screens/shared/WrongTriesNote';
import { Button } from '@/components/ui/Button';
import { SecretField } from '@/components/ui/Field';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts, Snapshot, UnlockMethod } from '@/lib/bus/snapshot';
import { asSentence, errorText, formats, inARow, t } from '@/lib/i18n';

export interface UnlockScreenProps {
  /** Any of these opens it; `pin` stands alone. */
  readonly methods: readonly UnlockMethod[];
  /** Whether this browser can be asked for a passkey; null while that is found out. */
  readonly passkeysOffered: boolean | null;
  readonly error: ErrorFacts | null;
  /** When the next password or PIN is taken, if not at once. */
  readonly nextAtMs: number | null;
  readonly nowMs: number;
  /** Wrong PINs that somebody else tried, said where the PIN is asked for. */
  readonly foreignTries: Snapshot['foreignTries'];
  /** The way that is being tried. */
  readonly busy: UnlockMethod | null;
  readonly onPasskey: () => void;
  readonly onPassword: (password: string) => void;
  readonly onPin: (pin: string) => void;
  readonly onForgot: () => void;
  /** Null where this is no popup. */
  readonly onOpenTab: (() => void) | null;
}

/** The wallet is on this device and locked. */
export function UnlockScreen(props: UnlockScreenProps) {
  const { methods, passkeysOffered } = props;
  const [typing, setTyping] = useState(false);
  const hasPassword = methods.includes('password');
  const forgot = (
    <Button variant="quiet" onClick={props.onForgot}>
      {t('unlock.forgot')}
    </Button>
  );
  if (!methods.includes('passkey')) {
    return hasPassword ? <ByPassword {...props} below={forgot} /> : <ByPin {...props} below={forgot} />;
  }
  const passkeyPossible = passkeysOffered !== false;
  if (hasPassword && (typing || !passkeyPossible)) {
    const back = (
      <Button variant="quiet" icon={<Fingerprint aria-hidden="true" size={18} />} onClick={() => setTyping(false)}>
        {t('unlock.use-passkey')}
      </Button>
    );
    return (
      <ByPassword
        {...props}
        below={
          <>
            {passkeyPossible && back}
            {forgot}
          </>
        }
      />
    );
  }
  return <ByPasskey {...props} below={forgot} onType={hasPassword ? () => setTyping(true) : undefined} />;
}

type Inner = UnlockScreenProps & { readonly below: ReactNode };

/** An error at the field or at the button is said there; any other stands on the page. */
const AT_THE_FIELD: ReadonlySet<string> = new Set(['password-wrong', 'password-later']);

function Locked({ busy, text }: { readonly busy: boolean; readonly text: string }) {
  return (
    <div className="grid justify-items-center gap-6">
      <Mark size={88} state={busy ? 'joining' : 'apart'} />
      <Lead title={t('unlock.title')}>{text}</Lead>
    </div>
  );
}

type ByPasskeyProps = Inner & { readonly onType: (() => void) | undefined };

function ByPasskey({ methods, passkeysOffered, error, busy, onPasskey, onOpenTab, below, onType }: ByPasskeyProps) {
  const possible = passkeysOffered !== false;
  const footer = (
    <>
      <Button
        type="submit"
        variant="primary"
        autoFocus
        disabled={!possible}
        icon={<Fingerprint aria-hidden="true" size={18} />}
        busyLabel={busy === 'passkey' ? t('passkey.busy') : undefined}
      >
        {t('unlock.passkey.action')}
      </Button>
      {busy === 'passkey' && <TabHint onOpenTab={onOpenTab} />}
      {busy === null && onType !== undefined && (
        <Button variant="quiet" onClick={onType}>
          {t('unlock.use-password')}
        </Button>
      )}
      {busy === null && below}
    </>
  );
  return (
    <Page place="middle" footer={footer} onSubmit={() => busy === null && possible && onPasskey()}>
      <div className="grid gap-7">
        <Locked
          busy={busy !== null}
          text={t(methods.includes('password') ? 'unlock.text.both' : 'unlock.text.passkey')}
        />
        {error !== null && <ErrorNote error={error} />}
        {!possible && (
          <Note tone="warn" title={t('unlock.no-passkey.title')}>
            {t('unlock.no-passkey.text')}
          </Note>
        )}
      </div>
    </Page>
  );
}

function ByPassword({ error, nextAtMs, nowMs, busy, onPassword, below }: Inner) {
  const [password, setPassword] = useState('');
  const waiting = nextAtMs !== null && nextAtMs > nowMs;
  const wrong = error !== null && error.code === 'password-wrong' && password === '' ? errorText(error) : null;
  const submit = () => {
    if (busy !== null || waiting || password === '') return;
    setPassword('');
    onPassword(password);
  };
  const footer = (
    <>
      <Button
        type="submit"
        variant="primary"
        disabled={password === '' || waiting}
        busyLabel={busy === 'password' ? t('unlock.busy') : undefined}
      >
        {waiting ? t('unlock.wait', { left: formats().countdown(nextAtMs - nowMs) }) : t('unlock.action')}
      </Button>
      {below}
    </>
  );
  return (
    <Page place="middle" footer={footer} onSubmit={submit}>
      <div className="grid gap-7">
        <Locked busy={busy !== null} text={t('unlock.text')} />
        {error !== null && !AT_THE_FIELD.has(error.code) && <ErrorNote error={error} />}
        <SecretField
          label={t('unlock.field')}
          value={password}
          onValue={setPassword}
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          capsLockLabel={t('unlock.caps-lock')}
          autoComplete="current-password"
          autoFocus
          error={wrong === null ? undefined : inARow(asSentence(wrong.title), wrong.lost)}
        />
        {waiting && (
          <Note tone="neutral" title={t('unlock.wait.title')}>
            {t('unlock.wait.text')}
          </Note>
        )}
      </div>
    </Page>
  );
}

function ByPin({ error, foreignTries, nextAtMs, nowMs, busy, onPin, below }: Inner) {
  return (
    <PinEntryPage
      header={<Header title={t('unlock.title')} />}
      title={t('unlock.pin.title')}
      lead={t('unlock.pin.text')}
      note={<WrongTriesNote tries={foreignTries} />}
      actionLabel={t('unlock.action')}
      busyLabel={busy === 'pin' ? t('unlock.busy') : undefined}
      triesLeft={error?.details.triesLeft ?? null}
      nextTryAtMs={nextAtMs}
      nowMs={nowMs}
      error={error}
      onPin={onPin}
      below={below}
    />
  );
}
