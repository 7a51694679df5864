import { CalendarClock, Check, X } from 'lucide-react';
import { classes } from '@/components/ui/classes';
import type { FirmwareComparison } from '@/lib/firmware/compare';
import { type ChunkMark, chunkMarks } from '@/lib/firmware/report-text';
import { t } from '@/lib/i18n';

const LOOK: Record<ChunkMark, string> = {
  equal: 'border-transparent bg-success-soft text-success',
  explained: 'border-warn bg-warn-soft text-warn',
  unexplained: 'border-danger bg-danger-soft text-danger',
  unused: 'border-line-strong border-dashed text-ink-3',
};

const ICONS = { equal: Check, explained: CalendarClock, unexplained: X, unused: null } as const;
const MARKS: readonly ChunkMark[] = ['equal', 'explained', 'unexplained', 'unused'];

/** Sixteen cells in the order of the image. */
export function Chunks({ comparison }: { readonly comparison: FirmwareComparison }) {
  const marks = chunkMarks(comparison);
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="font-label text-body">{t('firmware.chunks')}</h2>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-small">
          {MARKS.filter((mark) => marks.includes(mark)).map((mark) => (
            <li key={mark} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={classes('size-3.5 rounded-[4px] border', LOOK[mark])} />
              {t(`firmware.chunk.${mark}`)}
            </li>
          ))}
        </ul>
      </div>
      <ol className="grid grid-cols-4 gap-1 sm:grid-cols-8 lg:grid-cols-[repeat(16,minmax(0,1fr))]">
        {marks.map((mark, chunk) => (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is its place
            key={chunk}
            chunk={chunk}
            mark={mark}
          />
        ))}
      </ol>
    </section>
  );
}

function Cell({ chunk, mark }: { readonly chunk: number; readonly mark: ChunkMark }) {
  const Icon = ICONS[mark];
  return (
    <li className={classes('grid min-h-11 place-content-center justify-items-center rounded-small border', LOOK[mark])}>
      <span className="sr-only">{t('firmware.chunk.label', { chunk, state: t(`firmware.chunk.${mark}`) })}</span>
      <span aria-hidden="true" className="text-small tabular-nums">
        {chunk}
      </span>
      {Icon && <Icon aria-hidden="true" size={14} />}
    </li>
  );
}
