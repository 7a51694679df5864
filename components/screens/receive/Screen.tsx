import { Coins, Copy, Usb } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { QrCode } from '@/components/ui/QrCode';
import { Sheet } from '@/components/ui/Sheet';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import type { NetworkView } from '@/lib/bus/networks';
import type { AccountView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { Asset } from '../send/asset';

/** What is asked for, as it stands in the code. */
export interface ShownRequest {
  /** With its unit; null where the payer chooses. */
  readonly amount: string | null;
  readonly symbol: string;
}

export interface ReceiveScreenProps {
  readonly account: Pick<AccountView, 'name' | 'address' | 'avatar'>;
  readonly network: Pick<NetworkView, 'name' | 'symbol' | 'test'>;
  /** What the code says (EIP-681). */
  readonly uri: string;
  /** Null for the address alone. */
  readonly request: ShownRequest | null;
  readonly onCopy: () => void;
  readonly onAsk: () => void;
  readonly onClear: () => void;
  /** Null where no device has the key. */
  readonly onCheck: (() => void) | null;
  readonly onBack: () => void;
}

const LARGE_PX = 276;

/** The address of an account, to be scanned or copied, on one network; perhaps with an amount. */
export function ReceiveScreen(props: ReceiveScreenProps) {
  const { account, network, uri, request, onCopy, onAsk, onClear, onCheck, onBack } = props;
  const [large, setLarge] = useState(false);
  const label = request === null ? t('receive.qr', { address: account.address }) : t('receive.request.qr', { uri });
  const footer = (
    <ButtonPair>
      {request === null ? (
        <Button icon={<Coins aria-hidden="true" size={18} />} onClick={onAsk}>
          {t('receive.request')}
        </Button>
      ) : (
        <Button onClick={onClear}>{t('receive.request.clear')}</Button>
      )}
      <Button variant="primary" icon={<Copy aria-hidden="true" size={18} />} onClick={onCopy}>
        {t(request === null ? 'receive.copy' : 'receive.request.copy')}
      </Button>
    </ButtonPair>
  );
  return (
    <Page
      header={<Header title={t('receive.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid justify-items-center gap-3 text-center">
        <span className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 font-label text-small shadow-1">
          <TokenIcon symbol={network.symbol} token={null} size={20} />
          {network.name}
        </span>
        <button
          type="button"
          aria-label={t('receive.enlarge')}
          onClick={() => setLarge(true)}
          className="rounded-sheet"
        >
          <QrCode text={uri} label={label} />
        </button>
        <p className="text-balance text-ink-2 text-small">
          {t('receive.network-only', { symbol: network.symbol, network: network.name })}
        </p>
        {network.test && <Note tone="warn" title={t('receive.test-network', { network: network.name })} />}
        {request !== null && (
          <p className="font-semibold text-heading tabular-nums">
            <bdi>{t('receive.request.asks', { amount: request.amount ?? request.symbol })}</bdi>
          </p>
        )}
        <span className="inline-flex items-center gap-2 font-medium text-body">
          <Identicon address={account.address} avatar={account.avatar} size={22} />
          {account.name}
        </span>
        <AddressBlock address={account.address} />
        {onCheck !== null && (
          <Button size="small" icon={<Usb aria-hidden="true" size={16} />} onClick={onCheck}>
            {t('hardware.check.action')}
          </Button>
        )}
      </div>
      <Sheet open={large} onClose={() => setLarge(false)} title={account.name}>
        <div className="grid justify-items-center gap-4">
          <QrCode text={uri} label={label} size={LARGE_PX} />
          <AddressBlock address={account.address} />
        </div>
      </Sheet>
    </Page>
  );
}

export interface RequestSheetProps {
  readonly open: boolean;
  readonly assets: readonly Pick<Asset, 'token' | 'symbol' | 'name'>[];
  readonly token: string | null;
  readonly amount: string;
  readonly error: string | undefined;
  readonly onToken: (token: string | null) => void;
  readonly onAmount: (amount: string) => void;
  readonly onShow: () => void;
  readonly onClose: () => void;
}

/** What to ask for, and how much. */
export function RequestSheet(props: RequestSheetProps) {
  const { open, assets, token, amount, error, onToken, onAmount, onShow, onClose } = props;
  const chosen = assets.find((one) => one.token === token);
  return (
    <Sheet open={open} onClose={onClose} title={t('receive.request.title')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onShow();
        }}
      >
        {assets.length > 1 && (
          <RowList label={t('receive.request.what')}>
            {assets.map((asset) => (
              <Row
                key={asset.token ?? ''}
                leading={<TokenIcon symbol={asset.symbol} token={asset.token} size={28} />}
                title={asset.name}
                trailing={asset.symbol}
                end={asset.token === token ? 'check' : undefined}
                current={asset.token === token ? 'true' : undefined}
                onPress={() => onToken(asset.token)}
              />
            ))}
          </RowList>
        )}
        <Field
          label={t('receive.request.amount', { symbol: chosen?.symbol ?? '' })}
          value={amount}
          onValue={(next) => onAmount(next.replace(',', '.'))}
          hint={<p className="text-ink-2 text-small">{t('receive.request.hint')}</p>}
          error={error}
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          className="tabular-nums"
        />
        <Button type="submit" variant="primary">
          {t('receive.request.show')}
        </Button>
      </form>
    </Sheet>
  );
}
