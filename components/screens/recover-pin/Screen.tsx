import { PinEntryPage } from '@/components/screens/shared/PinEntryPage';
import { WrongTriesNote } from '@/components/screens/shared/WrongTriesNote';
import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ProviderGlyph } from '@/components/wallet/ProviderGlyph';
import type { ErrorFacts, ProviderView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface RecoverPinScreenProps {
  readonly provider: Pick<ProviderView, 'label' | 'kind'>;
  readonly madeAtMs: number;
  readonly triesLeft: number | null;
  readonly nextTryAtMs: number | null;
  readonly nowMs: number;
  /** Wrong PINs of before this device tried one. */
  readonly wrongTries: { readonly count: number; readonly lastAtMs: number | null } | null;
  readonly error: ErrorFacts | null;
  readonly busy: boolean;
  readonly onPin: (pin: string) => void;
  /** To what is left without PIN and device. */
  readonly onForgot: () => void;
  readonly onBack: () => void;
}

/** A backup was found: its PIN. */
export function RecoverPinScreen(props: RecoverPinScreenProps) {
  const { provider, madeAtMs, wrongTries, busy, onForgot, onBack, ...rest } = props;
  const back = { label: t('action.back'), onPress: onBack };
  const header = <Header title={t('recover.header')} back={back} />;
  if (props.triesLeft === 0 || props.error?.code === 'pin-used-up')
    return <UsedUp onStartOver={onForgot} onBack={onBack} />;
  return (
    <PinEntryPage
      {...rest}
      header={header}
      title={t('recover.title')}
      actionLabel={t('recover.action')}
      note={<WrongTriesNote tries={wrongTries} />}
      below={
        <Button variant="quiet" onClick={onForgot}>
          {t('start-over.forgot')}
        </Button>
      }
      busyLabel={busy ? t('choose-pin.checking') : undefined}
      lead={
        <span className="inline-flex items-center gap-2">
          <ProviderGlyph kind={provider.kind} size={16} />
          {t('recover.found', { madeAtMs })}
        </span>
      }
    />
  );
}

/** No tries left: what it means, and what can still be done. */
function UsedUp({ onStartOver, onBack }: { readonly onStartOver: () => void; readonly onBack: () => void }) {
  const footer = (
    <>
      <Button onClick={onBack}>{t('action.start-again')}</Button>
      <Button variant="quiet" onClick={onStartOver}>
        {t('start-over.title')}
      </Button>
    </>
  );
  return (
    <Page body="text" header={<Header title={t('recover.header')} />} footer={footer}>
      <div className="grid justify-items-center gap-6 pt-6">
        <Mark size={72} />
        <Lead level="section" title={t('recover.used-up.title')}>
          {t('recover.used-up.text')}
        </Lead>
        <div className="grid gap-3">
          <Note tone="neutral" title={t('recover.used-up.device')} />
          <Note tone="danger" title={t('recover.used-up.else')} />
        </div>
      </div>
    </Page>
  );
}
