import { ArrowDown, ArrowUp, Eye, Trash2 } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { Identicon } from '@/components/wallet/Identicon';
import type { AccountView, ErrorFacts, WalletView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { RemoveWalletSheet } from './RemoveWalletSheet';

export interface AccountScreenProps {
  readonly account: AccountView;
  readonly wallet: WalletView;
  readonly walletName: string;
  readonly error: ErrorFacts | null;
  readonly onSave: (name: string, walletName: string | null) => void;
  readonly onAvatar: (avatar: number) => void;
  /** @param place from 0, in its wallet */
  readonly onMove: (place: number) => void;
  readonly onReveal: () => void;
  readonly onRemove: () => void;
  readonly onBack: () => void;
}

const LONGEST_NAME = 40;
const PICTURES = Array.from({ length: 12 }, (_, picture) => picture);

/** One account: what it is called, what it looks like, where it stands, and what belongs to its wallet. */
export function AccountScreen(props: AccountScreenProps) {
  const { account, wallet, walletName, error, onSave, onAvatar, onReveal, onBack } = props;
  const [name, setName] = useState(account.name);
  const [group, setGroup] = useState(walletName);
  const [removing, setRemoving] = useState(false);
  const changed = name.trim() !== account.name || group.trim() !== walletName;
  const valid = name.trim() !== '' && group.trim() !== '';
  const isSecret = wallet.type === 'phrase' || wallet.type === 'private-key';
  const submit = () => {
    if (changed && valid) onSave(name.trim(), group.trim() === walletName ? null : group.trim());
  };
  return (
    <>
      <Page
        header={<Header title={t('account.title')} back={{ label: t('action.back'), onPress: onBack }} />}
        footer={
          changed ? (
            <Button type="submit" variant="primary" disabled={!valid}>
              {t('action.save')}
            </Button>
          ) : undefined
        }
        onSubmit={submit}
      >
        <div className="grid gap-5 pb-5">
          <div className="flex items-center gap-4 pt-2">
            <Identicon address={account.address} avatar={account.avatar} size={48} />
            <AddressBlock address={account.address} />
          </div>
          {error !== null && <ErrorNote error={error} />}
          <Field
            label={t('accounts.name')}
            value={name}
            onValue={setName}
            maxLength={LONGEST_NAME}
            autoComplete="off"
          />
          <Pictures address={account.address} avatar={account.avatar ?? 0} onAvatar={onAvatar} />
          {wallet.accounts.length > 1 && <Order {...props} />}
          <Field
            label={t('account.wallet-name')}
            value={group}
            onValue={setGroup}
            maxLength={LONGEST_NAME}
            autoComplete="off"
          />
          {wallet.type !== 'keyless' && (
            <RowList label={t('account.wallet')}>
              {isSecret && (
                <Row
                  leading={<Eye aria-hidden="true" size={18} />}
                  title={t(wallet.type === 'phrase' ? 'account.show-phrase' : 'account.show-key')}
                  end="chevron"
                  onPress={onReveal}
                />
              )}
              <Row
                leading={<Trash2 aria-hidden="true" size={18} />}
                title={t('account.remove')}
                end="chevron"
                onPress={() => setRemoving(true)}
              />
            </RowList>
          )}
        </div>
      </Page>
      {wallet.type !== 'keyless' && (
        <RemoveWalletSheet
          open={removing}
          type={wallet.type}
          name={walletName}
          onRemove={props.onRemove}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}

interface PicturesProps {
  readonly address: string;
  readonly avatar: number;
  readonly onAvatar: (avatar: number) => void;
}

/** Twelve pictures of one address. Arrow keys move between them. */
function Pictures({ address, avatar, onAvatar }: PicturesProps) {
  return (
    <Group label={t('account.picture')}>
      <RadioGroup.Root
        aria-label={t('account.picture')}
        value={`${avatar}`}
        onValueChange={(value) => onAvatar(Number(value))}
        className="grid grid-cols-6 justify-items-center gap-2"
      >
        {PICTURES.map((picture) => (
          <RadioGroup.Item
            key={picture}
            value={`${picture}`}
            aria-label={t('account.picture-of', { place: picture + 1 })}
            className="grid size-12 place-items-center rounded-full border-2 border-transparent hover:bg-hover data-[state=checked]:border-accent"
          >
            <Identicon address={address} avatar={picture} size={36} />
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </Group>
  );
}

function Order({ account, wallet, onMove }: AccountScreenProps) {
  const place = wallet.accounts.findIndex(({ index }) => index === account.index);
  const count = wallet.accounts.length;
  return (
    <Group
      label={t('account.order')}
      aside={
        <span aria-live="polite" className="text-ink-2 text-small tabular-nums">
          {t('account.place', { place: place + 1, count })}
        </span>
      }
    >
      <ButtonPair>
        <Button
          icon={<ArrowUp aria-hidden="true" size={18} />}
          disabled={place === 0}
          onClick={() => onMove(place - 1)}
        >
          {t('account.move-up')}
        </Button>
        <Button
          icon={<ArrowDown aria-hidden="true" size={18} />}
          disabled={place === count - 1}
          onClick={() => onMove(place + 1)}
        >
          {t('account.move-down')}
        </Button>
      </ButtonPair>
    </Group>
  );
}
