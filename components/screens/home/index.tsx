import { lazy, Suspense, useEffect, useState } from 'react';
import { toWallet } from '@/components/hooks/use-place';
import { accountInUse, accountsOf, canHaveCoins, canSend, walletOf } from '@/components/screens/shared/own-accounts';
import type { ScanPlace } from '@/components/screens/shared/scan-place';
import { useScanPlace } from '@/components/screens/shared/use-scan';
import type { AccountRef, AccountView, Snapshot } from '@/lib/bus/snapshot';
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { useWallet } from '@/lib/state/use-wallet';
import { AccountPage } from '../account';
import { Accounts } from '../accounts';
import { ActivityDetails } from '../activity';
import { answerOf, itemsOf, knownName } from '../activity/items';
import { Backup } from '../backup';
import { Networks } from '../networks';
import { ChooseNetwork } from '../networks/ChooseNetwork';
import { PinCheck } from '../pin-check';
import { Receive } from '../receive';
import { Search } from '../search';
import { SendMoney } from '../send';
import { assetsOf } from '../send/asset';
import { emptyDraft, keptDraft } from '../send/draft';
import type { SendDraft } from '../send/Screen';
import { SettingsPage } from '../settings';
import { ShortcutsSheet } from '../shortcuts/ShortcutsSheet';
import { useShortcuts } from '../shortcuts/use-shortcuts';
import { TaskPage } from '../task';
import { TokenPage } from '../token';
import { Tokens } from '../tokens';
import { ordered } from '../tokens/order';
import { Alarm } from './Alarm';
import { asksOf, type BackupAsks, isSound } from './Asking';
import { HomeScreen } from './Screen';
import { useFreshBalances } from './use-fresh-balances';

/** With the 2,048 words of phrases, which nobody waits for who only looks at home. */
const AddWallet = lazy(() => import('../add-wallet').then((module) => ({ default: module.AddWallet })));

/** Nobody loads it who has none of them. */
const Utxo = lazy(async () => ({ default: (await import('../utxo')).Utxo }));
const CoinRows = lazy(async () => ({ default: (await import('../utxo/CoinRows')).CoinRows }));

/** Where one is behind home. It lives in the window: a popup that opens again starts at home, or in a draft. */
type Place =
  | { readonly page: 'home' | 'receive' | 'settings' | 'networks' | 'tokens' | 'pin-check' | 'backup' | 'alarm' }
  | { readonly page: 'add-wallet' }
  /** Null for the list of all of them. */
  | { readonly page: 'utxo'; readonly coin: CoinId | null }
  | { readonly page: 'send'; readonly draft: SendDraft }
  | { readonly page: 'token'; readonly address: string }
  | { readonly page: 'account'; readonly at: AccountRef }
  | { readonly page: 'activity'; readonly id: string };

export interface HomeProps {
  readonly snapshot: Snapshot;
}

/** The unlocked wallet: home and the pages behind it, with the shortcuts that work on all of them. */
export function Home({ snapshot }: HomeProps) {
  const [asking, setAsking] = useState(false);
  const { call } = useWallet();
  const cover = useCover(snapshot);
  useShortcuts({
    lock: () => call('session.lock', {}).catch(() => undefined),
    hide: cover,
    help: () => setAsking(true),
  });
  return (
    <>
      <Pages key={useHandedOver()} snapshot={snapshot} />
      <ShortcutsSheet open={asking} onClose={() => setAsking(false)} />
    </>
  );
}

/** Rises whenever another window has handed over a form: it goes on from what was kept of it, whatever was open here. */
function useHandedOver(): number {
  const [round, setRound] = useState(0);
  const isHandedOver = useScanPlace()?.handedOver ?? false;
  useEffect(() => {
    if (isHandedOver) setRound((last) => last + 1);
  }, [isHandedOver]);
  return round;
}

/** Covers all amounts, or shows them again. */
function useCover({ settings: { hideAmounts } }: Snapshot): () => void {
  const { call } = useWallet();
  return () => call('settings.change', { hideAmounts: !hideAmounts }).catch(() => undefined);
}

/** More accounts and tokens than one looks over at a glance. */
const CROWD = 8;

const isCrowded = (snapshot: Snapshot): boolean => accountsOf(snapshot).length + snapshot.tokens.length > CROWD;

/** Home, or back in the form that a page was closed over, or that a code is scanned for. */
function firstPlace(snapshot: Snapshot, scanning: ScanPlace | null): Place {
  if (scanning?.coin) return { page: 'utxo', coin: null };
  if (snapshot.networkDraft !== null) return { page: 'networks' };
  const draft = keptDraft(snapshot) ?? (scanning === null ? null : emptyDraft(null));
  return draft === null ? { page: 'home' } : { page: 'send', draft };
}

function Pages({ snapshot }: HomeProps) {
  const scanning = useScanPlace();
  const [place, setPlace] = useState<Place>(() => firstPlace(snapshot, scanning));
  const goHome = () => setPlace({ page: 'home' });
  const isBusy = snapshot.task !== null;
  // What was done ends at home, wherever it was asked for.
  useEffect(() => {
    if (isBusy) setPlace({ page: 'home' });
  }, [isBusy]);
  // A form that was left scans for nothing any more.
  const isLost = scanning !== null && place.page !== 'send' && place.page !== 'utxo';
  useEffect(() => {
    if (isLost) toWallet();
  }, [isLost]);
  if (snapshot.task !== null) return <TaskPage task={snapshot.task} />;
  const account = accountInUse(snapshot);
  if (account === undefined || place.page === 'add-wallet')
    return (
      <Suspense>
        <AddWallet snapshot={snapshot} onBack={account && goHome} onAdded={goHome} />
      </Suspense>
    );
  switch (place.page) {
    case 'home':
      return <Overview snapshot={snapshot} account={account} onPlace={setPlace} />;
    case 'send':
      return <SendMoney snapshot={snapshot} account={account} initial={place.draft} onDone={goHome} />;
    case 'pin-check':
      return (
        snapshot.backup && (
          <PinCheck backup={snapshot.backup} onDone={goHome} onReset={() => setPlace({ page: 'backup' })} />
        )
      );
    case 'utxo':
      return (
        <Suspense>
          <Utxo snapshot={snapshot} coin={place.coin} onBack={goHome} />
        </Suspense>
      );
    case 'alarm':
      return <Alarm code={snapshot.backup?.health?.alarm ?? null} onBack={goHome} />;
    case 'backup':
      return snapshot.backup && <Backup snapshot={snapshot} backup={snapshot.backup} onBack={goHome} />;
    case 'receive':
      return <Receive snapshot={snapshot} account={account} onBack={goHome} />;
    case 'settings':
      return <SettingsPage snapshot={snapshot} onBack={goHome} />;
    case 'networks':
      return <Networks snapshot={snapshot} onBack={goHome} />;
    case 'tokens':
      return <Tokens snapshot={snapshot} onBack={goHome} />;
    case 'token':
      return (
        <TokenPage
          snapshot={snapshot}
          account={account}
          address={place.address}
          onSend={
            canSend(snapshot, account) ? () => setPlace({ page: 'send', draft: emptyDraft(place.address) }) : null
          }
          onReceive={() => setPlace({ page: 'receive' })}
          onBack={goHome}
        />
      );
    case 'account':
      return <AccountPage snapshot={snapshot} at={place.at} onBack={goHome} />;
    case 'activity':
      return <ActivityDetails snapshot={snapshot} account={account} id={place.id} onBack={goHome} />;
    default:
      return place satisfies never;
  }
}

const PAGE_OF = { pin: 'pin-check', alarm: 'alarm' } as const;
/** How what is asked is put away. */
const LATER: {
  readonly [What in BackupAsks['for']]?: 'pin-check.put-off' | 'backup.end-drill-offer' | 'backup.note-change';
} = {
  pin: 'pin-check.put-off',
  practice: 'backup.end-drill-offer',
  changed: 'backup.note-change',
  recovered: 'backup.note-change',
};

interface OverviewProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  readonly onPlace: (place: Place) => void;
}

function Overview({ snapshot, account, onPlace }: OverviewProps) {
  const { call } = useWallet();
  const [choosing, setChoosing] = useState<'account' | 'network' | 'search' | null>(null);
  const close = () => setChoosing(null);
  const cover = useCover(snapshot);
  useFreshBalances();
  const wallet = walletOf(snapshot, account);
  const coins = snapshot.utxo.balances.filter(({ walletId }) => walletId === account.walletId);
  const answer = (asks: BackupAsks) => {
    if (asks.for === 'order') call('task.begin', { purpose: 'withdraw' }).catch(() => undefined);
    else onPlace({ page: asks.for === 'pin' || asks.for === 'alarm' ? PAGE_OF[asks.for] : 'backup' });
  };
  const later = ({ for: what }: BackupAsks) => {
    const message = LATER[what];
    if (message !== undefined) call(message, {}).catch(() => undefined);
  };
  useShortcuts({
    search: () => setChoosing('search'),
    accounts: () => setChoosing('account'),
    settings: () => onPlace({ page: 'settings' }),
  });
  return (
    <>
      <HomeScreen
        account={account}
        network={snapshot.network}
        networkDown={snapshot.networkError !== null}
        backupVerified={isSound(snapshot.backup)}
        assets={ordered(assetsOf(snapshot, account), snapshot.tokenOrder)}
        activity={{
          items: itemsOf(snapshot, account),
          answer: answerOf(snapshot, account),
          network: snapshot.network,
          tokensMissing: snapshot.receivedTokensMissing,
          nameOf: (address) => knownName(snapshot, address),
          onItem: (id) => onPlace({ page: 'activity', id }),
          onAgain: () => call('balances.refresh', {}).catch(() => undefined),
        }}
        foreignTries={snapshot.foreignTries}
        asks={asksOf(snapshot.backup)}
        onAnswer={answer}
        onLater={later}
        prices={snapshot.prices}
        amountsCovered={snapshot.settings.hideAmounts}
        onAccounts={() => setChoosing('account')}
        onSettings={() => onPlace({ page: 'settings' })}
        onSend={canSend(snapshot, account) ? () => onPlace({ page: 'send', draft: emptyDraft(null) }) : null}
        onReceive={() => onPlace({ page: 'receive' })}
        onNetwork={() => setChoosing('network')}
        onToken={(address) => onPlace({ page: 'token', address })}
        onManageTokens={() => onPlace({ page: 'tokens' })}
        coins={
          coins.length > 0 && (
            <Suspense>
              <CoinRows balances={coins} onCoin={(coin) => onPlace({ page: 'utxo', coin })} />
            </Suspense>
          )
        }
        onCoins={wallet === undefined || !canHaveCoins(wallet) ? null : () => onPlace({ page: 'utxo', coin: null })}
        onDismissTries={() => call('foreign-tries.dismiss', {}).catch(() => undefined)}
        onCover={cover}
        onSearch={isCrowded(snapshot) ? () => setChoosing('search') : null}
      />
      <Accounts
        snapshot={snapshot}
        open={choosing === 'account'}
        onClose={close}
        onEdit={(at) => onPlace({ page: 'account', at })}
        onAddWallet={() => onPlace({ page: 'add-wallet' })}
      />
      <ChooseNetwork
        snapshot={snapshot}
        open={choosing === 'network'}
        onManage={() => onPlace({ page: 'networks' })}
        onClose={close}
      />
      <Search
        snapshot={snapshot}
        open={choosing === 'search'}
        onToken={({ address }) => onPlace({ page: 'token', address })}
        onClose={close}
      />
    </>
  );
}
