import { useSlow } from '@/components/hooks/use-time';
import type { ErrorFacts, RecoverStep } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { RecoveringScreen } from './Screen';

export function Recovering({ step, error }: { readonly step: RecoverStep; readonly error: ErrorFacts | null }) {
  const { call } = useWallet();
  return (
    <RecoveringScreen
      step={step}
      slow={useSlow(step)}
      error={error}
      onRetry={() => call('flow.retry', {}).catch(() => undefined)}
      onBack={() => call('flow.back', {}).catch(() => undefined)}
    />
  );
}
