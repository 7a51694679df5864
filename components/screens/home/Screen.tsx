import { ArrowDownLeft, ArrowUpRight, Bitcoin, ChevronDown, Eye, EyeOff, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Page } from '@/components/ui/Page';
import { Tabs } from '@/components/ui/Tabs';
import { Amount } from '@/components/wallet/Amount';
import { Identicon } from '@/components/wallet/Identicon';
import { NetworkButton } from '@/components/wallet/NetworkButton';
import { Value } from '@/components/wallet/Value';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { assetKey } from '@/lib/chains/asset-key';
import { t } from '@/lib/i18n';
import { pendingCount } from '../activity/items';
import { ActivityList, type ActivityListProps } from '../activity/List';
import type { Asset } from '../send/asset';
import { TokenList } from '../tokens/TokenList';
import { Asking, type AskingProps, type BackupAsks } from './Asking';

export interface HomeScreenProps {
  readonly account: AccountView;
  readonly network: Snapshot['network'];
  /** The network did not answer the last time. */
  readonly networkDown: boolean;
  readonly backupVerified: boolean;
  /** What this account has on the network, the network's own unit first. */
  readonly assets: readonly Asset[];
  /** Of this account on this network. */
  readonly activity: ActivityListProps;
  readonly foreignTries: Snapshot['foreignTries'];
  /** What the backup wants of its owner. */
  readonly asks: BackupAsks | null;
  readonly onAnswer: AskingProps['onAnswer'];
  readonly onLater: AskingProps['onLater'];
  /** Null while values are not wanted. */
  readonly prices: Snapshot['prices'];
  readonly amountsCovered: boolean;
  readonly onAccounts: () => void;
  readonly onSettings: () => void;
  /** Null where only the address is known. */
  readonly onSend: (() => void) | null;
  readonly onReceive: () => void;
  readonly onNetwork: () => void;
  /** @param address of a token's contract */
  readonly onToken: (address: string) => void;
  readonly onManageTokens: () => void;
  /** Rows of what the wallet has of Bitcoin and its relatives; null where it has none. */
  readonly coins: ReactNode;
  /** Null where the wallet cannot have any. */
  readonly onCoins: (() => void) | null;
  readonly onDismissTries: () => void;
  /** Covers all amounts, or shows them again. */
  readonly onCover: () => void;
  /** Null where there is too little to search in. */
  readonly onSearch: (() => void) | null;
}

/** One account: what is in it, and the two things that are done with it. */
export function HomeScreen(props: HomeScreenProps) {
  const { activity, networkDown, foreignTries, onSend, onReceive, onDismissTries } = props;
  return (
    <Page bleed header={<Bar {...props} />}>
      <div className="grid gap-5 px-gutter pt-2.5 pb-3">
        <Total {...props} />
        <ButtonPair>
          {onSend !== null && (
            <Button
              variant="primary"
              icon={<ArrowUpRight aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
              onClick={onSend}
            >
              {t('home.send')}
            </Button>
          )}
          <Button
            icon={<ArrowDownLeft aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
            onClick={onReceive}
          >
            {t('home.receive')}
          </Button>
        </ButtonPair>
        {onSend === null && (
          <Note tone="neutral" title={t('home.watched')}>
            {t('home.watched.text')}
          </Note>
        )}
        {networkDown && (
          <Note tone="neutral" title={t('home.network-down')}>
            {t('home.network-down.text')}
          </Note>
        )}
        {props.asks !== null && <Asking asks={props.asks} onAnswer={props.onAnswer} onLater={props.onLater} />}
        {foreignTries !== null && (
          <div className="grid gap-2">
            <Note tone="warn" title={t('home.foreign-tries', { count: foreignTries.count })}>
              {t('home.foreign-tries.text', { lastAtMs: foreignTries.lastAtMs })}
            </Note>
            <Button size="small" onClick={onDismissTries}>
              {t('home.foreign-tries.dismiss')}
            </Button>
          </div>
        )}
      </div>
      <Tabs
        label={t('home.lists')}
        initial="tokens"
        tabs={[
          {
            value: 'tokens',
            label: t('home.tokens'),
            content: <Assets {...props} />,
          },
          {
            value: 'activity',
            label: t('home.activity'),
            count: pendingCount(activity.items),
            content: <ActivityList {...activity} />,
          },
        ]}
      />
    </Page>
  );
}

function Assets(props: HomeScreenProps) {
  const { coins, onManageTokens, onCoins } = props;
  return (
    <>
      <TokenList {...props} onManage={onManageTokens} />
      {onCoins !== null && (
        <RowList ground="bare" label={t('home.coins')}>
          {coins}
          <Row
            leading={<Bitcoin aria-hidden="true" size={18} />}
            title={t('home.coins')}
            end="chevron"
            onPress={onCoins}
          />
        </RowList>
      )}
    </>
  );
}

type BarProps = Pick<
  HomeScreenProps,
  'account' | 'backupVerified' | 'amountsCovered' | 'onAccounts' | 'onCover' | 'onSearch' | 'onSettings'
>;

function Bar({ account, backupVerified, amountsCovered, onAccounts, onCover, onSearch, onSettings }: BarProps) {
  return (
    <header className="flex min-h-14 items-center justify-between gap-2 ps-gutter pe-2">
      <h1 className="min-w-0 flex-1">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={t('home.account-menu', { name: account.name })}
          onClick={onAccounts}
          className="-ms-2 inline-flex min-h-10 max-w-full items-center gap-2 rounded-small px-2 font-semibold text-button hover:bg-hover"
        >
          <Identicon address={account.address} avatar={account.avatar} size={26} />
          <span className="min-w-0 break-words text-start">{account.name}</span>
          <ChevronDown aria-hidden="true" size={16} className="shrink-0 text-ink-2" />
        </button>
      </h1>
      <span className="flex items-center">
        {backupVerified && (
          <span className="relative grid size-10 place-items-center" title={t('home.backup-good')}>
            <Mark size={20} state="joined" label={t('home.backup-good')} />
            <span className="absolute end-2 bottom-2 size-2.5 rounded-full border-2 border-bg bg-success" />
          </span>
        )}
        {onSearch !== null && (
          <IconButton label={t('search.title')} onClick={onSearch}>
            <Search aria-hidden="true" size={18} />
          </IconButton>
        )}
        <IconButton label={t(amountsCovered ? 'home.show-amounts' : 'home.hide-amounts')} onClick={onCover}>
          {amountsCovered ? <Eye aria-hidden="true" size={18} /> : <EyeOff aria-hidden="true" size={18} />}
        </IconButton>
        <IconButton label={t('home.settings')} onClick={onSettings}>
          <Settings aria-hidden="true" size={18} />
        </IconButton>
      </span>
    </header>
  );
}

type TotalProps = Pick<HomeScreenProps, 'account' | 'network' | 'networkDown' | 'prices' | 'onNetwork'>;

function Total({ account, network, networkDown, prices, onNetwork }: TotalProps) {
  const { balance } = account;
  const wei = balance === null ? null : BigInt(balance.wei);
  return (
    <div className="grid justify-items-center gap-1 py-1 text-center" aria-live="polite">
      <Amount
        look="display"
        wei={wei}
        symbol={network.symbol}
        unknownLabel={t('home.balance-unknown')}
        silentLabel={networkDown ? t('token.silent') : undefined}
      />
      <Value amount={wei} decimals={network.decimals} asset={assetKey(network.chainId, null)} prices={prices} />
      {networkDown && balance !== null && (
        <p className="text-ink-2 text-small">{t('home.balance-age', { asOfMs: balance.asOfMs })}</p>
      )}
      <NetworkButton network={network} onPress={onNetwork} />
    </div>
  );
}
