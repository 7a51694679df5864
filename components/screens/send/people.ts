import { accountsOf } from '@/components/screens/shared/own-accounts';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { type Knowledge, recentRecipients, recipientOf, recipientRisk } from '@/lib/chains/recipient';

export interface Person {
  readonly address: string;
  /** Null where only the address is known. */
  readonly name: string | null;
  /** Which picture of the address was chosen for it. */
  readonly avatar?: number | undefined;
}

/** Those one may want to send to. */
export interface People {
  readonly recent: readonly Person[];
  readonly contacts: readonly Person[];
  /** Own accounts without the one that sends. */
  readonly accounts: readonly Person[];
}

const RECENT = 4;

/** What is known to judge a recipient by. */
export function knowledgeOf(snapshot: Snapshot, from: Pick<AccountView, 'address'>): Knowledge {
  return {
    from: from.address,
    accounts: accountsOf(snapshot),
    contacts: snapshot.contacts,
    sent: snapshot.activity
      .filter(({ state, replaces }) => (state === 'pending' || state === 'confirmed') && replaces?.how !== 'cancel')
      .map(({ to, valueWei }) => ({ to, units: BigInt(valueWei) })),
    tokens: snapshot.tokens.filter(({ chainId }) => chainId === snapshot.network.chainId),
  };
}

export function peopleOf(snapshot: Snapshot, from: Pick<AccountView, 'address'>): People {
  const knowledge = knowledgeOf(snapshot, from);
  return {
    recent: recentRecipients(knowledge, RECENT).map((address) => ({ address, name: null })),
    contacts: snapshot.contacts,
    accounts: accountsOf(snapshot).filter(({ address }) => address.toLowerCase() !== from.address.toLowerCase()),
  };
}

/** An address that was found, with what is known of it. */
export function checkedRecipient(
  found: { readonly address: string; readonly name: string | null },
  snapshot: Snapshot,
  from: Pick<AccountView, 'address'>,
) {
  const knowledge = knowledgeOf(snapshot, from);
  return { ...found, who: recipientOf(found.address, knowledge), risk: recipientRisk(found.address, knowledge) };
}
