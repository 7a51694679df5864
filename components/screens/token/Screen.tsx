import { ArrowDownLeft, ArrowUpRight, Copy, ExternalLink, EyeOff } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/Button';
import { Fact } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { AddressLine } from '@/components/wallet/AddressLine';
import { Amount } from '@/components/wallet/Amount';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import { Value, type ValuePrices } from '@/components/wallet/Value';
import type { NetworkView, TokenView } from '@/lib/bus/networks';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { assetKey } from '@/lib/chains/asset-key';
import { formats, t } from '@/lib/i18n';

export interface TokenScreenProps {
  readonly token: TokenView;
  readonly network: NetworkView;
  /** In the smallest unit; null before the first answer. */
  readonly units: bigint | null;
  /** When that was told. */
  readonly asOfMs: number | null;
  /** The network did not answer the last time. */
  readonly networkDown: boolean;
  readonly prices: ValuePrices | null;
  readonly error: ErrorFacts | null;
  /** Null where only the address is known. */
  readonly onSend: (() => void) | null;
  readonly onReceive: () => void;
  readonly onCopy: () => void;
  readonly onHide: () => void;
  readonly onBack: () => void;
}

/** One token: how much of it there is, and what it is. */
export function TokenScreen(props: TokenScreenProps) {
  const { token, network, units, prices, error, onSend, onReceive, onBack } = props;
  const { symbol, decimals } = token;
  return (
    <Page header={<Header title={symbol} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid gap-5">
        <div className="grid justify-items-center gap-2 pt-2 text-center" aria-live="polite">
          <TokenIcon symbol={symbol} token={token.address} size={48} />
          <Amount
            look="display"
            wei={units}
            symbol={symbol}
            decimals={decimals}
            unknownLabel={t('home.balance-unknown')}
            silentLabel={props.networkDown ? t('token.silent') : undefined}
          />
          <Value amount={units} decimals={decimals} asset={assetKey(token.chainId, token.address)} prices={prices} />
          <Age {...props} />
        </div>
        <ButtonPair>
          {onSend !== null && (
            <Button
              variant="primary"
              icon={<ArrowUpRight aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
              onClick={onSend}
            >
              {t('home.send')}
            </Button>
          )}
          <Button
            icon={<ArrowDownLeft aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
            onClick={onReceive}
          >
            {t('home.receive')}
          </Button>
        </ButtonPair>
        {props.networkDown && (
          <Note tone="neutral" title={t('home.network-down')}>
            {t('home.network-down.text')}
          </Note>
        )}
        {!token.listed && (
          <Note tone="warn" title={t('token.unlisted.title')}>
            {t('token.unlisted.text')}
          </Note>
        )}
        {error !== null && <ErrorNote error={error} />}
        <Facts {...props} />
        <Links {...props} networkExplorer={network.explorerUrl} />
      </div>
    </Page>
  );
}

function Age({ asOfMs, networkDown, network }: TokenScreenProps) {
  const text = networkDown && asOfMs !== null ? t('home.balance-age', { asOfMs }) : network.name;
  return <p className="text-ink-2 text-small">{text}</p>;
}

function Facts({ token, network, onCopy }: TokenScreenProps) {
  return (
    <dl className="grid gap-2">
      <Fact label={t('token.name')}>
        <bdi>{token.name}</bdi>
      </Fact>
      <Fact label={t('token.network')}>{network.name}</Fact>
      <Fact label={t('token.decimals')}>{formats().number(token.decimals)}</Fact>
      <Fact label={t('token.contract')}>
        <span className="inline-flex items-center gap-1">
          <AddressLine address={token.address} />
          <IconButton label={t('token.copy')} onClick={onCopy} className="-my-2 -me-2.5">
            <Copy aria-hidden="true" size={16} />
          </IconButton>
        </span>
      </Fact>
    </dl>
  );
}

function Links({ token, networkExplorer, onHide }: TokenScreenProps & { readonly networkExplorer: string | null }) {
  return (
    <div className="grid justify-items-start">
      {networkExplorer !== null && (
        <a
          href={`${networkExplorer.replace(/\/$/, '')}/token/${token.address}`}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-10 items-center gap-2.5 rounded-small px-0.5 font-label text-accent-text text-body"
        >
          <ExternalLink aria-hidden="true" size={16} /> {t('token.explorer')}
        </a>
      )}
      <Button variant="quiet" icon={<EyeOff aria-hidden="true" size={16} />} onClick={onHide} className="-ms-2.5">
        {t('token.hide')}
      </Button>
    </div>
  );
}
