import { ShieldCheck } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState, Skeleton } from '@/components/ui/EmptyState';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import type { AllowanceView } from '@/lib/bus/allowances';
import { formats, t } from '@/lib/i18n';
import { hostOf } from '../approval/Frame';
import { assetName, partyName } from '../approval/facts-text';
import { whatText } from './what';

/** What one network's node has said. */
export interface NetworkAllowances {
  readonly chainId: number;
  readonly name: string;
  readonly answer: 'asking' | 'unreachable' | readonly AllowanceView[];
}

export interface AllowancesScreenProps {
  readonly accountName: string;
  readonly networks: readonly NetworkAllowances[];
  /** That are being ended, by `keyOf`: their transactions are under way. */
  readonly ending: ReadonlySet<string>;
  /** Null where the key is not here. */
  readonly onAllowance: ((allowance: AllowanceView) => void) | null;
  readonly onAgain: (chainId: number) => void;
  readonly onBack: () => void;
}

export const keyOf = ({ place }: AllowanceView): string => JSON.stringify(place);

/** What others may take of one account, network by network. */
export function AllowancesScreen(props: AllowancesScreenProps) {
  const { accountName, networks, onAllowance, onBack } = props;
  const isEmpty = networks.every(({ answer }) => typeof answer !== 'string' && answer.length === 0);
  return (
    <Page
      body={isEmpty ? 'text' : 'controls'}
      header={<Header title={t('allowances.title')} back={{ label: t('action.back'), onPress: onBack }} />}
    >
      <p className="pb-4 text-ink-2 text-small">{t('allowances.text', { name: accountName })}</p>
      {onAllowance === null && (
        <div className="pb-5">
          <Note tone="neutral" title={t('allowances.watched')} />
        </div>
      )}
      {isEmpty ? (
        <EmptyState role="status" icon={<ShieldCheck aria-hidden="true" size={28} />} title={t('allowances.empty')} />
      ) : (
        <div className="grid gap-5">
          {networks.map((network) => (
            <OnNetwork key={network.chainId} {...props} network={network} />
          ))}
        </div>
      )}
    </Page>
  );
}

interface OnNetworkProps extends AllowancesScreenProps {
  readonly network: NetworkAllowances;
}

/** A network where there is nothing has no heading either. */
function OnNetwork({ network: { chainId, name, answer }, ending, onAllowance, onAgain }: OnNetworkProps) {
  if (answer === 'asking') {
    return (
      <Group label={name}>
        <Skeleton className="h-14 w-full rounded-card" />
      </Group>
    );
  }
  if (answer === 'unreachable') {
    return (
      <Group label={name}>
        <Note tone="warn" title={t('allowances.unreachable', { network: name })} />
        <Button size="small" onClick={() => onAgain(chainId)}>
          {t('action.try-again')}
        </Button>
      </Group>
    );
  }
  if (answer.length === 0) return null;
  return (
    <Group label={name}>
      <RowList label={name}>
        {answer.map((allowance) => {
          const isEnding = ending.has(keyOf(allowance));
          const mayPress = onAllowance !== null && !isEnding;
          return (
            <Row
              key={keyOf(allowance)}
              leading={
                <TokenIcon
                  symbol={assetName(allowance.amount.asset)}
                  token={allowance.amount.asset.address}
                  size={32}
                />
              }
              title={<span className="[overflow-wrap:anywhere]">{whatText(allowance)}</span>}
              detail={<span className="[overflow-wrap:anywhere]">{detailOf(allowance)}</span>}
              trailing={isEnding ? t('allowances.ending') : undefined}
              end={mayPress ? 'chevron' : undefined}
              onPress={mayPress ? () => onAllowance(allowance) : undefined}
            />
          );
        })}
      </RowList>
    </Group>
  );
}

/** Who, until when, and for which site it was. */
function detailOf({ spender, untilMs, granted }: AllowanceView): string {
  const parts = [partyName(spender)];
  if (untilMs !== null) parts.push(t('allowances.until', { day: formats().day(untilMs) }));
  if (granted !== null) parts.push(t('allowances.for', { site: hostOf(granted.origin) }));
  return parts.join(' · ');
}
