import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useNowMs } from '@/components/hooks/use-time';
import type { BackupView } from '@/lib/bus/backup';
import { useWallet } from '@/lib/state/use-wallet';
import { KnownScreen, LongAwayScreen, PinCheckScreen } from './Screen';

export interface PinCheckProps {
  readonly backup: BackupView;
  readonly onDone: () => void;
  /** To the backup page, where the PIN is changed. */
  readonly onReset: () => void;
}

/** Whether the PIN is still known. */
export function PinCheck({ backup, onDone, onReset }: PinCheckProps) {
  const { call, sendSecret } = useWallet();
  const [known, setKnown] = useState(false);
  const check = useAction(async (pin: string) => {
    await sendSecret('confirm-pin', pin);
    setKnown(true);
  });
  const nowMs = useNowMs(check.error?.details.nextAtMs ?? null);
  const recovery = useAction(() => call('task.begin', { purpose: 'drill' }));
  if (known) return <KnownScreen nextAtMs={backup.pin.dueAtMs} onDone={onDone} />;
  if (backup.pin.check === 'recovery')
    return <LongAwayScreen busy={recovery.busy} error={recovery.error} onStart={recovery.run} onBack={onDone} />;
  const { error, busy, run: onPin } = check;
  return <PinCheckScreen {...{ error, nowMs, busy, onPin, onReset }} onBack={onDone} />;
}
