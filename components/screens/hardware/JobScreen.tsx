import { Button } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { DeviceJobView, ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { TypedHashes, type TypedHashesProps } from '../approval/TypedHashes';
import { CompareNote, DeviceButtons, DevicePanel, type DevicePanelProps } from './DevicePanel';

/** What is signed, in words, as the device shows it. */
export interface JobFacts {
  readonly account: string;
  readonly network: string;
  /** With its unit; null where nothing is sent. */
  readonly amount: string | null;
  /** Null where a contract is made, undefined where nobody gets anything. */
  readonly to: string | null | undefined;
  readonly fee: string | null;
  readonly dataBytes: number;
  /** As text. */
  readonly message: string | null;
  /** Of typed data, in hex. */
  readonly hashes: TypedHashesProps | null;
}

export interface JobScreenProps extends DevicePanelProps {
  readonly kind: DeviceJobView['kind'];
  /** Null until it is there. */
  readonly facts: JobFacts | null;
  /** Of handing in what the device has signed. */
  readonly error: ErrorFacts | null;
  readonly onRefuse: () => void;
}

/** What the device is asked to sign, beside what stands on its screen. */
export function JobScreen(props: JobScreenProps) {
  const { kind, facts, error, talk, onRefuse } = props;
  return (
    <Page
      body="text"
      header={<Header title={t(`hardware.job.${kind}`)} />}
      footer={
        <>
          {facts !== null && <DeviceButtons {...props} />}
          {!talk.busy && <Button onClick={onRefuse}>{t('approval.reject')}</Button>}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
        {facts === null ? <Spinner /> : <Facts facts={facts} />}
        <CompareNote />
        {error !== null && <ErrorNote error={error} />}
        <DevicePanel {...props} />
        <p className="text-center text-ink-2 text-small">{t('hardware.job.keep-open')}</p>
      </div>
    </Page>
  );
}

function Facts({ facts }: { readonly facts: JobFacts }) {
  const { amount, to, fee, dataBytes, message, hashes } = facts;
  return (
    <Card className="grid gap-3 p-4.5">
      {amount !== null && (
        <p className="text-center font-semibold text-heading tabular-nums">
          <bdi>{amount}</bdi>
        </p>
      )}
      {to !== undefined && (
        <div className="grid gap-1">
          <span className="text-ink-2 text-small">{t('hardware.job.to')}</span>
          {to === null ? t('hardware.job.new-contract') : <AddressBlock address={to} />}
        </div>
      )}
      {message !== null && (
        <pre className="max-h-60 overflow-y-auto whitespace-pre-wrap break-words text-small">{message}</pre>
      )}
      {hashes !== null && <TypedHashes {...hashes} />}
      <dl className="grid gap-1 border-line border-t pt-2.5">
        <Fact label={t('hardware.job.account')}>{facts.account}</Fact>
        <Fact label={t('hardware.job.network')}>{facts.network}</Fact>
        {fee !== null && (
          <Fact label={t('hardware.job.fee')}>
            <bdi>{fee}</bdi>
          </Fact>
        )}
        {dataBytes > 0 && <Fact label={t('hardware.job.data')}>{t('hardware.job.bytes', { count: dataBytes })}</Fact>}
      </dl>
    </Card>
  );
}
