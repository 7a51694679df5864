import { ArrowDownAZ, Coins, Plus, Wallet } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Header, Page } from '@/components/ui/Page';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { Switch } from '@/components/ui/Switch';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import type { TokenOrder, TokenView } from '@/lib/bus/networks';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface TokensScreenProps {
  readonly networkName: string;
  /** Of this network, those that are hidden too. */
  readonly tokens: readonly TokenView[];
  readonly order: TokenOrder;
  readonly error: ErrorFacts | null;
  readonly onOrder: (order: TokenOrder) => void;
  readonly onVisible: (address: string, visible: boolean) => void;
  readonly onAdd: () => void;
  readonly onBack: () => void;
}

/** Which tokens of a network are shown, and in which order. */
export function TokensScreen(props: TokensScreenProps) {
  const { tokens, order, error, onOrder, onAdd, onBack } = props;
  const footer = (
    <Button icon={<Plus aria-hidden="true" size={18} />} onClick={onAdd}>
      {t('tokens.add')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('tokens.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-5">
        {error !== null && <ErrorNote error={error} />}
        <Group label={t('tokens.order')}>
          <SegmentedControl<TokenOrder>
            label={t('tokens.order')}
            value={order}
            onValue={onOrder}
            segments={[
              {
                value: 'held-first',
                label: t('tokens.order.held-first'),
                icon: <Wallet aria-hidden="true" size={16} />,
              },
              {
                value: 'by-name',
                label: t('tokens.order.by-name'),
                icon: <ArrowDownAZ aria-hidden="true" size={16} />,
              },
            ]}
          />
        </Group>
        {tokens.length === 0 ? (
          <EmptyState icon={<Coins aria-hidden="true" size={22} />} title={t('tokens.empty')}>
            {t('tokens.empty.text')}
          </EmptyState>
        ) : (
          <Shown {...props} />
        )}
      </div>
    </Page>
  );
}

function Shown({ networkName, tokens, onVisible }: TokensScreenProps) {
  return (
    <Group label={t('tokens.on', { network: networkName })}>
      <RowList label={t('tokens.on', { network: networkName })}>
        {tokens.map(({ address, symbol, name, listed, hidden }) => (
          <Row
            key={address}
            leading={<TokenIcon symbol={symbol} token={address} size={32} />}
            title={symbol}
            detail={listed ? name : `${name} · ${t('tokens.own')}`}
            trailing={
              <Switch
                label={t('tokens.show', { symbol })}
                checked={!hidden}
                onChecked={(visible) => onVisible(address, visible)}
              />
            }
          />
        ))}
      </RowList>
    </Group>
  );
}
