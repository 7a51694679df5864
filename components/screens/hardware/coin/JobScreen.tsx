import { Usb } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Header, Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { CoinAddressBlock } from '../../utxo/parts/CoinAddress';
import { Recipients } from '../../utxo/send/Recipients';
import { SentAmounts } from '../../utxo/send/SentAmounts';
import { CompareNote, DeviceButtons, DevicePanel, type DevicePanelProps } from '../DevicePanel';

/** What is to be signed, as it is shown. */
export type CoinJob =
  | { readonly kind: 'transaction'; readonly quote: UtxoQuote; readonly symbol: string }
  | { readonly kind: 'message'; readonly address: string; readonly message: string };

/** How far the device is with a transaction. */
export interface CoinProgress {
  readonly step: 'checking' | 'signing';
  readonly done: number;
  readonly total: number;
}

export interface CoinJobScreenProps extends DevicePanelProps {
  /** Null until it is there. */
  readonly job: CoinJob | null;
  readonly progress: CoinProgress | null;
  /** Of fetching it, or of handing in what the device has signed. */
  readonly error: ErrorFacts | null;
  readonly onRefuse: () => void;
}

/** What the device is asked to sign, beside what stands on its screen. */
export function CoinJobScreen(props: CoinJobScreenProps) {
  const { job, progress, error, talk, onRefuse } = props;
  if (error?.code === 'request-gone')
    return (
      <Page header={<Header title={u('device.transaction')} back={{ label: t('action.back'), onPress: onRefuse }} />}>
        <EmptyState icon={<Usb aria-hidden="true" size={22} />} title={u('device.gone')} role="status">
          {u('device.gone.text')}
        </EmptyState>
      </Page>
    );
  return (
    <Page
      body="text"
      header={<Header title={u(job?.kind === 'message' ? 'device.message' : 'device.transaction')} />}
      footer={
        <>
          {job !== null && <DeviceButtons {...props} />}
          {!talk.busy && <Button onClick={onRefuse}>{t('approval.reject')}</Button>}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
        {job === null && error === null && <Spinner />}
        {job !== null && <Facts job={job} />}
        <CompareNote />
        {error !== null && <ErrorNote error={error} />}
        <DevicePanel {...props} />
        {progress !== null && (
          <p role="status" className="text-center text-ink-2 text-small tabular-nums">
            {u(`device.progress.${progress.step}`, progress)}
          </p>
        )}
        <p className="text-center text-ink-2 text-small">{u('device.waits')}</p>
      </div>
    </Page>
  );
}

function Facts({ job }: { readonly job: CoinJob }) {
  if (job.kind === 'message')
    return (
      <Card className="grid gap-3 p-4.5">
        <CoinAddressBlock address={job.address} />
        <pre className="max-h-60 overflow-y-auto whitespace-pre-wrap break-words text-small">{job.message}</pre>
      </Card>
    );
  return (
    <>
      <Recipients quote={job.quote} symbol={job.symbol} />
      <Card className="p-3.5">
        <SentAmounts quote={job.quote} symbol={job.symbol} />
      </Card>
    </>
  );
}
