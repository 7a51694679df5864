import { useRef, useState } from 'react';
import { ModeButton } from '@/components/screens/shared/ModeButton';
import { pinPadLabels } from '@/components/screens/shared/pin-words';
import { Button } from '@/components/ui/Button';
import { Header, Lead, Page } from '@/components/ui/Page';
import { type PinMode, PinPad, type PinStatus } from '@/components/ui/PinPad';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

/** What a check says of a PIN: the reason why it is refused, or null if it will do. */
export type PinCheck = (pin: string) => Promise<string | null>;

export interface ChoosePinScreenProps {
  readonly checkPin: PinCheck;
  readonly error: ErrorFacts | null;
  readonly busy: boolean;
  /** Of the first page, where it is not a new wallet's. */
  readonly title?: string;
  /** What the PIN is chosen for. */
  readonly actionLabel: string;
  readonly onChosen: (pin: string) => void;
  readonly onBack: () => void;
}

const SHORTEST = 6;

interface Verdict {
  readonly pin: string;
  /** Why it is refused; null if it will do. */
  readonly refusal: string | null;
}

/** Judges what was typed last; an answer to an older PIN is dropped. */
function useVerdict(checkPin: PinCheck) {
  const [verdict, setVerdict] = useState<Verdict>();
  const latest = useRef('');
  const judge = async (pin: string): Promise<Verdict> => {
    latest.current = pin;
    const judged = { pin, refusal: await checkPin(pin) };
    if (latest.current === pin) setVerdict(judged);
    return judged;
  };
  return { verdict, judge };
}

/** Choosing a PIN and typing it once more, in one flow. It lives here until it is handed on, and nowhere else. */
export function ChoosePinScreen(props: ChoosePinScreenProps) {
  const { checkPin, error, busy, title, actionLabel, onChosen, onBack } = props;
  const [mode, setMode] = useState<PinMode>('digits');
  const [pin, setPin] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [different, setDifferent] = useState(false);
  const { verdict, judge } = useVerdict(checkPin);
  const confirming = chosen !== undefined;
  const judged = !confirming && verdict?.pin === pin && pin.length >= SHORTEST ? verdict : undefined;

  const type = (next: string) => {
    setPin(next);
    setDifferent(false);
    if (!confirming && next.length >= SHORTEST) judge(next).catch(() => undefined);
  };
  const submit = async () => {
    if (busy || pin.length < SHORTEST) return;
    if (!confirming) {
      if ((await judge(pin)).refusal === null) {
        setChosen(pin);
        setPin('');
      }
      return;
    }
    setPin('');
    if (pin === chosen) onChosen(pin);
    else setDifferent(true);
  };
  const back = () => {
    if (!confirming) return onBack();
    setChosen(undefined);
    setPin('');
    setDifferent(false);
  };
  const status: PinStatus = different
    ? 'wrong'
    : judged === undefined
      ? 'typing'
      : judged.refusal === null
        ? 'good'
        : 'refused';
  const message = different ? (
    <span className="text-danger">{t('choose-pin.different')}</span>
  ) : judged === undefined ? undefined : (
    (judged.refusal ?? t('choose-pin.good'))
  );
  const footer = (
    <>
      <Button
        type="submit"
        variant="primary"
        disabled={pin.length < SHORTEST || status === 'refused'}
        busyLabel={busy ? t('choose-pin.checking') : undefined}
      >
        {confirming ? actionLabel : t('action.continue')}
      </Button>
      {!confirming && (
        <ModeButton
          mode={mode}
          onMode={(next) => {
            setMode(next);
            type('');
          }}
        />
      )}
    </>
  );
  return (
    <Page header={<Header back={{ label: t('action.back'), onPress: back }} />} footer={footer} onSubmit={submit}>
      <div className="flex min-h-0 flex-1 flex-col gap-3">
        <Lead title={confirming ? t('choose-pin.confirm-title') : (title ?? t('choose-pin.title'))}>
          {confirming
            ? t('choose-pin.confirm-text')
            : t(mode === 'letters' ? 'choose-pin.text-letters' : 'choose-pin.text')}
        </Lead>
        {error !== null && <ErrorNote error={error} />}
        <PinPad
          key={confirming ? 'confirm' : mode}
          value={pin}
          onValue={type}
          mode={mode}
          status={status}
          message={message}
          labels={pinPadLabels()}
          autoComplete="new-password"
        />
      </div>
    </Page>
  );
}
