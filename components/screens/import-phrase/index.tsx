import { useSecretAction } from '@/components/hooks/use-secret-action';
import { secretText } from '@/lib/bus/wallet-secrets';
import { ImportPhraseScreen } from './Screen';

export interface ImportPhraseProps {
  readonly onAdded: () => void;
  readonly onBack: () => void;
}

export function ImportPhrase({ onAdded, onBack }: ImportPhraseProps) {
  const { run, busy, error } = useSecretAction('import-phrase', onAdded);
  return (
    <ImportPhraseScreen
      busy={busy}
      error={error}
      onImport={(words, passphrase) => run(secretText({ words, passphrase }))}
      onBack={onBack}
    />
  );
}
