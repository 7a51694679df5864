import { CalendarClock, Check, Download, FileText, OctagonAlert } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import type { FirmwareComparison, Verdict } from '@/lib/firmware/compare';
import { t } from '@/lib/i18n';

const LOOK = {
  reproducible: { box: 'border-success-line bg-success-soft', icon: 'border-success-line text-success', Icon: Check },
  'build-date-only': { box: 'border-warn-line bg-warn-soft', icon: 'border-warn-line text-warn', Icon: CalendarClock },
  'not-reproducible': {
    box: 'border-danger-line bg-danger-soft',
    icon: 'border-danger-line text-danger',
    Icon: OctagonAlert,
  },
} as const;

function verdictTitle(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'reproducible':
      return t('firmware.verdict.reproducible');
    case 'build-date-only':
      return t('firmware.verdict.build-date-only', { bytes: verdict.bytes });
    case 'not-reproducible':
      return t('firmware.verdict.not-reproducible', { bytes: verdict.unexplainedBytes });
    default:
      return verdict satisfies never;
  }
}

export interface VerdictBannerProps {
  readonly comparison: FirmwareComparison;
  readonly onSaveReport: () => void;
  readonly onSaveResults: () => void;
}

/** The one sentence above the files, and the reports that can be saved. */
export function VerdictBanner({ comparison, onSaveReport, onSaveResults }: VerdictBannerProps) {
  const { kind } = comparison.verdict;
  const { box, icon, Icon } = LOOK[kind];
  return (
    <section
      role="status"
      className={classes('flex flex-wrap items-center gap-4 rounded-card border px-4.5 py-4', box)}
    >
      <span className={classes('grid size-11 shrink-0 place-items-center rounded-full border bg-surface', icon)}>
        <Icon aria-hidden="true" size={22} />
      </span>
      <div className="grid min-w-0 flex-[1_1_18rem] gap-1">
        <h2 className="text-title">{verdictTitle(comparison.verdict)}</h2>
        <p className="max-w-[600px] text-body text-ink-2">{t(`firmware.verdict.${kind}.text`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" icon={<Download aria-hidden="true" size={16} />} onClick={onSaveReport}>
          {t('firmware.save')}
        </Button>
        <Button size="small" icon={<FileText aria-hidden="true" size={16} />} onClick={onSaveResults}>
          {t('firmware.save.results')}
        </Button>
      </div>
    </section>
  );
}
