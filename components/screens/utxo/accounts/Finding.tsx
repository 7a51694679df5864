import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Header, Lead, Page } from '@/components/ui/Page';
import type { AccountsView } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';

export interface FindingScreenProps {
  /** Of the currency. */
  readonly name: string;
  readonly sync: Pick<AccountsView['sync'], 'asked' | 'found'>;
  readonly onStop: () => void;
  /** It goes on meanwhile. */
  readonly onBack: () => void;
}

/** Addresses are being asked for, one after the other: how far it is. */
export function FindingScreen({ name, sync, onStop, onBack }: FindingScreenProps) {
  return (
    <Page
      place="middle"
      header={
        <Header title={u('accounts.title', { coin: name })} back={{ label: t('action.back'), onPress: onBack }} />
      }
      footer={<Button onClick={onStop}>{u('accounts.finding.stop')}</Button>}
    >
      <div className="grid justify-items-center gap-6 pb-10">
        <Mark size={56} state="joining" label={u('accounts.finding')} />
        <Lead level="section" title={u('accounts.finding')}>
          {u('accounts.finding.text')}
        </Lead>
        <p role="status" className="text-center text-ink-2 text-small tabular-nums">
          {u('accounts.finding.asked', sync)}
        </p>
      </div>
    </Page>
  );
}
