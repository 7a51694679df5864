import { Copy, FileText, Scale } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Card, Group, Row, RowList } from '@/components/ui/Card';
import { Logo } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';

export interface AboutScreenProps {
  readonly version: string;
  /** SHA-256 of the list of files, in hex; `unknown` in a build without one, null while it is being made. */
  readonly build: string | 'unknown' | null;
  readonly onCopyBuild: () => void;
  readonly onLicence: () => void;
  readonly onNotices: () => void;
  readonly onBack: () => void;
}

type BuildProps = Pick<AboutScreenProps, 'build' | 'onCopyBuild'>;

/** In groups of eight, to be compared by eye, and what it is good for. */
function Build({ build, onCopyBuild }: BuildProps) {
  if (build === 'unknown') return <p className="text-ink-2 text-small">{t('about.build.unknown')}</p>;
  const groups = build?.match(/.{8}/g) ?? Array.from({ length: 8 }, () => '········');
  return (
    <>
      <p
        dir="ltr"
        title={build ?? undefined}
        className="grid grid-cols-[repeat(2,max-content)] gap-x-4 gap-y-0.5 font-mono text-small"
      >
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <span key={place}>{group}</span>
        ))}
      </p>
      <p className="text-ink-2 text-small">{t('about.build.what')}</p>
      <p className="text-ink-2 text-small">{t('about.build.compare')}</p>
      <Button size="small" icon={<Copy aria-hidden="true" size={16} />} disabled={build === null} onClick={onCopyBuild}>
        {t('action.copy')}
      </Button>
    </>
  );
}

/** Which copy this is, how to compare it, and whose work is in it. */
export function AboutScreen({ version, build, onCopyBuild, onLicence, onNotices, onBack }: AboutScreenProps) {
  return (
    <Page header={<Header title={t('about.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid gap-4 pb-4">
        <div className="grid justify-items-center gap-1 py-2">
          <Logo name={t('app.name')} />
          <p className="text-ink-2 text-small tabular-nums">{t('settings.version', { version })}</p>
        </div>
        <Group label={t('about.build')}>
          <Card className="grid gap-3 p-3.5">
            <Build build={build} onCopyBuild={onCopyBuild} />
          </Card>
        </Group>
        <Note tone="neutral" title={t('about.audit')}>
          {t('about.audit.text')}
        </Note>
        <Group label={t('about.open-source')}>
          <RowList>
            <Row
              leading={<Scale aria-hidden="true" size={18} />}
              title={t('about.licence')}
              end="chevron"
              onPress={onLicence}
            />
            <Row
              leading={<FileText aria-hidden="true" size={18} />}
              title={t('about.notices')}
              end="chevron"
              onPress={onNotices}
            />
          </RowList>
        </Group>
      </div>
    </Page>
  );
}
