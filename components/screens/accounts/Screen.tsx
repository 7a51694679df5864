import { PencilLine, Plus } from 'lucide-react';
import { refOf, sameAccount } from '@/components/screens/shared/own-accounts';
import { walletName } from '@/components/screens/shared/wallet-words';
import { Button, IconButton } from '@/components/ui/Button';
import { Group, RowList } from '@/components/ui/Card';
import { Sheet } from '@/components/ui/Sheet';
import { AccountRow } from '@/components/wallet/AccountRow';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { ETHER } from '@/components/wallet/units';
import type { AccountRef, AccountView, ErrorFacts, ProviderView, WalletView } from '@/lib/bus/snapshot';
import { amountWithUnit, t } from '@/lib/i18n';

export interface AccountsSheetProps {
  readonly open: boolean;
  readonly wallets: readonly WalletView[];
  readonly selected: AccountRef | null;
  readonly symbol: string;
  /** The network did not answer the last time. */
  readonly networkDown: boolean;
  /** Who keeps the sign-in of the keyless wallet; undefined if it is not known. */
  readonly provider: ProviderView | undefined;
  /** The wallet that an account is being added to. */
  readonly addingTo: string | null;
  readonly error: ErrorFacts | null;
  readonly onClose: () => void;
  readonly onSelect: (account: AccountRef) => void;
  readonly onAdd: (walletId: string) => void;
  readonly onEdit: (account: AccountRef) => void;
  readonly onAddWallet: () => void;
}

/** The sum over all accounts that are one's own, or null while one of them is not known. */
function total(wallets: readonly WalletView[]): bigint | null {
  let sum = 0n;
  for (const { type, accounts } of wallets) {
    if (type === 'watch') continue;
    for (const { balance } of accounts) {
      if (balance === null) return null;
      sum += BigInt(balance.wei);
    }
  }
  return sum;
}

/** All accounts of all wallets: choose one, add one, edit one. */
export function AccountsSheet(props: AccountsSheetProps) {
  const { open, wallets, symbol, error, onClose, onAddWallet } = props;
  const sum = total(wallets);
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('accounts.title')}
      aside={
        sum !== null && (
          <bdi className="text-ink-2 text-small tabular-nums">
            {t('accounts.in-all', { amount: amountWithUnit(sum, symbol, ETHER) })}
          </bdi>
        )
      }
    >
      {wallets.map((wallet) => (
        <WalletGroup key={wallet.id} wallet={wallet} {...props} />
      ))}
      {error !== null && <ErrorNote error={error} />}
      <Button icon={<Plus aria-hidden="true" size={18} />} onClick={onAddWallet}>
        {t('accounts.add-wallet')}
      </Button>
    </Sheet>
  );
}

interface WalletGroupProps extends AccountsSheetProps {
  readonly wallet: WalletView;
}

function WalletGroup({ wallet, wallets, provider, addingTo, onAdd, ...rest }: WalletGroupProps) {
  const name = walletName(wallet, wallets, provider);
  const canGrow = wallet.type !== 'private-key' && wallet.type !== 'watch';
  const add = canGrow && (
    <IconButton
      label={t('accounts.add-to', { wallet: name })}
      disabled={addingTo !== null}
      onClick={() => onAdd(wallet.id)}
      className="-my-2 self-center"
    >
      <Plus aria-hidden="true" size={18} />
    </IconButton>
  );
  return (
    <Group label={name} aside={add}>
      <RowList>
        {wallet.accounts.map((account) => (
          <OneAccount key={account.index} account={account} {...rest} />
        ))}
      </RowList>
    </Group>
  );
}

type Shared = 'selected' | 'symbol' | 'networkDown' | 'onSelect' | 'onEdit';

interface OneAccountProps extends Pick<AccountsSheetProps, Shared> {
  readonly account: AccountView;
}

function OneAccount({ account, selected, symbol, networkDown, onSelect, onEdit }: OneAccountProps) {
  const { name, address, avatar, balance } = account;
  return (
    <AccountRow
      name={name}
      address={address}
      avatar={avatar}
      balanceWei={balance === null ? null : BigInt(balance.wei)}
      symbol={symbol}
      networkDown={networkDown}
      selected={selected !== null && sameAccount(selected, account)}
      onPress={() => onSelect(refOf(account))}
      aside={
        <IconButton label={t('accounts.edit', { name })} onClick={() => onEdit(refOf(account))} className="me-1">
          <PencilLine aria-hidden="true" size={16} />
        </IconButton>
      }
    />
  );
}
