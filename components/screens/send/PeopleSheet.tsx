import { BookUser } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import { t } from '@/lib/i18n';
import type { People, Person } from './people';

export interface PeopleSheetProps {
  readonly open: boolean;
  readonly people: People;
  readonly onPick: (address: string) => void;
  readonly onContacts: () => void;
  readonly onClose: () => void;
}

/** Everybody one knows: sent to lately, in the address book, own accounts. */
export function PeopleSheet({ open, people, onPick, onContacts, onClose }: PeopleSheetProps) {
  const groups = [
    { label: t('send.recent'), list: people.recent },
    { label: t('send.contacts'), list: people.contacts },
    { label: t('send.accounts'), list: people.accounts },
  ].filter(({ list }) => list.length > 0);
  return (
    <Sheet open={open} onClose={onClose} title={t('send.people.title')}>
      {groups.length === 0 && <EmptyState title={t('send.nobody')} />}
      {groups.map(({ label, list }) => (
        <Group key={label} label={label}>
          <PersonRows label={label} people={list} onPick={onPick} />
        </Group>
      ))}
      <Button icon={<BookUser aria-hidden="true" size={18} />} onClick={onContacts}>
        {t('send.manage-contacts')}
      </Button>
    </Sheet>
  );
}

export interface PersonRowsProps {
  readonly label: string;
  readonly people: readonly Person[];
  readonly onPick: (address: string) => void;
}

export function PersonRows({ label, people, onPick }: PersonRowsProps) {
  return (
    <RowList label={label}>
      {people.map(({ address, name, avatar }) => (
        <Row
          key={address}
          leading={<Identicon address={address} avatar={avatar} size={28} />}
          title={name ?? <AddressLine address={address} />}
          detail={name === null ? undefined : <AddressLine address={address} />}
          onPress={() => onPick(address)}
        />
      ))}
    </RowList>
  );
}
