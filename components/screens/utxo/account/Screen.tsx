import { ArrowDownLeft, ArrowUpRight, ChevronDown, Ellipsis, Server } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { Tabs } from '@/components/ui/Tabs';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { AccountView, CoinView } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { HistoryList, type HistoryListProps } from '../history/List';
import { coinAmount } from '../parts/amounts';
import { Balance } from '../parts/Balance';
import { CoinIcon } from '../parts/CoinIcon';
import { Refused } from '../parts/Refused';
import { ServerLies } from '../parts/ServerLies';
import { UtxoList, type UtxoListProps } from '../utxos/Screen';

export interface CoinAccountScreenProps {
  readonly coin: Pick<CoinView, 'coin' | 'name' | 'symbol'>;
  /** Of the account. */
  readonly name: string;
  /** Null while nobody has told. */
  readonly balance: AccountView['balance'];
  /** When it was last told; null before. */
  readonly asOfMs: number | null;
  readonly silent: boolean;
  /** What the server did not say truly; null where it did. */
  readonly lie: ErrorFacts | null;
  readonly error: ErrorFacts | null;
  readonly history: HistoryListProps;
  readonly utxos: UtxoListProps;
  /** Null where the key is not here. */
  readonly onSend: (() => void) | null;
  readonly onReceive: () => void;
  readonly onAccounts: () => void;
  readonly onTools: () => void;
  readonly onServer: () => void;
  readonly onBack: () => void;
}

/** One account of a currency: what is in it, what happened, coin by coin, and what can be done with it. */
export function CoinAccountScreen(props: CoinAccountScreenProps) {
  const { coin, silent, lie, error, history, utxos, onSend, onReceive, onTools, onServer, onBack } = props;
  const header = (
    <Header
      title={coin.name}
      back={{ label: t('action.back'), onPress: onBack }}
      trailing={
        <IconButton label={u('account.more')} onClick={onTools}>
          <Ellipsis aria-hidden="true" size={18} />
        </IconButton>
      }
    />
  );
  return (
    <Page bleed header={header}>
      <div className="grid gap-5 px-gutter pt-1 pb-3">
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
        {onSend === null && <Note tone="neutral" title={u('account.watch-only')} />}
        {error !== null && <Refused coin={coin.coin} error={error} />}
        {lie !== null && <ServerLies coin={coin.coin} error={lie} />}
        {lie === null && silent && <Note tone="neutral" title={u('server.silent')} />}
        {(lie !== null || silent) && (
          <Button size="small" icon={<Server aria-hidden="true" size={16} />} onClick={onServer}>
            {u('server.other')}
          </Button>
        )}
      </div>
      <Tabs
        label={u('account.lists')}
        initial="history"
        tabs={[
          { value: 'history', label: u('account.history'), content: <HistoryList {...history} /> },
          { value: 'coins', label: u('account.coins'), content: <UtxoList {...utxos} /> },
        ]}
      />
    </Page>
  );
}

function Total({ coin: { coin, symbol }, name, balance, asOfMs, silent, onAccounts }: CoinAccountScreenProps) {
  const held = balance === null ? 0n : BigInt(balance.confirmed) - BigInt(balance.spendable);
  return (
    <div className="grid justify-items-center gap-1.5 text-center" aria-live="polite">
      <CoinIcon coin={coin} size={36} />
      <Balance
        look="display"
        units={balance?.confirmed ?? null}
        symbol={symbol}
        silentLabel={silent ? t('token.silent') : undefined}
      />
      {balance !== null && balance.pending !== '0' && (
        <p className="text-accent-text text-small">
          {u('account.waiting', { amount: coinAmount(balance.pending, symbol) })}
        </p>
      )}
      {held > 0n && (
        <p className="text-ink-2 text-small">{u('account.held', { amount: coinAmount(String(held), symbol) })}</p>
      )}
      {silent && asOfMs !== null && <p className="text-ink-2 text-small">{u('account.as-of', { atMs: asOfMs })}</p>}
      <button
        type="button"
        aria-label={u('account.switch', { name })}
        onClick={onAccounts}
        className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full border border-line bg-surface px-3 font-label text-small shadow-1 hover:bg-hover"
      >
        {name}
        <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-ink-2" />
      </button>
    </div>
  );
}
