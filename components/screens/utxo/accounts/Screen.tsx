import { GitFork, Plus, Search } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { Pill } from '@/components/ui/Pill';
import { Sheet } from '@/components/ui/Sheet';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { AccountView, CoinView } from '@/lib/bus/utxo/shapes';
import { COINS, type Purpose } from '@/lib/chains/utxo/coins';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { sumOf } from '../parts/amounts';
import { Balance } from '../parts/Balance';
import { CoinIcon } from '../parts/CoinIcon';
import { Refused } from '../parts/Refused';
import { accountName, kindName, kindReason } from './kind';

export interface CoinAccountsScreenProps {
  readonly coin: Pick<CoinView, 'coin' | 'name' | 'symbol'>;
  readonly walletName: string;
  readonly accounts: readonly AccountView[];
  readonly selected: string | null;
  readonly error: ErrorFacts | null;
  readonly silent: boolean;
  /** The keys of its accounts are on a device. */
  readonly onDevice: boolean;
  /** @param account its key */
  readonly onSelect: (account: string) => void;
  readonly onAdd: () => void;
  readonly onFind: () => void;
  /** Null for a currency that has not split off, or where it was done. */
  readonly onBeforeSplit: (() => void) | null;
  readonly onBack: () => void;
}

/** The accounts of a currency in one wallet, by the kind of their addresses. */
export function CoinAccountsScreen(props: CoinAccountsScreenProps) {
  const { coin, accounts, error, onDevice, onAdd, onFind, onBeforeSplit, onBack } = props;
  const { name } = coin;
  const footer = (
    <Button icon={<Plus aria-hidden="true" size={18} />} onClick={onAdd}>
      {u('accounts.add')}
    </Button>
  );
  return (
    <Page
      header={
        <Header title={u('accounts.title', { coin: name })} back={{ label: t('action.back'), onPress: onBack }} />
      }
      footer={footer}
    >
      <div className="grid gap-5">
        {error !== null && <Refused coin={coin.coin} error={error} />}
        {accounts.length > 0 && <List {...props} />}
        <RowList>
          <Row
            leading={<Search aria-hidden="true" size={18} />}
            title={u(accounts.length === 0 && onDevice ? 'device.accounts' : 'accounts.find')}
            end="chevron"
            onPress={onFind}
          />
          {onBeforeSplit !== null && (
            <Row
              leading={<GitFork aria-hidden="true" size={18} />}
              title={u('accounts.split', { coin: name, from: COINS.btc.name })}
              detail={u('accounts.split.text', { from: COINS.btc.name })}
              end="chevron"
              onPress={onBeforeSplit}
            />
          )}
        </RowList>
      </div>
    </Page>
  );
}

function List(props: CoinAccountsScreenProps) {
  const { walletName, accounts } = props;
  return (
    <Group label={walletName}>
      <RowList label={walletName}>
        {accounts.map((account) => (
          <OneAccount key={account.account} {...props} account={account} />
        ))}
      </RowList>
    </Group>
  );
}

type OneAccountProps = CoinAccountsScreenProps & { readonly account: AccountView };

function OneAccount({ coin, account, selected, silent, onSelect }: OneAccountProps) {
  const { account: key, purpose, beforeSplit, balance } = account;
  return (
    <Row
      leading={<CoinIcon coin={coin.coin} size={28} />}
      title={
        <span className="flex flex-wrap justify-between gap-x-3">
          <bdi>{accountName(account)}</bdi>
          <span className="ms-auto">
            <Balance
              units={balance && sumOf(balance)}
              symbol={coin.symbol}
              silentLabel={silent ? t('token.silent') : undefined}
            />
          </span>
        </span>
      }
      detail={
        <>
          {kindReason(coin.coin, purpose)}
          {beforeSplit && (
            <Pill tone="neutral" size="row">
              {u('accounts.split.mark', { from: COINS.btc.name })}
            </Pill>
          )}
        </>
      }
      end={key === selected ? 'check' : undefined}
      current={key === selected ? 'true' : undefined}
      onPress={() => onSelect(key)}
    />
  );
}

export interface AddCoinAccountSheetProps {
  readonly coin: CoinView;
  readonly adding: boolean;
  readonly error: ErrorFacts | null;
  readonly onAdd: (purpose: Purpose) => void;
  readonly onClose: () => void;
}

/** Which kind of addresses a further account has. */
export function AddCoinAccountSheet({ coin, adding, error, onAdd, onClose }: AddCoinAccountSheetProps) {
  return (
    <Sheet open onClose={onClose} title={u('accounts.add.title')} description={u('accounts.add.text')}>
      {error !== null && <Refused coin={coin.coin} error={error} />}
      <RowList label={u('accounts.add.title')}>
        {coin.addressTypes.map(({ purpose }) => (
          <Row
            key={purpose}
            title={kindName(purpose)}
            detail={kindReason(coin.coin, purpose)}
            disabled={adding}
            end="chevron"
            onPress={() => onAdd(purpose)}
          />
        ))}
      </RowList>
    </Sheet>
  );
}
