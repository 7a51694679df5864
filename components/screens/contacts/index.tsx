import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { accountsOf } from '@/components/screens/shared/own-accounts';
import { useToaster } from '@/components/ui/Toast';
import type { ContactView, ErrorFacts, Snapshot } from '@/lib/bus/snapshot';
import { lookAlikeOf, sameAddress } from '@/lib/chains/look-alike';
import { type MessageKey, t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { addressProblem } from '../send/send-errors';
import { type ContactDraft, ContactForm, ContactsScreen } from './Screen';

export interface ContactsProps {
  readonly snapshot: Snapshot;
  /** An address to add at once, or null to begin with the list. */
  readonly adding?: string | null;
  readonly onBack: () => void;
}

type Place = { readonly page: 'list' } | { readonly page: 'form'; readonly editing: ContactView | null };

/** The address book and the form behind it. */
export function Contacts({ snapshot, adding = null, onBack }: ContactsProps) {
  const [place, setPlace] = useState<Place>(adding === null ? { page: 'list' } : { page: 'form', editing: null });
  if (place.page === 'list') {
    return (
      <ContactsScreen
        contacts={snapshot.contacts}
        onAdd={() => setPlace({ page: 'form', editing: null })}
        onEdit={(editing) => setPlace({ page: 'form', editing })}
        onBack={onBack}
      />
    );
  }
  const leave = () => (adding === null ? setPlace({ page: 'list' }) : onBack());
  return <Entry snapshot={snapshot} editing={place.editing} address={adding ?? ''} onLeave={leave} />;
}

interface EntryProps {
  readonly snapshot: Snapshot;
  readonly editing: ContactView | null;
  readonly address: string;
  readonly onLeave: () => void;
}

const NAME: Readonly<Record<string, MessageKey & `contacts.problem.${string}`>> = {
  'name-empty': 'contacts.problem.name-empty',
  'name-long': 'contacts.problem.name-long',
  'name-taken': 'contacts.problem.name-taken',
  full: 'contacts.problem.full',
  gone: 'contacts.problem.gone',
};

const WHOLE_ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Where a refusal belongs; empty if it is about neither field. */
function errorsOf(error: ErrorFacts | null, typed: ContactDraft, network: Snapshot['network']) {
  if (error?.code === 'bad-address') return { address: addressProblem(error.details, typed.address, network) };
  if (error?.code !== 'bad-contact') return {};
  const reason = error.details.reason ?? '';
  if (reason === 'address-taken') return { address: t('contacts.problem.address-taken') };
  return { name: t(NAME[reason] ?? 'contacts.problem.name-empty') };
}

function Entry({ snapshot, editing, address, onLeave }: EntryProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const [draft, setDraft] = useState<ContactDraft>({ name: editing?.name ?? '', address: editing?.address ?? address });
  const instead = editing?.address ?? null;
  const save = useAction(async () => {
    await call('contacts.save', { ...draft, instead });
    show(t('contacts.saved', { name: draft.name.trim() }));
    onLeave();
  });
  const remove = useAction(async () => {
    if (instead !== null) await call('contacts.remove', { address: instead });
    onLeave();
  });
  const others = snapshot.contacts.filter((one) => instead === null || !sameAddress(one.address, instead));
  const typed = draft.address.trim();
  const alike = WHOLE_ADDRESS.test(typed) ? lookAlikeOf(typed, [...accountsOf(snapshot), ...others]) : null;
  const errors = errorsOf(save.error, draft, snapshot.network);
  const problem = 'name' in errors || 'address' in errors ? null : (save.error ?? remove.error);
  return (
    <ContactForm
      editing={editing}
      draft={draft}
      errors={errors}
      problem={problem}
      looksLike={alike?.name ?? null}
      saving={save.busy}
      onDraft={setDraft}
      onSave={save.run}
      onRemove={remove.run}
      onBack={onLeave}
    />
  );
}
