import { EyeOff } from 'lucide-react';
import { Row, type RowProps } from '@/components/ui/Card';
import { Pill } from '@/components/ui/Pill';
import { t } from '@/lib/i18n';
import { NetworkIcon } from './NetworkIcon';

export interface NetworkRowProps extends Pick<RowProps, 'end' | 'current' | 'onPress'> {
  readonly chainId: number;
  readonly name: string;
  readonly symbol: string;
  readonly test: boolean;
  readonly hidden: boolean;
  /** Another node stands in for the build's. */
  readonly ownNode: boolean;
}

/** A network in a list, with what is special about it. */
export function NetworkRow({ chainId, name, symbol, test, hidden, ownNode, ...row }: NetworkRowProps) {
  return (
    <Row
      {...row}
      leading={<NetworkIcon chainId={chainId} name={name} size={32} />}
      title={
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {name}
          {test && (
            <Pill tone="warn" size="row">
              {t('networks.test')}
            </Pill>
          )}
        </span>
      }
      detail={
        <>
          <bdi>{t('networks.unit', { symbol, chainId })}</bdi>
          {ownNode && ` · ${t('networks.replaced')}`}
        </>
      }
      trailing={
        hidden ? (
          <span className="inline-flex items-center gap-1.5">
            <EyeOff aria-hidden="true" size={14} /> {t('networks.hidden')}
          </span>
        ) : undefined
      }
    />
  );
}
