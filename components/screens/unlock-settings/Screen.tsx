import { Fingerprint, Grid3x3, KeyRound, Lock, Timer } from 'lucide-react';
import { useState } from 'react';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts, UnlockMethod } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { KeptMethod, OpenSheet } from './kept-method';
import { MethodSheet } from './MethodSheet';
import { PasswordPage } from './PasswordPage';
import { RemoveSheet } from './RemoveSheet';

export interface UnlockSettingsScreenProps {
  readonly methods: readonly UnlockMethod[];
  /** Whether everything here comes back with the PIN: no phrase, no private key. */
  readonly keylessOnly: boolean;
  readonly passkeysOffered: boolean;
  readonly idleLockMinutes: number;
  /** What is being changed. */
  readonly busy: UnlockMethod | null;
  readonly error: ErrorFacts | null;
  readonly open: OpenSheet;
  readonly onOpen: (sheet: OpenSheet) => void;
  readonly onSetPasskey: () => void;
  /** These two resolve to whether it was done. */
  readonly onAddPassword: (next: string) => Promise<boolean>;
  readonly onChangePassword: (current: string, next: string) => Promise<boolean>;
  readonly onRemove: (method: KeptMethod) => void;
  readonly onIdleLock: (minutes: number) => void;
  readonly onLock: () => void;
  /** Puts away what the last change was refused with. */
  readonly onForgetError: () => void;
  /** Null where this is no popup. */
  readonly onOpenTab: (() => void) | null;
  readonly onBack: () => void;
}

const IDLE_CHOICES_MIN = [1, 5, 15, 30, 60, 240] as const;
const ICON = {
  passkey: <Fingerprint aria-hidden="true" size={18} />,
  password: <KeyRound aria-hidden="true" size={18} />,
} as const;

/** How this browser opens, and when it closes. */
export function UnlockSettingsScreen(props: UnlockSettingsScreenProps) {
  const { methods, keylessOnly, passkeysOffered, busy, error, open, onOpen, onForgetError, onBack } = props;
  const [typing, setTyping] = useState(false);
  const isSet = (method: KeptMethod) => methods.includes(method);
  const shown = (['passkey', 'password'] as const).filter(
    (method) => method === 'password' || passkeysOffered || isSet('passkey'),
  );
  const show = (next: OpenSheet) => {
    onForgetError();
    onOpen(next);
  };
  if (typing) {
    return (
      <PasswordPage
        has={isSet('password')}
        busy={busy === 'password'}
        error={error}
        onChange={(current, next) =>
          isSet('password') ? props.onChangePassword(current, next) : props.onAddPassword(next)
        }
        onDone={() => {
          onForgetError();
          setTyping(false);
        }}
      />
    );
  }
  return (
    <Page header={<Header title={t('unlock-settings.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid gap-4">
        {error !== null && open === null && <ErrorNote error={error} />}
        <Group label={t('unlock-settings.ways')}>
          <RowList>
            {shown.map((method) => (
              <Row
                key={method}
                leading={ICON[method]}
                title={t(`unlock-settings.${method}`)}
                trailing={t(isSet(method) ? 'unlock-settings.on' : 'unlock-settings.off')}
                end="chevron"
                onPress={() => show({ sheet: 'method', method })}
              />
            ))}
            {methods.includes('pin') && (
              <Row
                leading={<Grid3x3 aria-hidden="true" size={18} />}
                title={t('unlock-settings.pin')}
                detail={t('unlock-settings.pin.detail')}
                end="check"
              />
            )}
          </RowList>
          {methods.length > 1 && <p className="px-0.5 text-ink-3 text-tiny">{t('unlock-settings.any')}</p>}
        </Group>
        <Locking {...props} />
      </div>
      {open?.sheet === 'method' && (
        <MethodSheet
          method={open.method}
          isSet={isSet(open.method)}
          isOnly={methods.length === 1}
          keylessOnly={keylessOnly}
          offered={open.method === 'password' || passkeysOffered}
          busy={busy === open.method}
          error={error}
          onSet={() => {
            if (open.method === 'passkey') return props.onSetPasskey();
            onOpen(null);
            setTyping(true);
          }}
          onRemove={() => show({ sheet: 'remove', method: open.method })}
          onOpenTab={props.onOpenTab}
          onClose={() => show(null)}
        />
      )}
      {open?.sheet === 'remove' && (
        <RemoveSheet
          method={open.method}
          isOnly={methods.length === 1}
          busy={busy === open.method}
          error={error}
          onRemove={() => props.onRemove(open.method)}
          onClose={() => show(null)}
        />
      )}
    </Page>
  );
}

/** When it closes by itself, and closing it now. */
function Locking({ idleLockMinutes, onIdleLock, onLock }: UnlockSettingsScreenProps) {
  const [choosing, setChoosing] = useState(false);
  return (
    <Group label={t('unlock-settings.lock')}>
      <RowList>
        <Row
          leading={<Timer aria-hidden="true" size={18} />}
          title={t('settings.idle')}
          trailing={t('settings.minutes', { minutes: idleLockMinutes })}
          end="chevron"
          onPress={() => setChoosing(true)}
        />
        <Row
          leading={<Lock aria-hidden="true" size={18} />}
          title={t('unlock-settings.lock-now')}
          end="chevron"
          onPress={onLock}
        />
      </RowList>
      <p className="px-0.5 text-ink-3 text-tiny">{t('unlock-settings.closing')}</p>
      <Sheet open={choosing} onClose={() => setChoosing(false)} title={t('settings.idle')}>
        <RowList>
          {IDLE_CHOICES_MIN.map((minutes) => (
            <Row
              key={minutes}
              title={t('settings.minutes', { minutes })}
              end={minutes === idleLockMinutes ? 'check' : undefined}
              current={minutes === idleLockMinutes ? 'true' : undefined}
              onPress={() => {
                onIdleLock(minutes);
                setChoosing(false);
              }}
            />
          ))}
        </RowList>
      </Sheet>
    </Group>
  );
}
