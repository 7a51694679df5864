import { Coins, Copy, ListOrdered, Tag, Usb } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Field } from '@/components/ui/Field';
import { LoadingState } from '@/components/ui/ListStates';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { QrCode } from '@/components/ui/QrCode';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId, ReceiveView } from '@/lib/bus/utxo/shapes';
import { COINS } from '@/lib/chains/utxo/coins';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { CoinAddressBlock } from '../parts/CoinAddress';
import { CoinIcon } from '../parts/CoinIcon';
import { LONGEST_LABEL } from '../parts/label';

export type ReceiveAddress = ReceiveView['fresh'];

export interface CoinReceiveScreenProps {
  readonly coin: CoinId;
  /** Of the account. */
  readonly accountName: string;
  /** Null while it is asked for. */
  readonly shown: { readonly address: ReceiveAddress; readonly used: boolean } | null;
  /** What the code says (BIP-21). */
  readonly uri: string;
  /** What is asked for, with its unit; null where the payer chooses. */
  readonly amount: string | null;
  readonly error: ErrorFacts | null;
  readonly onCopy: () => void;
  readonly onAsk: () => void;
  readonly onClear: () => void;
  readonly onList: () => void;
  readonly onFresh: () => void;
  readonly onLabel: () => void;
  /** Null where no device has the key. */
  readonly onCheck: (() => void) | null;
  readonly onBack: () => void;
}

const LARGE_PX = 276;
/** Leaves room for what is asked for: the address below can be compared without scrolling. */
const WITH_AMOUNT_PX = 172;

/** A fresh address of an account, to be scanned or copied; perhaps with an amount. */
export function CoinReceiveScreen(props: CoinReceiveScreenProps) {
  const { shown, amount, error, onCopy, onAsk, onClear, onBack } = props;
  const footer = shown !== null && (
    <ButtonPair>
      {amount === null ? (
        <Button icon={<Coins aria-hidden="true" size={18} />} onClick={onAsk}>
          {t('receive.request')}
        </Button>
      ) : (
        <Button onClick={onClear}>{t('receive.request.clear')}</Button>
      )}
      <Button variant="primary" icon={<Copy aria-hidden="true" size={18} />} onClick={onCopy}>
        {t(amount === null ? 'receive.copy' : 'receive.request.copy')}
      </Button>
    </ButtonPair>
  );
  return (
    <Page
      header={<Header title={t('receive.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer === false ? undefined : footer}
    >
      {error !== null && <ErrorNote error={error} />}
      {shown === null ? error === null && <LoadingState label={t('app.loading')} /> : <Code {...props} shown={shown} />}
    </Page>
  );
}

type CodeProps = CoinReceiveScreenProps & { readonly shown: NonNullable<CoinReceiveScreenProps['shown']> };

function Code({
  coin,
  accountName,
  shown: { address, used },
  uri,
  amount,
  onList,
  onFresh,
  onLabel,
  onCheck,
}: CodeProps) {
  const [large, setLarge] = useState(false);
  const { name, symbol } = COINS[coin];
  const label = amount === null ? t('receive.qr', { address: address.address }) : t('receive.request.qr', { uri });
  const code = (size?: number) => <QrCode text={uri} label={label} {...(size === undefined ? {} : { size })} />;
  return (
    <div className="grid justify-items-center gap-3 text-center">
      <span className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 font-label text-small shadow-1">
        <CoinIcon coin={coin} size={20} />
        {accountName}
      </span>
      <button type="button" aria-label={t('receive.enlarge')} onClick={() => setLarge(true)} className="rounded-sheet">
        {amount === null ? code() : code(WITH_AMOUNT_PX)}
      </button>
      <p className="text-balance text-ink-2 text-small">
        {coin === 'bch' ? u('receive.only.bch') : u('receive.only', { coin: name, symbol })}
      </p>
      {amount !== null && (
        <p className="font-semibold text-heading tabular-nums">
          <bdi>{t('receive.request.asks', { amount })}</bdi>
        </p>
      )}
      {used ? (
        <Note tone="warn" title={u('receive.used')}>
          {u('receive.used.text')}
        </Note>
      ) : (
        <p className="font-medium text-body">{u('receive.fresh', { place: address.index + 1 })}</p>
      )}
      <CoinAddressBlock address={address.address} />
      <div className="flex flex-wrap justify-center gap-2">
        {onCheck !== null && (
          <Button size="small" icon={<Usb aria-hidden="true" size={16} />} onClick={onCheck}>
            {t('hardware.check.action')}
          </Button>
        )}
        {used && (
          <Button size="small" onClick={onFresh}>
            {u('receive.to-fresh')}
          </Button>
        )}
        <Button size="small" icon={<Tag aria-hidden="true" size={16} />} onClick={onLabel}>
          {address.label === '' ? u('receive.label.add') : <bdi>{address.label}</bdi>}
        </Button>
        <Button size="small" icon={<ListOrdered aria-hidden="true" size={16} />} onClick={onList}>
          {u('receive.list')}
        </Button>
      </div>
      <Sheet open={large} onClose={() => setLarge(false)} title={accountName}>
        <div className="grid justify-items-center gap-4">
          {code(LARGE_PX)}
          <CoinAddressBlock address={address.address} />
        </div>
      </Sheet>
    </div>
  );
}

export interface AddressListSheetProps {
  readonly addresses: readonly ReceiveAddress[];
  readonly onAddress: (address: ReceiveAddress) => void;
  readonly onClose: () => void;
}

/** Addresses that were paid to, newest first. */
export function AddressListSheet({ addresses, onAddress, onClose }: AddressListSheetProps) {
  return (
    <Sheet open onClose={onClose} title={u('receive.list.title')}>
      {addresses.length === 0 ? (
        <EmptyState title={u('receive.list.empty')}>{u('receive.list.empty.text')}</EmptyState>
      ) : (
        <Group label={u('receive.list.used')}>
          <RowList label={u('receive.list.used')}>
            {addresses.map((one) => (
              <Row
                key={one.address}
                title={<AddressLine address={one.address} />}
                detail={one.label === '' ? undefined : <bdi>{one.label}</bdi>}
                trailing={<bdi dir="ltr">{one.path}</bdi>}
                end="chevron"
                onPress={() => onAddress(one)}
              />
            ))}
          </RowList>
        </Group>
      )}
    </Sheet>
  );
}

export interface LabelSheetProps {
  readonly label: string;
  readonly error: ErrorFacts | null;
  readonly onLabel: (label: string) => void;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** What an address is for, in one's own words. */
export function LabelSheet({ label, error, onLabel, onSave, onClose }: LabelSheetProps) {
  return (
    <Sheet open onClose={onClose} title={u('receive.label')} first="field">
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <Field
          label={u('receive.label')}
          labelPlace="hidden"
          value={label}
          onValue={onLabel}
          hint={<p className="text-ink-2 text-small">{u('receive.label.hint')}</p>}
          maxLength={LONGEST_LABEL}
          autoComplete="off"
        />
        {error !== null && <ErrorNote error={error} />}
        <Button type="submit" variant="primary">
          {t('action.save')}
        </Button>
      </form>
    </Sheet>
  );
}
