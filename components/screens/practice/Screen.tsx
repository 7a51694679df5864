import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { TaskView } from '@/lib/bus/task';
import { formats, t } from '@/lib/i18n';

export interface PracticePinScreenProps {
  readonly triesLeft: number | null;
  readonly nextTryAtMs: number | null;
  readonly nowMs: number;
  readonly error: ErrorFacts | null;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
  readonly onLeave: () => void;
}

/** The PIN, as it would be asked on a new device. */
export function PracticePinScreen({ busy, onLeave, ...rest }: PracticePinScreenProps) {
  return (
    <PinEntryPage
      {...rest}
      header={<Header title={t('practice.title')} back={{ label: t('action.back'), onPress: onLeave }} />}
      title={t('recover.title')}
      lead={t('practice.pin')}
      actionLabel={t('practice.action')}
      busyLabel={busy ? t('choose-pin.checking') : undefined}
    />
  );
}

type Drilled = Extract<TaskView, { stage: 'drilled' }>;

export interface PractisedScreenProps extends Omit<Drilled, 'stage'> {
  readonly providerLabel: string;
  readonly address: string;
  readonly onDone: () => void;
}

/** Item by item, in the order of a recovery. */
export function PractisedScreen(props: PractisedScreenProps) {
  const { ms, generation, realmsAnswered, failedTries, providerLabel, address, onDone } = props;
  const footer = (
    <Button variant="primary" onClick={onDone}>
      {t('action.done')}
    </Button>
  );
  return (
    <Page body="text" header={<Header title={t('practice.title')} />} footer={footer}>
      <div className="grid gap-4" aria-live="polite">
        <div className="grid justify-items-center gap-4 pt-2">
          <Mark size={56} state="joined" motion="play" />
          <Lead level="section" title={t('practice.works')}>
            {t('practice.works.text')}
          </Lead>
        </div>
        <Card className="px-3.5">
          <ul>
            <Item name={t('practice.sign-in')} detail={providerLabel} ms={ms.signIn} />
            <Item name={t('practice.servers')} detail={t('practice.servers.detail', { generation })} ms={ms.servers} />
            <Item name={t('halves.pin')} detail={t('practice.pin-right', { failedTries })} />
            <Item
              name={t('halves.realms')}
              detail={t('practice.realms.detail', { count: realmsAnswered })}
              ms={ms.realms}
            />
            <Item name={t('practice.record')} detail={t('practice.record.detail')} ms={ms.record} />
            <Item
              name={t('practice.same')}
              detail={<span dir="ltr" className="font-mono">{`${address.slice(0, 8)}…${address.slice(-6)}`}</span>}
              ms={ms.same}
            />
          </ul>
        </Card>
      </div>
    </Page>
  );
}

interface ItemProps {
  readonly name: string;
  readonly detail: ReactNode;
  readonly ms?: number;
}

function Item({ name, detail, ms }: ItemProps) {
  return (
    <li className="flex min-h-10 items-center gap-3 border-line py-2 not-first:border-t">
      <CircleCheck aria-hidden="true" size={18} className="shrink-0 text-success" />
      <span className="min-w-0 flex-1">
        <span className="font-medium text-body">{name}</span> <span className="text-ink-2 text-small">{detail}</span>
      </span>
      {ms !== undefined && (
        <span className="shrink-0 text-ink-2 text-small tabular-nums">
          {t('practice.seconds', { seconds: formats().number(Math.max(0.1, Math.round(ms / 100) / 10)) })}
        </span>
      )}
    </li>
  );
}

export interface SecondDeviceScreenProps {
  /** Six characters; null while it is computed. */
  readonly code: string | null;
  readonly providerLabel: string;
  readonly error: ErrorFacts | null;
  readonly onSame: () => void;
  readonly onBack: () => void;
}

/** A recovery on another device, and a code by which a person sees that both hold the same wallet. */
export function SecondDeviceScreen({ code, providerLabel, error, onSame, onBack }: SecondDeviceScreenProps) {
  const [different, setDifferent] = useState(false);
  const header = <Header title={t('practice.title')} back={{ label: t('action.back'), onPress: onBack }} />;
  const footer = different ? (
    <Button onClick={() => setDifferent(false)}>{t('practice.look-again')}</Button>
  ) : (
    <>
      <Button variant="primary" disabled={code === null} onClick={onSame}>
        {t('practice.same-code')}
      </Button>
      <Button variant="quiet" onClick={() => setDifferent(true)}>
        {t('practice.other-code')}
      </Button>
    </>
  );
  return (
    <Page body="text" header={header} footer={footer}>
      <div className="grid gap-5 pt-2">
        <Lead level="section" title={t('practice.second')}>
          {t('practice.second.text', { provider: providerLabel })}
        </Lead>
        {error !== null && <ErrorNote error={error} />}
        <Card className="grid justify-items-center gap-1 p-5">
          <span className="text-ink-2 text-small">{t('practice.code')}</span>
          <span dir="ltr" translate="no" data-testid="compare-code" className="font-medium font-mono text-hero">
            {code ?? '···-···'}
          </span>
        </Card>
        {different ? (
          <div role="alert">
            <Note tone="danger" title={t('practice.differs')}>
              {t('practice.differs.text')}
            </Note>
          </div>
        ) : (
          <Note tone="neutral" title={t('practice.where')} />
        )}
      </div>
    </Page>
  );
}
