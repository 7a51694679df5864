import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { type CodeFailure, readFrame, readPicture, type Scanned } from '@/lib/scan/codes';
import { type PictureFailure, withPicture } from './picture';
import { ScanScreen } from './Screen';
import { useCamera } from './use-camera';
import { useGiven } from './use-given';

export interface ScanProps {
  /** Why a text cannot be paid from where this was opened, as sentences; null for one that can. */
  readonly problemOf: (text: string) => Promise<string | null>;
  /** A code was read; the camera is off. */
  readonly onText: (text: string) => void;
  readonly onBack: () => void;
}

type Failure = CodeFailure | PictureFailure;

/** Reads one QR code, by the camera or from a picture. */
export function Scan({ problemOf, onText, onBack }: ScanProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const refused = useRef<string>(undefined);
  const done = useRef(false);
  const fail = (failure: Failure) => setProblem(failureText(failure));
  const take = async (scanned: Scanned) => {
    if ('failure' in scanned) return fail(scanned.failure);
    const why = await problemOf(scanned.text);
    if (done.current) return;
    refused.current = scanned.text;
    if (why !== null) return setProblem(why);
    done.current = true;
    camera.stop();
    onText(scanned.text);
  };
  const camera = useCamera(async (frame) => {
    const scanned = await readFrame(frame);
    // Most frames show none yet, and one that was refused is still held there.
    const isNews = 'text' in scanned ? scanned.text !== refused.current : scanned.failure !== 'none';
    if (isNews) await take(scanned);
  });
  const look = async (file: File | undefined) => {
    if (file === undefined) return fail('not-a-picture');
    setReading(true);
    setProblem(null);
    try {
      const scanned = await withPicture(file, readPicture);
      if (typeof scanned === 'string') fail(scanned);
      else await take(scanned);
    } finally {
      setReading(false);
    }
  };
  useGiven((file) => void look(file));
  // What is still being read when the page is left leads nowhere.
  useEffect(() => {
    done.current = false;
    return () => {
      done.current = true;
    };
  }, []);
  return (
    <ScanScreen
      video={camera.video}
      camera={camera.state}
      reading={reading}
      problem={problem}
      onCamera={() => {
        refused.current = undefined;
        setProblem(null);
        camera.start();
      }}
      onStop={camera.stop}
      onPicture={(file) => void look(file)}
      onBack={onBack}
    />
  );
}

function failureText(failure: Failure): string {
  return failure === 'too-long' ? t('scan.not-payment') : t(`scan.${failure}`);
}
