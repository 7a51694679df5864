import { useState } from 'react';
import { walletOf } from '@/components/screens/shared/own-accounts';
import { useToaster } from '@/components/ui/Toast';
import { shortAddress } from '@/components/wallet/address-text';
import { exactUnit } from '@/components/wallet/units';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { parseAmount } from '@/lib/chains/amount';
import { paymentUri } from '@/lib/chains/payment-uri';
import { asWalletError } from '@/lib/errors';
import { statedAmount, t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { assetsOf } from '../send/asset';
import { sendErrors } from '../send/send-errors';
import { ReceiveScreen, RequestSheet } from './Screen';

export interface ReceiveProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  readonly onBack: () => void;
}

/** What is asked for: `amount` in the smallest unit, null to leave it to the payer. */
interface Request {
  readonly token: string | null;
  readonly amount: bigint | null;
}

const COPIED_MS = 2_000;

export function Receive({ snapshot, account, onBack }: ReceiveProps) {
  const { show } = useToaster();
  const { openPlace } = usePageHost();
  const { network } = snapshot;
  const [request, setRequest] = useState<Request | null>(null);
  const [asking, setAsking] = useState(false);
  const assets = assetsOf(snapshot, account);
  const { token, amount } = request ?? { token: null, amount: null };
  const uri = paymentUri({ chainId: network.chainId, address: account.address, token, amount });
  const asset = assets.find((one) => one.token === token);
  const copy = async () => {
    await navigator.clipboard.writeText(request === null ? account.address : uri);
    if (request !== null) return show(t('receive.request.copied'), { durationMs: COPIED_MS });
    show(t('address.copied'), { detail: <AddressDetail address={account.address} />, durationMs: COPIED_MS });
  };
  const unit = exactUnit(asset?.decimals ?? network.decimals);
  const symbol = asset?.symbol ?? network.symbol;
  return (
    <>
      <ReceiveScreen
        account={account}
        network={network}
        uri={uri}
        request={request && { symbol, amount: amount === null ? null : statedAmount(amount, symbol, unit) }}
        onCopy={() => copy().catch(() => undefined)}
        onAsk={() => setAsking(true)}
        onClear={() => setRequest(null)}
        onCheck={walletOf(snapshot, account)?.type === 'hardware' ? () => openPlace('device-address') : null}
        onBack={onBack}
      />
      {asking && (
        <AskFor
          snapshot={snapshot}
          account={account}
          onRequest={(next) => {
            setRequest(next);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface AskForProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  readonly onRequest: (request: Request) => void;
  readonly onClose: () => void;
}

function AskFor({ snapshot, account, onRequest, onClose }: AskForProps) {
  const assets = assetsOf(snapshot, account);
  const [token, setToken] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const unit = assets.find((one) => one.token === token) ?? snapshot.network;
  const showCode = () => {
    try {
      onRequest({ token, amount: text.trim() === '' ? null : parseAmount(text, unit.decimals) });
    } catch (thrown) {
      setError(sendErrors(asWalletError(thrown), { to: '', token, network: snapshot.network, unit }).amount);
    }
  };
  return (
    <RequestSheet
      open
      assets={assets}
      token={token}
      amount={text}
      error={error}
      onToken={setToken}
      onAmount={(next) => {
        setText(next);
        setError(undefined);
      }}
      onShow={showCode}
      onClose={onClose}
    />
  );
}

function AddressDetail({ address }: { readonly address: string }) {
  return (
    <bdi dir="ltr" className="font-mono">
      {shortAddress(address)}
    </bdi>
  );
}
