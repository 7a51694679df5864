import { SearchX } from 'lucide-react';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Field } from '@/components/ui/Field';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export type TokenView = Snapshot['tokens'][number];

export interface SearchSheetProps {
  readonly open: boolean;
  readonly query: string;
  readonly accounts: readonly AccountView[];
  /** Of the network that is looked at. */
  readonly tokens: readonly TokenView[];
  readonly onQuery: (query: string) => void;
  readonly onAccount: (account: AccountView) => void;
  readonly onToken: (token: TokenView) => void;
  readonly onClose: () => void;
}

/** One field over all accounts and tokens. */
export function SearchSheet({ open, query, onQuery, onClose, ...found }: SearchSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title={t('search.title')} first="field">
      <Field
        label={t('search.field')}
        labelPlace="hidden"
        placeholder={t('search.field')}
        value={query}
        onValue={onQuery}
        autoComplete="off"
        spellCheck={false}
      />
      <div aria-live="polite" className="grid min-h-24 content-start gap-3">
        <Found query={query} {...found} />
      </div>
    </Sheet>
  );
}

function Found({
  query,
  accounts,
  tokens,
  onAccount,
  onToken,
}: Omit<SearchSheetProps, 'open' | 'onQuery' | 'onClose'>) {
  if (query.trim() === '') return null;
  if (accounts.length + tokens.length === 0)
    return <EmptyState icon={<SearchX aria-hidden="true" size={22} />} title={t('search.nothing')} />;
  return (
    <>
      {accounts.length > 0 && (
        <Group label={t('accounts.title')}>
          <RowList label={t('accounts.title')}>
            {accounts.map((account) => (
              <Row
                key={`${account.walletId} ${account.index}`}
                leading={<Identicon address={account.address} avatar={account.avatar} size={32} />}
                title={account.name}
                detail={<AddressLine address={account.address} />}
                onPress={() => onAccount(account)}
              />
            ))}
          </RowList>
        </Group>
      )}
      {tokens.length > 0 && (
        <Group label={t('home.tokens')}>
          <RowList label={t('home.tokens')}>
            {tokens.map((token) => (
              <Row
                key={token.address}
                leading={<TokenIcon symbol={token.symbol} token={token.address} size={32} />}
                title={token.symbol}
                detail={token.name}
                end="chevron"
                onPress={() => onToken(token)}
              />
            ))}
          </RowList>
        </Group>
      )}
    </>
  );
}
