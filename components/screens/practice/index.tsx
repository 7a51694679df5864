import { useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useWallet } from '@/lib/state/use-wallet';
import { SecondDeviceScreen } from './Screen';

export interface SecondDeviceProps {
  readonly providerLabel: string;
  readonly onDone: () => void;
}

export function SecondDevice({ providerLabel, onDone }: SecondDeviceProps) {
  const { call } = useWallet();
  const [code, setCode] = useState<string | null>(null);
  const practised = useAction(async () => {
    await call('backup.practised-elsewhere', {});
    onDone();
  });
  useEffect(() => {
    let gone = false;
    call('backup.compare-code', {}).then(
      (answer) => gone || setCode(answer.code),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call]);
  return (
    <SecondDeviceScreen
      code={code}
      providerLabel={providerLabel}
      error={practised.error}
      onSame={practised.run}
      onBack={onDone}
    />
  );
}
