import { BookOpenCheck, FileUp, GitCommitHorizontal } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { FirmwareComparison, ImageReport } from '@/lib/firmware/compare';
import { reviewOf } from '@/lib/firmware/reviews';
import { t } from '@/lib/i18n';
import type { ChosenFile, FilePlace } from './chosen-file';
import { Hash } from './Hash';

export interface FileCardProps {
  readonly place: FilePlace;
  readonly file: ChosenFile | null;
  readonly comparison: FirmwareComparison | null;
  readonly onChoose: (place: FilePlace, file: File) => void;
}

/** One of the two files: to be chosen or dropped, and what is known of it. */
export function FileCard({ place, file, comparison, onChoose }: FileCardProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const first = files?.[0];
    if (first !== undefined) onChoose(place, first);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const choose = (
    <Button
      size="small"
      icon={<FileUp aria-hidden="true" size={16} />}
      onClick={() => input.current?.click()}
      aria-label={file === null ? undefined : `${t(`firmware.${place}`)}: ${t('firmware.choose.again')}`}
    >
      {t(file === null ? `firmware.choose.${place}` : 'firmware.choose.again')}
    </Button>
  );
  return (
    <section
      aria-label={t(`firmware.${place}`)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classes(
        'grid grid-cols-[minmax(0,1fr)] content-start gap-2 rounded-card border bg-surface p-4.5 shadow-1',
        over ? 'border-accent-text' : 'border-line',
      )}
    >
      <CardHead place={place} comparison={comparison} />
      {file !== null && <FileFacts place={place} file={file} comparison={comparison} action={choose} />}
      {file?.error && <ErrorNote error={file.error} />}
      <input
        ref={input}
        type="file"
        hidden
        data-file={place}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file, chosen again after it was written anew, is another one.
          event.currentTarget.value = '';
        }}
      />
      {file === null && (
        <div className="flex flex-wrap items-center gap-3 py-4">
          {choose}
          <span className="text-ink-3 text-small">{t('firmware.drop')}</span>
        </div>
      )}
    </section>
  );
}

function CardHead({ place, comparison }: Pick<FileCardProps, 'place' | 'comparison'>) {
  const report = comparison?.[place];
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-small">
      <h2 className="font-label text-ink-3 text-tiny">{t(`firmware.${place}`)}</h2>
      {report && <p className="text-ink-2">{place === 'vendor' ? signaturesWord(report) : commitWord(report)}</p>}
    </div>
  );
}

const signaturesWord = ({ signatures }: ImageReport): string => t(`firmware.signatures.${signatures.state}`);
const commitWord = ({ buildId }: ImageReport): string | undefined =>
  buildId && t('firmware.from-commit', { commit: buildId.commit });

interface FileFactsProps extends Pick<FileCardProps, 'place' | 'comparison'> {
  readonly file: ChosenFile;
  readonly action: ReactNode;
}

function FileFacts({ place, file, comparison, action }: FileFactsProps) {
  const report = comparison?.[place];
  const signed =
    report && report.signatures.state !== 'none'
      ? t('firmware.signed', { valid: report.signatures.valid, keys: report.signatures.keyCount })
      : report && t('firmware.unsigned');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p dir="ltr" className="break-all font-semibold text-body rtl:text-end">
            {file.name}
          </p>
          <p className="text-ink-2 text-small">
            {t('firmware.size', { bytes: file.sizeBytes })}
            {signed !== undefined && `, ${signed}`}
          </p>
        </div>
        {action}
      </div>
      {report && (
        <div className="flex flex-wrap items-end justify-between gap-x-3 gap-y-3">
          <div>
            <p className="text-ink-3 text-tiny">{t('firmware.sha256')}</p>
            <Hash value={report.hashes.full} />
          </div>
          {comparison && <Aside place={place} comparison={comparison} />}
        </div>
      )}
    </>
  );
}

function Aside({ place, comparison }: { readonly place: FilePlace; readonly comparison: FirmwareComparison }) {
  const { vendor, built } = comparison;
  if (place === 'vendor') {
    const review = reviewOf(vendor.hashes.full);
    if (review === undefined) return null;
    return (
      <SmallFact icon={<BookOpenCheck aria-hidden="true" size={18} />} title={t('firmware.review.this')}>
        {t('firmware.review.verdict', { verdict: review.verdict })}
      </SmallFact>
    );
  }
  if (vendor.buildId === undefined || built.buildId === undefined) return null;
  const same = vendor.buildId.commit === built.buildId.commit;
  return (
    <SmallFact
      icon={<GitCommitHorizontal aria-hidden="true" size={18} />}
      title={t(same ? 'firmware.commit.same' : 'firmware.commit.other')}
    >
      {t('firmware.commit.read')}
    </SmallFact>
  );
}

interface SmallFactProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

function SmallFact({ icon, title, children }: SmallFactProps) {
  return (
    <div className="flex gap-2">
      <span className="text-ink-2">{icon}</span>
      <p className="text-small">
        <span className="block font-label">{title}</span>
        <span className="block text-ink-2 text-tiny">{children}</span>
      </p>
    </div>
  );
}
