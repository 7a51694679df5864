import { useState } from 'react';
import { Card } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import type { FirmwareComparison } from '@/lib/firmware/compare';
import { formats, t } from '@/lib/i18n';
import { Bytes } from './Bytes';
import { type DifferenceGroup, dayOf, firstToShow, groupDifferences, unexplainedBytes } from './groups';

/** On the left what differs, on the right its bytes. */
export function Differences({ comparison }: { readonly comparison: FirmwareComparison }) {
  const groups = groupDifferences(comparison.differences);
  const [chosen, setChosen] = useState(firstToShow(groups));
  const shown = groups.find(({ id }) => id === chosen) ?? groups[0];
  const unexplained = unexplainedBytes(groups);
  return (
    <section
      aria-label={t('firmware.differences')}
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[330px_minmax(0,1fr)]"
    >
      <Card className="grid grid-cols-[minmax(0,1fr)] content-between gap-2 p-1.5">
        <ul className="grid max-h-[420px] grid-cols-[minmax(0,1fr)] gap-1 overflow-y-auto">
          {groups.map((group) => (
            <li key={group.id}>
              <GroupRow
                group={group}
                comparison={comparison}
                current={group.id === shown?.id}
                onChoose={() => setChosen(group.id)}
              />
            </li>
          ))}
        </ul>
        <p className="flex justify-between gap-4 px-3 py-2 font-medium text-body">
          {t('firmware.unexplained')}
          <span className={unexplained === 0 ? 'text-success' : 'text-danger'}>
            {t('firmware.size', { bytes: unexplained })}
          </span>
        </p>
      </Card>
      {shown && <Bytes key={shown.id} group={shown} title={groupTitle(shown)} comparison={comparison} />}
    </section>
  );
}

export function groupTitle({ kind, chunk, field }: DifferenceGroup): string {
  switch (kind) {
    case 'chunk-hash':
    case 'code':
      return t(`firmware.group.${kind}`, { chunk });
    case 'header':
      return `${t('firmware.group.header')}: ${field}`;
    default:
      return t(`firmware.group.${kind}`);
  }
}

function groupDetail(group: DifferenceGroup, { vendor, built }: FirmwareComparison): string {
  switch (group.kind) {
    case 'chunk-hash':
      return t(group.explained ? 'firmware.group.chunk-hash.detail' : 'firmware.group.chunk-hash.wrong');
    case 'build-date':
      return t('firmware.group.build-date.detail', {
        vendor: dayWord(vendor.buildId?.monthDay),
        built: dayWord(built.buildId?.monthDay),
      });
    case 'code':
    case 'header':
      return t('firmware.group.places', { places: group.ranges.length });
    default:
      return t(`firmware.group.${group.kind}.detail`);
  }
}

/** "12 June", or the digits themselves where they are no day. */
function dayWord(monthDay = ''): string {
  const timeMs = dayOf(monthDay, new Date().getFullYear());
  return timeMs === undefined ? monthDay : formats().day(timeMs);
}

interface GroupRowProps {
  readonly group: DifferenceGroup;
  readonly comparison: FirmwareComparison;
  readonly current: boolean;
  readonly onChoose: () => void;
}

function GroupRow({ group, comparison, current, onChoose }: GroupRowProps) {
  const [{ start }] = group.ranges;
  return (
    <button
      type="button"
      aria-current={current}
      onClick={onChoose}
      className={classes(
        'grid w-full gap-0.5 rounded-small border px-3 py-2.5 text-start focus-visible:-outline-offset-2',
        current ? 'border-accent-line bg-accent-soft' : 'border-transparent hover:bg-hover',
      )}
    >
      <span className="flex flex-wrap justify-between gap-x-4">
        <span className="font-medium text-body">{groupTitle(group)}</span>
        <span className={classes('text-small', group.explained ? 'text-ink-2' : 'text-danger')}>
          {t('firmware.size', { bytes: group.differingBytes })}
        </span>
      </span>
      <span className="text-ink-2 text-small">{groupDetail(group, comparison)}</span>
      <span dir="ltr" className="font-mono text-ink-2 text-tiny rtl:text-end">
        0x{start.toString(16).toUpperCase().padStart(5, '0')}
      </span>
    </button>
  );
}
