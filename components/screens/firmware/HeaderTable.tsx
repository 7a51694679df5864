import { Card } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import type { FirmwareComparison, ImageReport } from '@/lib/firmware/compare';
import { headerLines } from '@/lib/firmware/report';
import { t } from '@/lib/i18n';
import { Hash } from './Hash';

const SUMMARY = 'cursor-default rounded-small px-0.5 py-1 font-label text-body';

/** Every field of the header, hashes and signatures of both; closed until somebody wants it. */
export function HeaderTable({ comparison }: { readonly comparison: FirmwareComparison }) {
  const { vendor, built } = comparison;
  return (
    <>
      <details>
        <summary className={SUMMARY}>{t('firmware.header')}</summary>
        <Card className="mt-2 p-4.5">
          <table className="w-full table-fixed text-start text-small">
            <thead>
              <tr className="text-ink-3 text-tiny">
                <td className="w-28" />
                <th className="pb-1 text-start font-label">{t('firmware.theirs')}</th>
                <th className="pb-1 text-start font-label">{t('firmware.yours')}</th>
              </tr>
            </thead>
            <tbody dir="ltr" className="font-mono text-tiny">
              {headerLines(vendor.image, built.image).map((line) => (
                <tr key={line.field} className={classes('align-top', !line.equal && 'text-warn')}>
                  <th className="break-all py-0.5 pe-2 text-start font-normal">{line.field}</th>
                  <td className="break-all py-0.5 pe-3">{shortened(line.vendor)}</td>
                  <td className="break-all py-0.5">{shortened(line.built)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      </details>
      <details>
        <summary className={SUMMARY}>{t('firmware.hashes')}</summary>
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
          <Hashes label={t('firmware.theirs')} report={vendor} />
          <Hashes label={t('firmware.yours')} report={built} />
        </div>
      </details>
    </>
  );
}

/** The 220 reserved bytes are zero, or told above. */
const shortened = (value: string): string => (value.length > 128 ? `${value.slice(0, 16)}…${value.slice(-16)}` : value);

function Hashes({ label, report }: { readonly label: string; readonly report: ImageReport }) {
  return (
    <Card className="grid grid-cols-[minmax(0,1fr)] content-start gap-3 p-4.5">
      <h3 className="font-label text-ink-3 text-tiny">{label}</h3>
      {(['masked', 'code', 'fingerprint'] as const).map((name) => (
        <div key={name}>
          <p className="text-ink-2 text-small">{t(`firmware.hash.${name}`)}</p>
          <Hash value={report.hashes[name]} />
        </div>
      ))}
      <ul className="text-small">
        {report.signatures.slots.map(({ slot, index, state }) => (
          <li key={slot} className="flex justify-between gap-4">
            <span className="text-ink-2">{t('firmware.slot', { slot, index })}</span>
            <span className={state === 'invalid' ? 'text-danger' : undefined}>{t(`firmware.slot.${state}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
