/** What this wallet knows of somebody that something is sent to, and what speaks against it. */
import { lookAlikeOf, sameAddress } from './look-alike';

interface Named {
  readonly name: string;
  readonly address: string;
}

/** Something that was sent from here. Received ones have no place here: anybody can put an address among them. */
export interface SentTo {
  readonly to: string;
  /** In the smallest unit. */
  readonly units: bigint;
}

export interface Knowledge {
  /** The account that sends. */
  readonly from: string;
  /** All own accounts, of every wallet. */
  readonly accounts: readonly Named[];
  readonly contacts: readonly Named[];
  /** Newest first. */
  readonly sent: readonly SentTo[];
  /** Contracts of tokens on the chain that is sent on. */
  readonly tokens: readonly { readonly address: string; readonly symbol: string }[];
}

/** Who an address is. */
export type Recipient =
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'contact'; readonly name: string }
  | { readonly kind: 'known'; readonly times: number }
  | { readonly kind: 'new' };

/** What speaks against it; the worst alone. */
export type RecipientRisk =
  | { readonly kind: 'look-alike'; readonly address: string; readonly name: string | null }
  | { readonly kind: 'token-contract'; readonly symbol: string }
  | { readonly kind: 'self' };

const named = (list: readonly Named[], address: string) => list.find((one) => sameAddress(one.address, address));

/** Zero is what poisoners send, and what a cancellation sends to oneself: it makes nobody known. */
const paid = ({ sent, from }: Knowledge) => sent.filter(({ to, units }) => units > 0n && !sameAddress(to, from));

export function recipientOf(address: string, knowledge: Knowledge): Recipient {
  const own = named(knowledge.accounts, address);
  if (own) return { kind: 'own', name: own.name };
  const contact = named(knowledge.contacts, address);
  if (contact) return { kind: 'contact', name: contact.name };
  const times = paid(knowledge).filter(({ to }) => sameAddress(to, address)).length;
  return times > 0 ? { kind: 'known', times } : { kind: 'new' };
}

export function recipientRisk(address: string, knowledge: Knowledge): RecipientRisk | null {
  const token = knowledge.tokens.find((one) => sameAddress(one.address, address));
  if (token) return { kind: 'token-contract', symbol: token.symbol };
  if (sameAddress(address, knowledge.from)) return { kind: 'self' };
  const unnamed = paid(knowledge).map(({ to }) => ({ address: to, name: null }));
  const alike = lookAlikeOf(address, [...knowledge.accounts, ...knowledge.contacts, ...unnamed]);
  return alike && { kind: 'look-alike', address: alike.address, name: alike.name };
}

/** Whom something was sent to, newest first, each once; own accounts and contacts stand in lists of their own. */
export function recentRecipients(knowledge: Knowledge, most: number): readonly string[] {
  const strangers = paid(knowledge).filter(({ to }) => recipientOf(to, knowledge).kind === 'known');
  const first = (to: string, at: number) => strangers.findIndex((one) => sameAddress(one.to, to)) === at;
  return strangers.filter(({ to }, at) => first(to, at)).flatMap(({ to }, at) => (at < most ? [to] : []));
}
