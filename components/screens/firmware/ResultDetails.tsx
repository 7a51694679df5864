import { Note } from '@/components/ui/Note';
import type { FirmwareComparison } from '@/lib/firmware/compare';
import { t } from '@/lib/i18n';
import { Chunks } from './Chunks';
import { Differences } from './Differences';
import { HeaderTable } from './HeaderTable';

/** What a comparison found, below the files. */
export function ResultDetails({ comparison }: { readonly comparison: FirmwareComparison }) {
  return (
    <>
      <Warnings comparison={comparison} />
      <Chunks comparison={comparison} />
      <Differences key={comparison.built.hashes.full + comparison.vendor.hashes.full} comparison={comparison} />
      <HeaderTable comparison={comparison} />
    </>
  );
}

const places = (offsets: readonly number[]): string => offsets.map((at) => `0x${at.toString(16)}`).join(', ');

/** What is wrong with one of the files, whatever the comparison says. */
function Warnings({ comparison: { vendor, built } }: { readonly comparison: FirmwareComparison }) {
  const reserved = [...new Set([...vendor.reservedOffsets, ...built.reservedOffsets])];
  const stale = [...vendor.chunks, ...built.chunks].filter(({ state }) => state === 'stale');
  return (
    <>
      {vendor.signatures.state !== 'valid' && (
        <Note tone="danger" title={t('firmware.signatures.wrong.title')}>
          {t('firmware.signatures.wrong.text')}
        </Note>
      )}
      {stale.length > 0 && (
        <Note tone="danger" title={t('firmware.stale.title')}>
          {t('firmware.stale.text', { chunks: [...new Set(stale.map(({ chunk }) => chunk))].join(', ') })}
        </Note>
      )}
      {reserved.length > 0 && (
        <Note tone="warn" title={t('firmware.reserved.title')}>
          {t('firmware.reserved.text', { places: places(reserved.slice(0, 16)) })}
        </Note>
      )}
      {!(vendor.fitsFlash && built.fitsFlash) && <Note tone="warn" title={t('firmware.flash.title')} />}
    </>
  );
}
