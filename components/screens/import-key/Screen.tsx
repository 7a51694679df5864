import { useState } from 'react';
import { duplicateText } from '@/components/screens/shared/wallet-words';
import { Button } from '@/components/ui/Button';
import { SecretField } from '@/components/ui/Field';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface ImportKeyScreenProps {
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onImport: (key: string) => void;
  readonly onBack: () => void;
}

const ADDRESS = /^\s*0x[0-9a-fA-F]{40}\s*$/;

/** Why a key is refused, for the field; undefined for an error that is about something else. */
function reasonOf(error: ErrorFacts | null, key: string): string | undefined {
  if (error?.code !== 'bad-private-key') return duplicateText(error);
  if (ADDRESS.test(key)) return t('import-key.address');
  switch (error.details.reason) {
    case 'digits':
      return t('import-key.digits');
    case 'too-short':
      return t('import-key.too-short');
    case 'too-long':
      return t('import-key.too-long');
    default:
      return t('import-key.range');
  }
}

/** An account from a private key. */
export function ImportKeyScreen({ busy, error, onImport, onBack }: ImportKeyScreenProps) {
  const [key, setKey] = useState('');
  /** What was refused; typing anything else takes the reason away. */
  const [tried, setTried] = useState<string | null>(null);
  const submit = () => {
    if (busy || key.trim() === '') return;
    setTried(key);
    onImport(key);
  };
  const reason = tried === key ? reasonOf(error, key) : undefined;
  const footer = (
    <Button
      type="submit"
      variant="primary"
      disabled={key.trim() === ''}
      busyLabel={busy ? t('import-phrase.adding') : undefined}
    >
      {t('import-key.action')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('import-key.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={submit}
    >
      <div className="grid gap-6 pt-4">
        <Lead title={t('import-key.lead')} level="section">
          {t('import-key.text')}
        </Lead>
        {error !== null && tried === key && reason === undefined && <ErrorNote error={error} />}
        <SecretField
          label={t('import-key.field')}
          value={key}
          onValue={setKey}
          showLabel={t('import-key.show')}
          hideLabel={t('import-key.hide')}
          autoComplete="off"
          autoFocus
          disabled={busy}
          error={reason}
        />
      </div>
    </Page>
  );
}
