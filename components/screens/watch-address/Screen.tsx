import { useState } from 'react';
import { duplicateText } from '@/components/screens/shared/wallet-words';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { addressProblem } from '../send/send-errors';

interface Named {
  readonly name: string;
}

export interface WatchAddressScreenProps {
  /** The network that is looked at: an address of another chain is told from it. */
  readonly network: Named;
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onWatch: (address: string) => void;
  readonly onBack: () => void;
}

function reasonOf(error: ErrorFacts | null, typed: string, network: Named): string | undefined {
  if (error?.code === 'bad-address') return addressProblem(error.details, typed, network);
  if (error?.code === 'wallet-duplicate' && error.details.reason === 'watch') return t('duplicate.watch-again');
  return duplicateText(error);
}

/** An account without its key. */
export function WatchAddressScreen({ network, busy, error, onWatch, onBack }: WatchAddressScreenProps) {
  const [address, setAddress] = useState('');
  const [tried, setTried] = useState<string | null>(null);
  const submit = () => {
    if (busy || address.trim() === '') return;
    setTried(address);
    onWatch(address.trim());
  };
  const reason = tried === address ? reasonOf(error, address, network) : undefined;
  return (
    <Page
      header={<Header title={t('watch.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={
        <Button
          type="submit"
          variant="primary"
          disabled={address.trim() === ''}
          busyLabel={busy ? t('watch.action') : undefined}
        >
          {t('watch.action')}
        </Button>
      }
      onSubmit={submit}
    >
      <div className="grid gap-6 pt-4">
        <Lead title={t('watch.lead')} level="section">
          {t('watch.text')}
        </Lead>
        {error !== null && tried === address && reason === undefined && <ErrorNote error={error} />}
        <Field
          label={t('watch.field')}
          value={address}
          onValue={setAddress}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          dir="ltr"
          className="font-mono"
          placeholder="0x"
          error={reason}
        />
      </div>
    </Page>
  );
}
