import { useEffect } from 'react';
import type { BackupView } from '@/lib/bus/backup';
import { StoppedScreen } from '../stopped/Screen';

export interface AlarmProps {
  /** Null once the servers are right again. */
  readonly code: NonNullable<BackupView['health']>['alarm'];
  readonly onBack: () => void;
}

/** What vault and issuer said was refused: a full page, and the wallet goes on behind it. */
export function Alarm({ code, onBack }: AlarmProps) {
  useEffect(() => {
    if (code === null) onBack();
  }, [code, onBack]);
  if (code === null) return null;
  return <StoppedScreen error={{ code, details: {} }} erasing={false} onContinue={onBack} onErase={onBack} />;
}
