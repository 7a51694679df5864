import { BookUser, Check, ScanQrCode, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Pill } from '@/components/ui/Pill';
import { AddressLine } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import type { Recipient, RecipientRisk } from '@/lib/chains/recipient';
import { t } from '@/lib/i18n';
import { PeopleSheet, PersonRows } from './PeopleSheet';
import type { People } from './people';

/** Somebody that an address or a name has led to. */
export interface CheckedRecipient {
  readonly address: string;
  /** The name that was typed, if it was one. */
  readonly name: string | null;
  readonly who: Recipient;
  readonly risk: RecipientRisk | null;
}

export interface RecipientPartProps {
  readonly text: string;
  readonly checked: CheckedRecipient | null;
  /** Names lead somewhere on this network. */
  readonly namesWork: boolean;
  /** A name is being looked up. */
  readonly looking: boolean;
  readonly error: string | undefined;
  readonly people: People;
  readonly onText: (text: string) => void;
  readonly onLeave: () => void;
  readonly onPick: (address: string) => void;
  readonly onContacts: () => void;
  readonly onScan: () => void;
}

/** Typed text finds people by this many characters of their name. */
const MATCH_FROM = 2;
const MATCHES_SHOWN = 3;

/** Whom: a field with the people one knows behind a button, or the one that was found. */
export function RecipientPart(props: RecipientPartProps) {
  const { text, checked, namesWork, looking, error, people, onText, onLeave, onPick, onContacts, onScan } = props;
  const [choosing, setChoosing] = useState(false);
  if (checked !== null) return <RecipientCard recipient={checked} onClear={() => onText('')} />;
  const typed = text.trim().toLowerCase();
  const named = [...people.contacts, ...people.accounts];
  const found = typed.length < MATCH_FROM ? [] : named.filter(({ name }) => name?.toLowerCase().includes(typed));
  const pick = (address: string) => {
    setChoosing(false);
    onPick(address);
  };
  return (
    <div className="grid gap-2">
      <Field
        label={t('send.to')}
        placeholder={t('send.to.placeholder')}
        value={text}
        onValue={onText}
        onBlur={onLeave}
        error={error}
        hint={namesWork && <p className="text-ink-2 text-small">{t(looking ? 'send.looking-up' : 'send.to.hint')}</p>}
        trailing={
          <>
            <IconButton label={t('scan.title')} onClick={onScan}>
              <ScanQrCode aria-hidden="true" size={18} />
            </IconButton>
            <IconButton label={t('send.people')} onClick={() => setChoosing(true)}>
              <BookUser aria-hidden="true" size={18} />
            </IconButton>
          </>
        }
        dir="ltr"
        autoFocus
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="font-mono text-small!"
      />
      {found.length > 0 && <PersonRows label={t('send.found')} people={found.slice(0, MATCHES_SHOWN)} onPick={pick} />}
      <PeopleSheet
        open={choosing}
        people={people}
        onPick={pick}
        onContacts={onContacts}
        onClose={() => setChoosing(false)}
      />
    </div>
  );
}

interface RecipientCardProps {
  readonly recipient: CheckedRecipient;
  readonly onClear: () => void;
}

/** An address that is right: who it is, in short; whole in the review. */
function RecipientCard({ recipient, onClear }: RecipientCardProps) {
  const { address, name } = recipient;
  return (
    <Card className="flex items-center gap-3 py-2 ps-3.5 pe-1.5">
      <span title={t('identicon.note')}>
        <Identicon address={address} size={36} />
      </span>
      <span className="grid min-w-0 flex-1 justify-items-start gap-1 text-start">
        <span className="flex max-w-full flex-wrap items-center gap-2">
          {name !== null && <bdi className="font-medium text-body [overflow-wrap:anywhere]">{name}</bdi>}
          <RecipientPill recipient={recipient} />
        </span>
        <AddressLine address={address} />
      </span>
      <IconButton label={t('send.change')} onClick={onClear}>
        <X aria-hidden="true" size={18} />
      </IconButton>
    </Card>
  );
}

/** An own account, a contact, one that was sent to before, a new one; or what speaks against it. */
export function RecipientPill({ recipient: { who, risk } }: { readonly recipient: CheckedRecipient }) {
  if (risk !== null && risk.kind !== 'self') {
    return (
      <Pill tone="danger" icon={<TriangleAlert aria-hidden="true" size={14} />}>
        {t(risk.kind === 'look-alike' ? 'send.pill.look-alike' : 'send.pill.token-contract')}
      </Pill>
    );
  }
  if (who.kind === 'new') {
    return (
      <Pill tone="warn" icon={<TriangleAlert aria-hidden="true" size={14} />}>
        {t('send.new')}
      </Pill>
    );
  }
  return (
    <Pill tone="success" icon={<Check aria-hidden="true" size={14} />}>
      {knownText(who)}
    </Pill>
  );
}

function knownText(who: Exclude<Recipient, { readonly kind: 'new' }>): string {
  switch (who.kind) {
    case 'own':
      return t('send.own', { name: who.name });
    case 'contact':
      return who.name;
    case 'known':
      return t('send.known', { count: who.times });
    default:
      return who satisfies never;
  }
}
