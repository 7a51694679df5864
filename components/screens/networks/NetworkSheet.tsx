import { Settings2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { RowList } from '@/components/ui/Card';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { NetworkRow } from '@/components/wallet/NetworkRow';
import type { NetworkView } from '@/lib/bus/networks';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface NetworkSheetProps {
  readonly open: boolean;
  readonly networks: readonly NetworkView[];
  readonly selectedChainId: number;
  readonly error: ErrorFacts | null;
  readonly onSelect: (chainId: number) => void;
  readonly onManage: () => void;
  readonly onClose: () => void;
}

/** Which network is looked at: those that are shown. */
export function NetworkSheet(props: NetworkSheetProps) {
  const { open, networks, selectedChainId, error, onSelect, onManage, onClose } = props;
  return (
    <Sheet open={open} onClose={onClose} title={t('networks.choose')}>
      <RowList label={t('networks.choose')}>
        {networks
          .filter(({ hidden }) => !hidden)
          .map((network) => (
            <NetworkRow
              key={network.chainId}
              {...network}
              ownNode={network.replacedRpcUrl !== null}
              end={network.chainId === selectedChainId ? 'check' : undefined}
              current={network.chainId === selectedChainId ? 'true' : undefined}
              onPress={() => onSelect(network.chainId)}
            />
          ))}
      </RowList>
      {error !== null && <ErrorNote error={error} />}
      <Button icon={<Settings2 aria-hidden="true" size={18} />} onClick={onManage}>
        {t('networks.manage')}
      </Button>
    </Sheet>
  );
}
