import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Lead } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { TabPage } from '@/components/ui/TabPage';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { FirmwareComparison } from '@/lib/firmware/compare';
import { t } from '@/lib/i18n';
import type { ChosenFile, FilePlace } from './chosen-file';
import { FileCard } from './FileCard';
import { ResultDetails } from './ResultDetails';
import { Reviews } from './Reviews';
import { VerdictBanner } from './VerdictBanner';

export interface FirmwareScreenProps {
  readonly vendor: ChosenFile | null;
  readonly built: ChosenFile | null;
  readonly comparing: boolean;
  readonly comparison: FirmwareComparison | null;
  /** Why the two cannot be compared with each other. */
  readonly error: ErrorFacts | null;
  readonly onChoose: (place: FilePlace, file: File) => void;
  readonly onSaveReport: () => void;
  readonly onSaveResults: () => void;
  readonly onWallet: () => void;
  /** What a device says of itself, below the files. */
  readonly device: ReactNode;
}

/** Two files side by side, and what differs. Needs neither a wallet nor a device. */
export function FirmwareScreen(props: FirmwareScreenProps) {
  const { vendor, built, comparing, comparison, error, onChoose, onWallet } = props;
  return (
    <TabPage name={t('app.name')} place={t('firmware.title')} trailing={<StaysHere />}>
      <div className="mx-auto grid w-full max-w-[1100px] grid-cols-[minmax(0,1fr)] gap-4 px-gutter py-5 lg:px-7">
        {comparison === null && (
          <div className="py-4">
            <Lead level="section" title={t('firmware.intro.title')}>
              <p className="mx-auto max-w-[640px]">{t('firmware.intro.text')}</p>
            </Lead>
          </div>
        )}
        {comparison !== null && <VerdictBanner {...props} comparison={comparison} />}
        {error !== null && <ErrorNote error={error} />}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
          <FileCard place="vendor" file={vendor} comparison={comparison} onChoose={onChoose} />
          <FileCard place="built" file={built} comparison={comparison} onChoose={onChoose} />
        </div>
        {comparing && (
          <p role="status" className="flex items-center justify-center gap-2.5 py-6 text-body text-ink-2">
            <Spinner />
            {t('firmware.comparing')}
          </p>
        )}
        {comparison !== null && <ResultDetails comparison={comparison} />}
        {props.device}
        <Reviews />
        <div className="grid justify-items-center">
          <Button variant="quiet" onClick={onWallet}>
            {t('firmware.to-wallet')}
          </Button>
        </div>
      </div>
    </TabPage>
  );
}

function StaysHere() {
  return (
    <p className="flex items-center gap-1.5 text-ink-2 text-small">
      <WifiOff aria-hidden="true" size={16} className="shrink-0" />
      {t('firmware.local')}
    </p>
  );
}
