import { HandCoins, Plug } from 'lucide-react';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Header, Page } from '@/components/ui/Page';
import type { SiteView } from '@/lib/bus/sites';
import { t } from '@/lib/i18n';
import { hostOf } from '../approval/Frame';

export interface SitesScreenProps {
  readonly sites: readonly SiteView[];
  readonly networkName: (chainId: number) => string;
  readonly onSite: (origin: string) => void;
  readonly onAllowances: () => void;
  readonly onBack: () => void;
}

/** All sites that something was given to, the newest first. */
export function SitesScreen({ sites, networkName, onSite, onAllowances, onBack }: SitesScreenProps) {
  const detail = ({ accounts, chainId }: SiteView) => {
    const seen = accounts.length === 0 ? t('sites.no-accounts') : t('sites.accounts', { count: accounts.length });
    return `${seen} · ${networkName(chainId)}`;
  };
  return (
    <Page header={<Header title={t('sites.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      {sites.length === 0 ? (
        <EmptyState icon={<Plug aria-hidden="true" size={28} />} title={t('sites.empty')}>
          {t('sites.empty.text')}
        </EmptyState>
      ) : (
        <Group label={t('sites.list')}>
          <RowList label={t('sites.list')}>
            {sites.map((site) => (
              <Row
                key={site.origin}
                title={<span className="break-all">{hostOf(site.origin)}</span>}
                detail={detail(site)}
                end="chevron"
                onPress={() => onSite(site.origin)}
              />
            ))}
          </RowList>
        </Group>
      )}
      <div className="pt-5 pb-3">
        <RowList>
          <Row
            title={t('allowances.title')}
            detail={t('allowances.detail')}
            leading={<HandCoins aria-hidden="true" size={18} />}
            end="chevron"
            onPress={onAllowances}
          />
        </RowList>
      </div>
    </Page>
  );
}
