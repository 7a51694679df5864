import { BookUser, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { Identicon } from '@/components/wallet/Identicon';
import type { ContactView, ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface ContactsScreenProps {
  readonly contacts: readonly ContactView[];
  readonly onAdd: () => void;
  readonly onEdit: (contact: ContactView) => void;
  readonly onBack: () => void;
}

/** The address book. */
export function ContactsScreen({ contacts, onAdd, onEdit, onBack }: ContactsScreenProps) {
  const footer = (
    <Button variant="primary" icon={<Plus aria-hidden="true" size={18} />} onClick={onAdd}>
      {t('contacts.add')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('contacts.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      {contacts.length === 0 ? (
        <EmptyState icon={<BookUser aria-hidden="true" size={22} />} title={t('contacts.empty')}>
          {t('contacts.empty.text')}
        </EmptyState>
      ) : (
        <div className="grid gap-3">
          <RowList label={t('contacts.title')}>
            {contacts.map((contact) => (
              <Row
                key={contact.address}
                leading={<Identicon address={contact.address} size={32} />}
                title={<bdi className="[overflow-wrap:anywhere]">{contact.name}</bdi>}
                detail={<AddressLine address={contact.address} />}
                end="chevron"
                onPress={() => onEdit(contact)}
              />
            ))}
          </RowList>
          <p className="px-0.5 text-ink-3 text-tiny">{t('contacts.note')}</p>
        </div>
      )}
    </Page>
  );
}

export interface ContactDraft {
  readonly name: string;
  readonly address: string;
}

export interface ContactFormProps {
  /** What is changed; null for a new entry. */
  readonly editing: ContactView | null;
  readonly draft: ContactDraft;
  readonly errors: { readonly name?: string; readonly address?: string };
  readonly problem: ErrorFacts | null;
  /** The name of the one whose address this only looks like. */
  readonly looksLike: string | null;
  readonly saving: boolean;
  readonly onDraft: (draft: ContactDraft) => void;
  readonly onSave: () => void;
  readonly onRemove: () => void;
  readonly onBack: () => void;
}

/** One entry: a name and an address. */
export function ContactForm(props: ContactFormProps) {
  const { editing, draft, errors, problem, looksLike, saving, onDraft, onSave, onRemove, onBack } = props;
  const [removing, setRemoving] = useState(false);
  const footer = (
    <Button type="submit" variant="primary" busyLabel={saving ? t('contacts.busy') : undefined}>
      {t('contacts.save')}
    </Button>
  );
  return (
    <Page
      header={
        <Header
          title={t(editing === null ? 'contacts.new' : 'contacts.edit')}
          back={{ label: t('action.back'), onPress: onBack }}
        />
      }
      footer={footer}
      onSubmit={onSave}
    >
      <div className="grid gap-4">
        <Field
          label={t('contacts.name')}
          value={draft.name}
          onValue={(name) => onDraft({ ...draft, name })}
          error={errors.name}
          autoFocus
          autoComplete="off"
        />
        <Field
          label={t('contacts.address')}
          value={draft.address}
          onValue={(address) => onDraft({ ...draft, address })}
          error={errors.address}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono text-small!"
        />
        {looksLike !== null && <Note tone="danger" title={t('contacts.problem.look-alike', { name: looksLike })} />}
        {problem !== null && <ErrorNote error={problem} />}
        {editing !== null && (
          <Button variant="risky" onClick={() => setRemoving(true)}>
            {t('contacts.remove')}
          </Button>
        )}
      </div>
      {editing !== null && (
        <Sheet
          open={removing}
          onClose={() => setRemoving(false)}
          title={t('contacts.remove.title', { name: editing.name })}
          description={t('contacts.remove.text')}
        >
          <Button variant="delete" onClick={onRemove}>
            {t('contacts.remove')}
          </Button>
          <Button onClick={() => setRemoving(false)}>{t('action.cancel')}</Button>
        </Sheet>
      )}
    </Page>
  );
}
