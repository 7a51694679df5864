import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import type { TokenOffer } from '@/lib/bus/networks';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { formats, t } from '@/lib/i18n';

export interface AddTokenScreenProps {
  readonly networkName: string;
  readonly address: string;
  /** The reason at the address. */
  readonly refusal: string | undefined;
  readonly problem: ErrorFacts | null;
  /** What is at the address, once it was looked up. */
  readonly offer: TokenOffer | null;
  readonly busy: boolean;
  readonly onAddress: (address: string) => void;
  readonly onLook: () => void;
  readonly onAdd: () => void;
  readonly onBack: () => void;
}

/** A token by the address of its contract: looked up first, then added. */
export function AddTokenScreen(props: AddTokenScreenProps) {
  const { networkName, address, refusal, problem, offer, busy, onAddress, onLook, onAdd, onBack } = props;
  const [sure, setSure] = useState(false);
  const imitates = offer?.imitates ?? null;
  const footer =
    offer === null ? (
      <Button
        type="submit"
        variant="primary"
        icon={<Search aria-hidden="true" size={18} />}
        busyLabel={busy ? t('token.add.looking') : undefined}
      >
        {t('token.add.look')}
      </Button>
    ) : (
      <Button
        type="submit"
        variant={imitates === null ? 'primary' : 'risky'}
        icon={<Plus aria-hidden="true" size={18} />}
        disabled={imitates !== null && !sure}
        busyLabel={busy ? t('token.add.looking') : undefined}
      >
        {t('token.add.action', { symbol: offer.symbol })}
      </Button>
    );
  return (
    <Page
      header={<Header title={t('token.add.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      onSubmit={offer === null ? onLook : onAdd}
    >
      <div className="grid gap-4">
        <Field
          label={t('token.add.address')}
          value={address}
          onValue={(typed) => {
            setSure(false);
            onAddress(typed);
          }}
          error={refusal}
          hint={<p className="text-ink-3 text-small">{t('token.add.hint', { network: networkName })}</p>}
          dir="ltr"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-small!"
        />
        {problem !== null && <ErrorNote error={problem} />}
        {offer !== null && <Offer offer={offer} networkName={networkName} />}
        {imitates !== null && (
          <Consent checked={sure} onChecked={setSure}>
            {t('token.add.imitates.consent')}
          </Consent>
        )}
      </div>
    </Page>
  );
}

interface OfferProps {
  readonly offer: TokenOffer;
  readonly networkName: string;
}

function Offer({ offer, networkName }: OfferProps) {
  const { symbol, name, decimals, address, imitates } = offer;
  return (
    <div className="grid gap-3" aria-live="polite">
      <Card className="grid gap-3 p-3.5">
        <span className="flex items-center gap-3">
          <TokenIcon symbol={symbol} token={address} size={36} />
          <span className="min-w-0 flex-1">
            <bdi className="block break-words font-medium text-body">{symbol}</bdi>
            <bdi className="block break-words text-ink-2 text-small">{name}</bdi>
          </span>
        </span>
        <AddressBlock address={address} />
        <dl className="grid gap-1.5">
          <Fact label={t('token.network')}>{networkName}</Fact>
          <Fact label={t('token.decimals')}>{formats().number(decimals)}</Fact>
        </dl>
      </Card>
      {imitates === null ? (
        <Note tone="neutral" title={t('token.unlisted.title')}>
          {t('token.add.any.text')}
        </Note>
      ) : (
        <Note tone="danger" title={t('token.add.imitates.title', { symbol: imitates })}>
          {t('token.add.imitates.text')}
        </Note>
      )}
    </div>
  );
}
