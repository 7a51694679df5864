import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, RowList } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { NetworkRow } from '@/components/wallet/NetworkRow';
import type { NetworkView } from '@/lib/bus/networks';
import { t } from '@/lib/i18n';

export interface NetworksScreenProps {
  readonly networks: readonly NetworkView[];
  readonly selectedChainId: number;
  readonly onNetwork: (chainId: number) => void;
  readonly onAdd: () => void;
  readonly onBack: () => void;
}

/** All networks, to be looked after one by one. */
export function NetworksScreen({ networks, selectedChainId, onNetwork, onAdd, onBack }: NetworksScreenProps) {
  const footer = (
    <Button icon={<Plus aria-hidden="true" size={18} />} onClick={onAdd}>
      {t('networks.add')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('networks.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-5">
        {groupsOf(networks).map(({ label, members }) => (
          <Group key={label} label={label}>
            <RowList label={label}>
              {members.map((network) => (
                <NetworkRow
                  key={network.chainId}
                  {...network}
                  ownNode={network.replacedRpcUrl !== null}
                  current={network.chainId === selectedChainId ? 'true' : undefined}
                  end="chevron"
                  onPress={() => onNetwork(network.chainId)}
                />
              ))}
            </RowList>
          </Group>
        ))}
      </div>
    </Page>
  );
}

/** Those with value first, then those that were added, then those for tests; groups without anybody are left out. */
function groupsOf(networks: readonly NetworkView[]) {
  const own = networks.filter(({ custom }) => custom);
  const tests = networks.filter(({ custom, test }) => test && !custom);
  const main = networks.filter(({ custom, test }) => !test && !custom);
  const groups = [
    { label: t('networks.main'), members: main },
    { label: t('networks.own'), members: own },
    { label: t('networks.tests'), members: tests },
  ];
  return groups.filter(({ members }) => members.length > 0);
}
