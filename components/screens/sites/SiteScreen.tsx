import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { Pill } from '@/components/ui/Pill';
import { Switch } from '@/components/ui/Switch';
import { AddressLine } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { Identicon } from '@/components/wallet/Identicon';
import { NetworkRow } from '@/components/wallet/NetworkRow';
import type { NetworkView } from '@/lib/bus/networks';
import type { SiteView } from '@/lib/bus/sites';
import type { AccountView, ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { hostOf } from '../approval/Frame';

export interface SiteScreenProps {
  readonly site: SiteView;
  /** Those that can be shown to it. */
  readonly accounts: readonly AccountView[];
  readonly networks: readonly NetworkView[];
  readonly error: ErrorFacts | null;
  readonly onUse: (address: string) => void;
  readonly onShown: (address: string, shown: boolean) => void;
  readonly onNetwork: (chainId: number) => void;
  readonly onName: (name: 'own' | 'metamask') => void;
  readonly onDisconnect: () => void;
  readonly onBack: () => void;
}

/** What one site may see, and the end of it. */
export function SiteScreen(props: SiteScreenProps) {
  const { site, error, onName, onDisconnect, onBack } = props;
  const footer = (
    <>
      <p className="text-ink-2 text-small">{t('sites.disconnect.text')}</p>
      <Button variant="risky" onClick={onDisconnect}>
        {t('sites.disconnect')}
      </Button>
    </>
  );
  return (
    <Page
      header={<Header title={hostOf(site.origin)} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-5">
        {error !== null && <ErrorNote error={error} />}
        <SeenAccounts {...props} />
        <SiteNetworks {...props} />
        <Group label={t('sites.name')}>
          <RowList>
            <Row
              title={t('sites.as-metamask')}
              detail={t('sites.as-metamask.text')}
              aside={
                <span className="px-3.5">
                  <Switch
                    label={t('sites.as-metamask')}
                    checked={site.asMetaMask}
                    onChecked={(on) => onName(on ? 'metamask' : 'own')}
                  />
                </span>
              }
            />
          </RowList>
        </Group>
      </div>
    </Page>
  );
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function SeenAccounts({ site, accounts, onUse, onShown }: SiteScreenProps) {
  return (
    <Group label={t('sites.may-see')}>
      <RowList label={t('sites.may-see')}>
        {accounts.map(({ address, name, avatar }) => {
          const place = site.accounts.findIndex((one) => same(one, address));
          const isLast = place >= 0 && site.accounts.length === 1;
          return (
            <Row
              key={address}
              leading={<Identicon address={address} avatar={avatar} size={32} />}
              title={place === 0 ? <NameInUse name={name} /> : name}
              detail={<AddressLine address={address} />}
              current={place === 0 ? 'true' : undefined}
              onPress={place > 0 ? () => onUse(address) : undefined}
              aside={
                !isLast && (
                  <span className="px-3.5">
                    <Switch
                      label={t('sites.show', { name })}
                      checked={place >= 0}
                      onChecked={(shown) => onShown(address, shown)}
                    />
                  </span>
                )
              }
            />
          );
        })}
      </RowList>
    </Group>
  );
}

function NameInUse({ name }: { readonly name: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {name}
      <Pill tone="accent" size="row">
        {t('sites.in-use')}
      </Pill>
    </span>
  );
}

function SiteNetworks({ site, networks, onNetwork }: SiteScreenProps) {
  return (
    <Group label={t('sites.network')}>
      <RowList label={t('sites.network')}>
        {networks
          .filter(({ hidden, chainId }) => !hidden || chainId === site.chainId)
          .map((network) => (
            <NetworkRow
              key={network.chainId}
              {...network}
              ownNode={network.replacedRpcUrl !== null}
              end={network.chainId === site.chainId ? 'check' : undefined}
              current={network.chainId === site.chainId ? 'true' : undefined}
              onPress={() => onNetwork(network.chainId)}
            />
          ))}
      </RowList>
    </Group>
  );
}
