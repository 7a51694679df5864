import { Group } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { Note } from '@/components/ui/Note';
import { AddressBlock, AddressLine } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import type { Review } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import type { ApprovalAccount } from './Frame';
import { assetName } from './facts-text';
import { FactRow, Facts } from './Parts';

type Of<Kind extends Review['kind']> = { readonly review: Extract<Review, { kind: Kind }> };

export interface ConnectBodyProps {
  readonly accounts: readonly ApprovalAccount[];
  /** Addresses that are ticked. */
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

/** Which accounts a site may see; it sees no other. */
export function ConnectBody({ accounts, chosen, onChosen }: ConnectBodyProps) {
  const toggle = (address: string, checked: boolean) => {
    const next = new Set(chosen);
    if (checked) next.add(address);
    else next.delete(address);
    onChosen(next);
  };
  return (
    <>
      <p className="px-0.5 text-body text-ink-2">{t('approval.connect.text')}</p>
      {accounts.length === 0 ? (
        <Note tone="warn" title={t('approval.connect.none')} />
      ) : (
        <Group label={t('approval.connect.which')}>
          {accounts.map(({ name, address, avatar }) => (
            <Consent key={address} checked={chosen.has(address)} onChecked={(checked) => toggle(address, checked)}>
              <span className="flex items-center gap-2.5">
                <Identicon address={address} avatar={avatar} size={28} />
                <span className="grid min-w-0">
                  <span className="break-words">{name}</span>
                  <span className="font-normal text-ink-2">
                    <AddressLine address={address} />
                  </span>
                </span>
              </span>
            </Consent>
          ))}
        </Group>
      )}
    </>
  );
}

export function WatchAssetBody({ review: { asset, claimedSymbol } }: Of<'watch-asset'>) {
  return (
    <>
      <p className="px-0.5 text-body text-ink-2">{t('approval.watch.text')}</p>
      {claimedSymbol !== null && (
        <Note tone="warn" title={t('approval.watch.claimed', { name: claimedSymbol, symbol: assetName(asset) })} />
      )}
      {asset.address !== null && (
        <Group label={t('approval.watch.contract')}>
          <AddressBlock address={asset.address} />
        </Group>
      )}
    </>
  );
}

export function AddChainBody({ review: { chain, rpcUrl, explorerUrl } }: Of<'add-chain'>) {
  return (
    <>
      <Note tone="warn" title={t('approval.add-chain.text')} />
      <Facts>
        <FactRow label={t('approval.add-chain.node')}>
          <bdi dir="ltr">{rpcUrl}</bdi>
        </FactRow>
        <FactRow label={t('approval.add-chain.id')}>{chain.chainId}</FactRow>
        <FactRow label={t('approval.add-chain.symbol')}>{chain.symbol}</FactRow>
        {explorerUrl !== null && (
          <FactRow label={t('approval.add-chain.explorer')}>
            <bdi dir="ltr">{explorerUrl}</bdi>
          </FactRow>
        )}
      </Facts>
    </>
  );
}

export function SwitchChainBody({ review: { chain, from } }: Of<'switch-chain'>) {
  return (
    <p className="px-0.5 text-body text-ink-2">
      {t('approval.switch-chain.text', { what: chain.name, from: from.name })}
    </p>
  );
}
