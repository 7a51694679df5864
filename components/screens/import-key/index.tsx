import { useSecretAction } from '@/components/hooks/use-secret-action';
import { ImportKeyScreen } from './Screen';

export interface ImportKeyProps {
  readonly onAdded: () => void;
  readonly onBack: () => void;
}

export function ImportKey({ onAdded, onBack }: ImportKeyProps) {
  const { run, busy, error } = useSecretAction('import-private-key', onAdded);
  return <ImportKeyScreen busy={busy} error={error} onImport={run} onBack={onBack} />;
}
