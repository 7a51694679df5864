/** What is typed into the form, and what follows from it. Pure. */
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';

export type SendRecipient = UtxoSendDraft['recipients'][number];

export const EMPTY_RECIPIENT: SendRecipient = { to: '', amount: '', everything: false };

/** With another text or amount at one recipient. Only one can get everything that is left. */
export function withRecipient(draft: UtxoSendDraft, place: number, more: Partial<SendRecipient>): UtxoSendDraft {
  return {
    ...draft,
    recipients: draft.recipients.map((recipient, at) => {
      if (at === place) return { ...recipient, ...more };
      return more.everything === true ? { ...recipient, everything: false } : recipient;
    }),
  };
}

/** Whether every recipient has an address and an amount: then it can be asked what it costs. */
export const isComplete = ({ recipients }: UtxoSendDraft): boolean =>
  recipients.every(({ to, amount, everything }) => to.trim() !== '' && (everything || amount.trim() !== ''));

/** Nothing shorter is an address, and nobody types so many characters at once. */
const SHORTEST = 20;

/** The texts that were pasted as a whole: nobody types on, so they are looked at right away. */
export function pastedTexts(before: UtxoSendDraft, next: UtxoSendDraft): readonly string[] {
  return next.recipients
    .filter(({ to }, place) => isPasted(before.recipients[place]?.to ?? '', to))
    .map(({ to }) => to);
}

function isPasted(before: string, next: string): boolean {
  if (before === next || next.trim().length < SHORTEST) return false;
  const isTyped = next.startsWith(before) || before.startsWith(next);
  return !isTyped || next.length - before.length >= SHORTEST;
}

/** Where an error belongs: to the address or the amount of one recipient, to the coins, to the fee, or to none of them. */
export type ErrorPlace =
  | { readonly at: 'to' | 'amount'; readonly place: number }
  | { readonly at: 'coins' | 'fee' | 'form' };

export function placeOf({ code, details }: ErrorFacts, { recipients }: UtxoSendDraft): ErrorPlace {
  const { place = 0, reason } = details;
  if (code === 'bad-address') return { at: 'to', place };
  if (code === 'bad-amount') return { at: 'amount', place };
  if (code === 'bad-fee') return { at: 'fee' };
  if (code !== 'insufficient-funds') return { at: 'form' };
  return recipients.length > 1 || reason === 'not-spendable' ? { at: 'coins' } : { at: 'amount', place: 0 };
}
