import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { ImportKey } from '../import-key';
import { ImportPhrase } from '../import-phrase';
import { NewPhrase } from '../new-phrase';
import { UnlockSettings } from '../unlock-settings';
import { WatchAddress } from '../watch-address';
import { AddWalletScreen, UnlockFirstScreen, type WayIn } from './Screen';

export interface AddWalletProps {
  readonly snapshot: Snapshot;
  /** Undefined where there is no wallet to go back to. */
  readonly onBack: (() => void) | undefined;
  readonly onAdded: () => void;
}

/** The way that was chosen, or the lock that must be chosen before it. */
type Place = Exclude<WayIn, 'keyless' | 'hardware'> | 'list' | 'lock' | 'unlock-settings';

export function AddWallet({ snapshot, onBack, onAdded }: AddWalletProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const { openPlace } = usePageHost();
  const [place, setPlace] = useState<Place>('list');
  const offerKeyless = useAction(() => call('flow.offer-keyless', {}));
  const sealed = snapshot.unlock.methods.some((method) => method !== 'pin');
  const toList = () => setPlace('list');
  const choose = (way: WayIn) => {
    if (way === 'keyless') return offerKeyless.run();
    if (way !== 'watch' && !sealed) return setPlace('lock');
    return way === 'hardware' ? openPlace('hardware') : setPlace(way);
  };
  const added = () => {
    show(t('add-wallet.added'));
    onAdded();
  };
  switch (place) {
    case 'list':
      return (
        <AddWalletScreen
          first={snapshot.wallets.length === 0}
          keylessOffered={snapshot.wallets.every(({ type }) => type !== 'keyless')}
          error={offerKeyless.error}
          onChoose={choose}
          onBack={onBack}
        />
      );
    case 'lock':
      return <UnlockFirstScreen onChoose={() => setPlace('unlock-settings')} onBack={toList} />;
    case 'unlock-settings':
      return <UnlockSettings snapshot={snapshot} onBack={toList} />;
    case 'phrase':
      return <ImportPhrase onAdded={added} onBack={toList} />;
    case 'key':
      return <ImportKey onAdded={added} onBack={toList} />;
    case 'watch':
      return <WatchAddress network={snapshot.network} onAdded={added} onBack={toList} />;
    case 'new-phrase':
      return <NewPhrase onAdded={added} onBack={toList} />;
    default:
      return place satisfies never;
  }
}
