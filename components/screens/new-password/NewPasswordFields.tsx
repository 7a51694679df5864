import { useState } from 'react';
import { classes } from '@/components/ui/classes';
import { SecretField } from '@/components/ui/Field';
import { t } from '@/lib/i18n';
import { type Strength, strengthOf } from './strength';

const TONE: Record<Strength, string> = {
  short: 'text-ink-2',
  weak: 'text-warn',
  fair: 'text-ink-2',
  good: 'text-success',
};
const LEVEL: Record<Strength, number> = { short: 1, weak: 2, fair: 3, good: 4 };

export interface NewPassword {
  readonly password: string;
  readonly again: string;
  /** The two were compared and are not the same. */
  readonly different: boolean;
  /** Long enough, and typed twice. */
  readonly complete: boolean;
  readonly setPassword: (password: string) => void;
  readonly setAgain: (again: string) => void;
  /** The password, if it was typed the same twice; otherwise that is said at the field. */
  readonly agreed: () => string | null;
}

/** A password that is being chosen: typed twice, kept in this screen alone. */
export function useNewPassword(): NewPassword {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [different, setDifferent] = useState(false);
  const typing = (set: (text: string) => void) => (text: string) => {
    set(text);
    setDifferent(false);
  };
  return {
    password,
    again,
    different,
    complete: strengthOf(password) !== 'short' && again !== '',
    setPassword: typing(setPassword),
    setAgain: typing(setAgain),
    agreed: () => {
      if (password === again) return password;
      setDifferent(true);
      return null;
    },
  };
}

export interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  readonly label: string;
  readonly disabled: boolean;
  readonly autoFocus?: boolean;
}

export function NewPasswordFields({ value, label, disabled, autoFocus = false }: NewPasswordFieldsProps) {
  const fixed = {
    showLabel: t('password.show'),
    hideLabel: t('password.hide'),
    capsLockLabel: t('unlock.caps-lock'),
    autoComplete: 'new-password',
    disabled,
  } as const;
  return (
    <div className="grid gap-4">
      <SecretField
        {...fixed}
        label={label}
        value={value.password}
        onValue={value.setPassword}
        autoFocus={autoFocus}
        hint={<StrengthHint password={value.password} />}
      />
      <SecretField
        {...fixed}
        label={t('device-unlock.confirm')}
        value={value.again}
        onValue={value.setAgain}
        error={value.different ? t('device-unlock.different') : undefined}
      />
    </div>
  );
}

function StrengthHint({ password }: { readonly password: string }) {
  if (password === '') return <p className="text-ink-2 text-small">{t('device-unlock.hint')}</p>;
  const strength = strengthOf(password);
  return (
    <div className="grid gap-1.5">
      <span aria-hidden="true" className="flex gap-1">
        {[1, 2, 3, 4].map((level) => (
          <span
            key={level}
            className={classes('h-1 flex-1 rounded-full', level <= LEVEL[strength] ? 'bg-accent' : 'bg-line')}
          />
        ))}
      </span>
      <p className={classes('text-small', TONE[strength])}>{t(`password.strength.${strength}`)}</p>
    </div>
  );
}
