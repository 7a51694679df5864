import { useSlow } from '@/components/hooks/use-time';
import type { CreateStep, ErrorFacts } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { CreatingScreen } from './Screen';

export function Creating({ step, error }: { readonly step: CreateStep; readonly error: ErrorFacts | null }) {
  const { call } = useWallet();
  return (
    <CreatingScreen
      step={step}
      slow={useSlow(step)}
      error={error}
      onRetry={() => call('flow.retry', {}).catch(() => undefined)}
      onBack={() => call('flow.back', {}).catch(() => undefined)}
    />
  );
}
