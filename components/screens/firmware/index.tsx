import { lazy, Suspense, useEffect, useState } from 'react';
import { asWalletError } from '@/lib/errors';
import { compareFirmware, type FirmwareComparison } from '@/lib/firmware/compare';
import { checkFileSize, type FirmwareImage, parseImage } from '@/lib/firmware/image';
import { reportText, resultsYaml } from '@/lib/firmware/report-text';
import { VENDOR_KEYS } from '@/lib/firmware/vendor-keys';
import { usePageHost } from '@/lib/state/page-host';
import type { ChosenFile, FilePlace } from './chosen-file';
import { FirmwareScreen } from './Screen';
import { saveText } from './save-text';

/** Loaded with this page and with no other: nothing else of the wallet's pages speaks to devices. */
const DeviceReport = lazy(async () => ({ default: (await import('../hardware')).DeviceReport }));

interface ReadFile extends ChosenFile {
  readonly image: FirmwareImage | null;
}

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** Its size is looked at before it is read. */
async function readFile(file: File): Promise<ReadFile> {
  const { name, size: sizeBytes } = file;
  try {
    checkFileSize(sizeBytes);
    return { name, sizeBytes, error: null, image: parseImage(new Uint8Array(await file.arrayBuffer())) };
  } catch (error) {
    return { name, sizeBytes, error: asWalletError(error), image: null };
  }
}

type Outcome = { readonly comparison: FirmwareComparison } | { readonly error: unknown };

/** The comparison of two images, once both are there; what comes of images that were exchanged is dropped. */
function useComparison(vendor: FirmwareImage | null, built: FirmwareImage | null): Outcome | null {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    setOutcome(null);
    if (vendor === null || built === null) return undefined;
    let wanted = true;
    const tell = (next: Outcome) => wanted && setOutcome(next);
    compareFirmware(vendor, built, { digest, keys: VENDOR_KEYS }).then(
      (comparison) => tell({ comparison }),
      (error: unknown) => tell({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [vendor, built]);
  return outcome;
}

export interface FirmwareCheckProps {
  readonly onWallet: () => void;
}

export function FirmwareCheck({ onWallet }: FirmwareCheckProps) {
  const { version } = usePageHost();
  const [files, setFiles] = useState<Record<FilePlace, ReadFile | null>>({ vendor: null, built: null });
  const { vendor, built } = files;
  const outcome = useComparison(vendor?.image ?? null, built?.image ?? null);
  const comparison = outcome && 'comparison' in outcome ? outcome.comparison : null;
  const names = { vendor: vendor?.name ?? '', built: built?.name ?? '' };
  const choose = async (place: FilePlace, file: File) => {
    const read = await readFile(file);
    setFiles((before) => ({ ...before, [place]: read }));
  };
  const saveReport = () => {
    if (comparison) saveText('firmware-report.txt', `${reportText(comparison, names).join('\n')}\n`);
  };
  const saveResults = () => {
    if (comparison)
      saveText('COMPARISON_RESULTS.yaml', resultsYaml(comparison, { nowMs: Date.now(), version, files: names }));
  };
  return (
    <FirmwareScreen
      vendor={vendor}
      built={built}
      comparing={Boolean(vendor?.image && built?.image) && outcome === null}
      comparison={comparison}
      error={outcome && 'error' in outcome ? asWalletError(outcome.error) : null}
      onChoose={choose}
      onSaveReport={saveReport}
      onSaveResults={saveResults}
      onWallet={onWallet}
      device={
        <Suspense>
          <DeviceReport image={vendor?.image ?? null} />
        </Suspense>
      }
    />
  );
}
