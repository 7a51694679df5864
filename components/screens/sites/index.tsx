import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { accountInUse, accountsOf, canSend } from '@/components/screens/shared/own-accounts';
import type { SiteView } from '@/lib/bus/sites';
import type { Snapshot } from '@/lib/bus/snapshot';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { Allowances } from '../allowances';
import { SitesScreen } from './Screen';
import { SiteScreen } from './SiteScreen';

export interface SitesProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

/** The list of sites and the page of each. */
export function Sites({ snapshot, onBack }: SitesProps) {
  const [origin, setOrigin] = useState<string | null>(null);
  const [allowances, setAllowances] = useState(false);
  const { sites, networks } = snapshot;
  const open = sites.find((one) => one.origin === origin);
  if (open !== undefined) return <SitePage snapshot={snapshot} site={open} onBack={() => setOrigin(null)} />;
  const account = accountInUse(snapshot);
  if (allowances && account !== undefined)
    return <Allowances snapshot={snapshot} account={account} onBack={() => setAllowances(false)} />;
  const networkName = (chainId: number) => networks.find((one) => one.chainId === chainId)?.name ?? String(chainId);
  const onAllowances = () => setAllowances(true);
  return <SitesScreen {...{ sites, networkName, onAllowances, onBack }} onSite={setOrigin} />;
}

function SitePage({ snapshot, site, onBack }: SitesProps & { readonly site: SiteView }) {
  const { call } = useWallet();
  const { askForSite } = usePageHost();
  const { origin } = site;
  const change = useAction((work: () => Promise<unknown>) => work());
  const run = (work: () => Promise<unknown>) => void change.run(work);
  const others = (address: string) => site.accounts.filter((one) => one.toLowerCase() !== address.toLowerCase());
  const setAccounts = (accounts: readonly string[]) =>
    run(() => call('sites.set-accounts', { origin, accounts: [...accounts] }));
  return (
    <SiteScreen
      site={site}
      accounts={accountsOf(snapshot).filter((account) => canSend(snapshot, account))}
      networks={snapshot.networks}
      error={change.error}
      onUse={(address) => setAccounts([address, ...others(address)])}
      onShown={(address, shown) => setAccounts(shown ? [...site.accounts, address] : others(address))}
      onNetwork={(chainId) => run(() => call('sites.set-chain', { origin, chainId }))}
      onName={(name) => {
        // In the turn of the press, or the browser does not ask.
        const allowed = name === 'metamask' ? askForSite(origin) : Promise.resolve(true);
        run(async () => {
          await allowed;
          await call('sites.set-name', { origin, name });
        });
      }}
      onDisconnect={() => run(() => call('sites.disconnect', { origin }))}
      onBack={onBack}
    />
  );
}
