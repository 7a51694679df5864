import type { ReactNode } from 'react';
import { Row } from '@/components/ui/Card';
import { t } from '@/lib/i18n';
import { AddressLine } from './AddressLine';
import { Amount } from './Amount';
import { Identicon } from './Identicon';

export interface AccountRowProps {
  readonly name: string;
  readonly address: string;
  /** Which picture of the address. */
  readonly avatar?: number | undefined;
  readonly balanceWei: bigint | null;
  /** The network did not answer the last time. */
  readonly networkDown: boolean;
  readonly symbol: string;
  readonly selected: boolean;
  readonly onPress: () => void;
  readonly aside?: ReactNode;
}

/** An account in a list: picture, name, short address, balance, a check if it is the one in use. */
export function AccountRow(props: AccountRowProps) {
  const { name, address, avatar, balanceWei, networkDown, symbol, selected, onPress, aside } = props;
  return (
    <Row
      leading={<Identicon address={address} avatar={avatar} size={32} />}
      title={
        <span className="flex flex-wrap justify-between gap-x-3">
          <span className="min-w-0 break-words">{name}</span>
          <span className="ms-auto">
            <Amount
              wei={balanceWei}
              symbol={symbol}
              unknownLabel={t('home.balance-unknown')}
              silentLabel={networkDown ? t('token.silent') : undefined}
            />
          </span>
        </span>
      }
      detail={<AddressLine address={address} />}
      end={selected ? 'check' : undefined}
      current={selected ? 'true' : undefined}
      onPress={onPress}
      aside={aside}
    />
  );
}
