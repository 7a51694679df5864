import { Clock, MonitorSmartphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { Lead, Page } from '@/components/ui/Page';
import { type PinMode, PinPad, type PinStatus } from '@/components/ui/PinPad';
import { Sheet } from '@/components/ui/Sheet';
import { TriesBar } from '@/components/ui/TriesBar';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { formats, inARow, t } from '@/lib/i18n';
import { ModeButton } from './ModeButton';
import { pinPadLabels } from './pin-words';

/** From here down each try is confirmed. */
const FEW_TRIES = 3;
const SHORTEST = 6;

export interface PinEntryPageProps {
  readonly header: ReactNode;
  readonly title: string;
  /** The line below the title. */
  readonly lead: ReactNode;
  readonly actionLabel: string;
  readonly busyLabel?: string | undefined;
  /** Null before the first answer of the realms. */
  readonly triesLeft: number | null;
  readonly nextTryAtMs: number | null;
  readonly nowMs: number;
  readonly error: ErrorFacts | null;
  readonly onPin: (pin: string) => void;
  /** What has to be read before the PIN is typed. */
  readonly note?: ReactNode;
  /** One more way out, beside the choice of letters. */
  readonly below?: ReactNode;
}

/** A PIN that is already chosen: tries left, waiting, and an explicit word before each of the last tries. */
export function PinEntryPage(props: PinEntryPageProps) {
  const { header, title, lead, actionLabel, busyLabel, triesLeft, nextTryAtMs, nowMs, error, onPin, below } = props;
  const [mode, setMode] = useState<PinMode>('digits');
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const waiting = nextTryAtMs !== null && nextTryAtMs > nowMs;
  const wrong = error?.code === 'pin-wrong' && pin === '';
  const few = triesLeft !== null && triesLeft <= FEW_TRIES;

  const use = () => {
    setAsking(false);
    setPin('');
    onPin(pin);
  };
  const submit = () => {
    if (waiting || busyLabel !== undefined || pin.length < SHORTEST) return;
    if (few) setAsking(true);
    else use();
  };
  const status: PinStatus = waiting ? 'waiting' : wrong ? 'wrong' : 'typing';
  const footer = (
    <>
      <Button type="submit" variant="primary" disabled={waiting || pin.length < SHORTEST} busyLabel={busyLabel}>
        {waiting ? t('recover.next-try', { left: formats().countdown(nextTryAtMs - nowMs) }) : actionLabel}
      </Button>
      <div className="flex flex-wrap justify-center">
        {!waiting && (
          <ModeButton
            mode={mode}
            onMode={(next) => {
              setMode(next);
              setPin('');
            }}
          />
        )}
        {below}
      </div>
    </>
  );
  const other = error !== null && error.code !== 'pin-wrong' && error.code !== 'try-later' ? error : null;
  return (
    <Page header={header} footer={footer} onSubmit={submit}>
      <div className="flex min-h-0 flex-1 flex-col gap-3">
        <Lead title={title} level="section">
          {lead}
        </Lead>
        {props.note}
        {other !== null && <ErrorNote error={other} />}
        <PinPad
          key={mode}
          value={pin}
          onValue={setPin}
          mode={mode}
          status={status}
          message={<TriesMessage {...{ wrong, waiting, triesLeft, few }} typing={pin !== ''} />}
          labels={pinPadLabels()}
          autoComplete="current-password"
        />
      </div>
      {triesLeft !== null && (
        <LastTriesSheet open={asking} triesLeft={triesLeft} onUse={use} onClose={() => setAsking(false)} />
      )}
    </Page>
  );
}

interface TriesMessageProps {
  readonly wrong: boolean;
  readonly waiting: boolean;
  readonly few: boolean;
  readonly typing: boolean;
  readonly triesLeft: number | null;
}

function TriesMessage({ wrong, waiting, few, triesLeft }: TriesMessageProps) {
  if (!wrong && !waiting && !few) return null;
  return (
    <>
      {triesLeft !== null && (wrong || few) && (
        <p className="font-semibold text-danger">
          {wrong ? t('recover.wrong', { triesLeft }) : t('recover.tries-left', { triesLeft })}
        </p>
      )}
      {(wrong || waiting) && (
        <p className="text-balance">
          {inARow(...(wrong ? [t('recover.wrong.lost')] : []), ...(waiting ? [t('recover.waiting')] : []))}
        </p>
      )}
    </>
  );
}

interface LastTriesSheetProps {
  readonly open: boolean;
  readonly triesLeft: number;
  readonly onUse: () => void;
  readonly onClose: () => void;
}

/** Before each of the last tries: what it costs, and what else can be done. */
export function LastTriesSheet({ open, triesLeft, onUse, onClose }: LastTriesSheetProps) {
  const [understood, setUnderstood] = useState(false);
  const title = t('recover.last.title', { triesLeft });
  const close = () => {
    setUnderstood(false);
    onClose();
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={title}
      titlePlace="title"
      above={<TriesBar left={triesLeft} label={title} />}
      description={t('recover.last.text')}
    >
      <ul className="grid gap-2.5 text-body">
        <li className="flex gap-3">
          <MonitorSmartphone aria-hidden="true" size={18} className="mt-px shrink-0 text-ink-2" />
          <span>{t('recover.last.device')}</span>
        </li>
        <li className="flex gap-3">
          <Clock aria-hidden="true" size={18} className="mt-px shrink-0 text-ink-2" />
          <span>{t('recover.last.time')}</span>
        </li>
      </ul>
      <Consent checked={understood} onChecked={setUnderstood}>
        {t('recover.last.consent')}
      </Consent>
      <div className="grid gap-2 pt-1">
        <Button
          variant="primary"
          disabled={!understood}
          onClick={() => {
            setUnderstood(false);
            onUse();
          }}
        >
          {t('recover.last.use')}
        </Button>
        <Button onClick={close}>{t('action.not-now')}</Button>
      </div>
    </Sheet>
  );
}
