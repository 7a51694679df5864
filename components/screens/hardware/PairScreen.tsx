import { Usb } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card, Row, RowList } from '@/components/ui/Card';
import { Header, Lead, Page } from '@/components/ui/Page';
import { AddressBlock, AddressLine } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { Identicon } from '@/components/wallet/Identicon';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { CompareNote, DeviceButtons, DevicePanel, type DevicePanelProps } from './DevicePanel';

/** An account of the device, by its place. */
export interface FoundAccount {
  readonly index: number;
  readonly address: string;
  readonly state: 'here' | 'chosen' | 'left';
}

/** `found`: to choose from, with `more` to look at; `checking`: this address is on the device's screen now. */
export type PairStep =
  | { readonly at: 'connect' }
  | { readonly at: 'found'; readonly accounts: readonly FoundAccount[]; readonly more: boolean }
  | { readonly at: 'checking'; readonly address: string };

export interface PairScreenProps extends DevicePanelProps {
  readonly step: PairStep;
  /** Of adding what was checked. */
  readonly error: ErrorFacts | null;
  readonly onToggle: (index: number) => void;
  readonly onMore: () => void;
  readonly onAdd: () => void;
  readonly onBack: () => void;
}

/** From a device that is plugged in to accounts in the list. */
export function PairScreen(props: PairScreenProps) {
  const { step, error, onBack } = props;
  return (
    <Page
      header={<Header title={t('hardware.pair.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={<Footer {...props} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 pt-4">
        {error !== null && <ErrorNote error={error} />}
        {step.at === 'connect' && <Connect {...props} />}
        {step.at === 'found' && <Found {...props} {...step} />}
        {step.at === 'checking' && <Checking {...props} address={step.address} />}
      </div>
    </Page>
  );
}

function Footer(props: PairScreenProps) {
  const { step, onAdd, onStop } = props;
  if (step.at !== 'found') return <DeviceButtons {...props} />;
  const count = step.accounts.filter(({ state }) => state === 'chosen').length;
  return (
    <>
      <Button variant="primary" disabled={count === 0} onClick={onAdd}>
        {t('hardware.accounts.add', { count: Math.max(1, count) })}
      </Button>
      <Button onClick={onStop}>{t('action.cancel')}</Button>
    </>
  );
}

function Connect(props: PairScreenProps) {
  // What the device waits for has the page for itself.
  if (props.talk.wants !== null) return <DevicePanel {...props} />;
  return (
    <>
      <div className="grid justify-items-center gap-4 pt-4 text-ink-2">
        <Usb aria-hidden="true" size={48} strokeWidth={1.25} />
        <Lead title={t('hardware.pair.lead')} level="section">
          {t('hardware.pair.text')}
        </Lead>
      </div>
      <DevicePanel {...props} />
    </>
  );
}

type FoundProps = Pick<PairScreenProps, 'onToggle' | 'onMore'> & Extract<PairStep, { at: 'found' }>;

function Found({ accounts, more, onToggle, onMore }: FoundProps) {
  return (
    <>
      <Lead title={t('hardware.accounts.title')} level="section">
        {t('hardware.accounts.text')}
      </Lead>
      <RowList>
        {accounts.map(({ index, address, state }) => (
          <Row
            key={index}
            leading={<Identicon address={address} size={32} />}
            title={<AddressLine address={address} />}
            detail={state === 'here' ? t('hardware.accounts.here') : t('hardware.accounts.place', { place: index + 1 })}
            end={state === 'left' ? undefined : 'check'}
            current={state === 'chosen' ? 'true' : undefined}
            disabled={state === 'here'}
            onPress={() => onToggle(index)}
          />
        ))}
      </RowList>
      {more && (
        <Button size="small" onClick={onMore}>
          {t('hardware.accounts.more')}
        </Button>
      )}
    </>
  );
}

function Checking(props: PairScreenProps & { readonly address: string }) {
  return (
    <>
      <Card className="grid justify-items-center gap-3 p-4.5">
        <Identicon address={props.address} size={36} />
        <AddressBlock address={props.address} />
      </Card>
      <CompareNote />
      <DevicePanel {...props} />
    </>
  );
}
