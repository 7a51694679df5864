import { CircleAlert, Cpu } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { DeviceFacts } from '@/lib/hardware/types';
import { t } from '@/lib/i18n';

/** What a device said of itself. */
export interface DeviceSays {
  readonly facts: DeviceFacts;
  /** Its hash of the flash beside that of the vendor's file; `not-asked` without a file. */
  readonly flash: 'same' | 'other' | 'unknown' | 'not-asked';
}

export interface DeviceReportScreenProps {
  /** Null where this browser reaches no USB devices. */
  readonly onUsb: (() => void) | null;
  readonly onBridge: () => void;
  readonly asking: boolean;
  readonly says: DeviceSays | null;
  readonly error: ErrorFacts | null;
}

/** A device beside the files. All that it says is its own report: the firmware that is being asked computes it. */
export function DeviceReportScreen({ onUsb, onBridge, asking, says, error }: DeviceReportScreenProps) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 className="font-label text-body">{t('device-report.title')}</h2>
      <p className="text-ink-2 text-small">{t('device-report.text')}</p>
      <Card className="grid grid-cols-[minmax(0,1fr)] gap-3 p-4.5">
        {says !== null && <Says says={says} />}
        {error !== null && <ErrorNote error={error} />}
        {onUsb === null && <p className="text-ink-2 text-small">{t('device-report.no-usb')}</p>}
        <div className="flex flex-wrap items-center gap-2">
          {onUsb !== null && (
            <Button
              size="small"
              icon={<Cpu aria-hidden="true" size={16} />}
              busyLabel={asking ? t('device-report.asking') : undefined}
              onClick={onUsb}
            >
              {t(says === null ? 'device-report.ask' : 'device-report.ask-again')}
            </Button>
          )}
          <Button size="small" disabled={asking} onClick={onBridge}>
            {t('device-report.bridge')}
          </Button>
        </div>
      </Card>
    </section>
  );
}

function Says({ says: { facts, flash } }: { readonly says: DeviceSays }) {
  const rows = [
    ['device-report.serial', facts.serial],
    ['device-report.version', facts.version],
    ['device-report.build', facts.buildId],
    ['device-report.commit', facts.revision],
    ['device-report.bootloader', facts.bootloader],
  ] as const;
  return (
    <div role="status" className="grid gap-3">
      {flash !== 'not-asked' && (
        <div className="flex gap-2">
          <span className={flash === 'other' ? 'text-warn' : 'text-ink-2'}>
            {flash === 'other' ? <CircleAlert aria-hidden="true" size={18} /> : <Cpu aria-hidden="true" size={18} />}
          </span>
          <p className="text-small">
            <span className="block font-label">{t(`device-report.flash.${flash}`)}</span>
            <span className="block text-ink-2 text-tiny">{t('device-report.no-proof')}</span>
          </p>
        </div>
      )}
      <dl className="grid max-w-[520px] gap-1.5">
        {rows.map(([key, value]) =>
          value === undefined ? null : (
            <Fact key={key} label={t(key)}>
              <span dir="ltr" className="break-all font-mono">
                {value}
              </span>
            </Fact>
          ),
        )}
      </dl>
    </div>
  );
}
