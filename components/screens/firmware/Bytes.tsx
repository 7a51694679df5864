import { ChevronLeft, ChevronRight, CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import type { FirmwareComparison } from '@/lib/firmware/compare';
import { type HexRow, hexRows, ROW_BYTES } from '@/lib/firmware/hex-dump';
import { flashAddress } from '@/lib/firmware/layout';
import { hexAddress } from '@/lib/firmware/report';
import { t } from '@/lib/i18n';
import type { DifferenceGroup } from './groups';

const SHOWN_ROWS = 6;

export interface BytesProps {
  readonly group: DifferenceGroup;
  readonly title: string;
  readonly comparison: FirmwareComparison;
}

/** The bytes of one place, the vendor's above one's own. */
export function Bytes({ group, title, comparison }: BytesProps) {
  const [place, setPlace] = useState(0);
  const range = group.ranges[place] ?? group.ranges[0];
  const [theirs, ours] = [comparison.vendor.image.bytes, comparison.built.image.bytes];
  // A row before it says where one is.
  const around = { start: Math.max(0, range.start - ROW_BYTES), end: range.end };
  const rows = Math.ceil((around.end - around.start + (around.start % ROW_BYTES)) / ROW_BYTES);
  return (
    <Card className="grid grid-cols-[minmax(0,1fr)] gap-2 p-4.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-label text-body">{title}</h3>
        <span dir="ltr" className="font-mono text-ink-2 text-small">
          {t('firmware.flash', { address: `0x${hexAddress(flashAddress(range.start)).slice(2).toUpperCase()}` })}
        </span>
      </div>
      {group.ranges.length > 1 && <Places place={place} places={group.ranges.length} onPlace={setPlace} />}
      <Rows label={t('firmware.theirs')} rows={hexRows(theirs, ours, around, SHOWN_ROWS)} explained={group.explained} />
      <Rows label={t('firmware.yours')} rows={hexRows(ours, theirs, around, SHOWN_ROWS)} explained={group.explained} />
      {rows > SHOWN_ROWS && (
        <p className="text-ink-3 text-small">{t('firmware.rows.more', { rows: rows - SHOWN_ROWS })}</p>
      )}
      <Masked comparison={comparison} />
    </Card>
  );
}

interface PlacesProps {
  readonly place: number;
  readonly places: number;
  readonly onPlace: (place: number) => void;
}

function Places({ place, places, onPlace }: PlacesProps) {
  return (
    <div className="flex items-center gap-1">
      <IconButton label={t('firmware.place.previous')} disabled={place === 0} onClick={() => onPlace(place - 1)}>
        <ChevronLeft aria-hidden="true" size={18} className="rtl:-scale-x-100" />
      </IconButton>
      <span aria-live="polite" className="text-ink-2 text-small tabular-nums">
        {t('firmware.place', { place: place + 1, places })}
      </span>
      <IconButton label={t('firmware.place.next')} disabled={place + 1 >= places} onClick={() => onPlace(place + 1)}>
        <ChevronRight aria-hidden="true" size={18} className="rtl:-scale-x-100" />
      </IconButton>
    </div>
  );
}

interface RowsProps {
  readonly label: string;
  readonly rows: readonly HexRow[];
  readonly explained: boolean;
}

function Rows({ label, rows, explained }: RowsProps) {
  const mark = explained
    ? 'rounded-[4px] bg-warn-soft text-warn font-semibold'
    : 'rounded-[4px] bg-danger-soft text-danger font-semibold';
  const cells = (texts: readonly string[], first: number, row: HexRow, box: string) =>
    texts.slice(first, first + 8).map((text, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
      <span key={at} className={classes(box, row.marked.includes(first + at) && mark)}>
        {text}
      </span>
    ));
  return (
    <div className="grid gap-0.5">
      <h4 className="font-label text-ink-3 text-tiny">{label}</h4>
      <div dir="ltr" className="grid gap-0.5 font-mono text-small">
        {rows.map((row) => (
          <p key={row.offset} className="flex flex-wrap gap-x-4">
            <span className="w-12 text-ink-3">{row.offset.toString(16).padStart(5, '0')}</span>
            <span>{cells(row.hex, 0, row, 'px-[3px]')}</span>
            <span>{cells(row.hex, 8, row, 'px-[3px]')}</span>
            <span className="whitespace-pre">
              {cells(row.ascii, 0, row, '')}
              {cells(row.ascii, 8, row, '')}
            </span>
          </p>
        ))}
      </div>
    </div>
  );
}

function Masked({ comparison: { verdict, vendor } }: { readonly comparison: FirmwareComparison }) {
  const equal = verdict.kind !== 'not-reproducible';
  const words = {
    reproducible: 'firmware.masked.signatures',
    'build-date-only': 'firmware.masked.date',
    'not-reproducible': 'firmware.masked.not',
  } as const;
  const Icon = equal ? CircleCheck : CircleX;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-t pt-3 text-small">
      <Icon aria-hidden="true" size={16} className={classes('shrink-0', equal ? 'text-success' : 'text-danger')} />
      <span className="min-w-0 flex-1">{t(words[verdict.kind])}</span>
      {verdict.kind === 'reproducible' && (
        <span dir="ltr" title={vendor.hashes.masked} className="font-mono text-ink-3">
          {vendor.hashes.masked.slice(0, 8)}…{vendor.hashes.masked.slice(-8)}
        </span>
      )}
    </p>
  );
}
