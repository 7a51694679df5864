import type { FeeChoice } from '@/lib/bus/protocol';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { type MessageKey, t } from '@/lib/i18n';

/** Reasons at the fields. */
export interface SendErrors {
  readonly to?: string;
  readonly amount?: string;
}

/** What a reason is about. */
export interface Typed {
  readonly to: string;
  /** Null for the network's own unit. */
  readonly token: string | null;
  readonly network: { readonly name: string; readonly symbol: string };
  /** Of the amount. */
  readonly unit: { readonly symbol: string; readonly decimals: number };
}

const ADDRESS: Readonly<Record<string, MessageKey & `send.${string}`>> = {
  empty: 'send.address.empty',
  checksum: 'send.address.checksum',
  'zero-address': 'send.address.zero',
  'name-format': 'send.name.format',
  'name-not-found': 'send.name.not-found',
  'name-off-chain': 'send.name.off-chain',
};

type Plain = 'send.amount.empty' | 'send.amount.zero' | 'send.amount.insufficient';

const AMOUNT: Readonly<Record<string, Plain>> = {
  empty: 'send.amount.empty',
  zero: 'send.amount.zero',
  negative: 'send.amount.zero',
  'too-large': 'send.amount.insufficient',
};

const ADDRESS_LENGTH = 42;

/** What is wrong with the shape of an address: its length, where that is all. */
function shapeText(typed: string): string {
  if (!/^0x[0-9a-f]*$/i.test(typed)) return t('send.address.bad');
  return t(typed.length < ADDRESS_LENGTH ? 'send.address.short' : 'send.address.long');
}

/** Why an address or a name is refused. @param details of a `bad-address` error */
export function addressProblem(
  details: ErrorFacts['details'],
  typed: string,
  network: { readonly name: string },
): string {
  const { reason = '', party } = details;
  if (reason === 'other-chain') return t('send.address.other-chain', { chain: party ?? '', network: network.name });
  if (reason === 'name-not-here') return t('send.name.not-here', { network: network.name });
  const key = ADDRESS[reason];
  return key === undefined ? shapeText(typed.trim()) : t(key);
}

function amountText(reason: string, { unit }: Typed): string {
  return reason === 'too-many-decimals' ? t('send.amount.decimals', unit) : t(AMOUNT[reason] ?? 'send.amount.bad');
}

function fundsText(reason: string, { token, network }: Typed): string {
  if (reason !== 'fee') return t('send.amount.more');
  return token === null ? t('send.amount.insufficient') : t('send.amount.fee-unit', { symbol: network.symbol });
}

/** The reason beside the field that an error is about; empty if it is about neither. */
export function sendErrors(error: ErrorFacts, typed: Typed): SendErrors {
  const reason = error.details.reason ?? '';
  switch (error.code) {
    case 'bad-address':
      return { to: addressProblem(error.details, typed.to, typed.network) };
    case 'bad-amount':
      return { amount: amountText(reason, typed) };
    case 'insufficient-funds':
      return { amount: fundsText(reason, typed) };
    default:
      return {};
  }
}

/** Which of one's own numbers a fee was refused for, and why; null if it was not. */
export function feeProblem(error: ErrorFacts | null) {
  if (error?.code !== 'bad-fee') return null;
  const found = FEE[error.details.reason ?? ''] ?? FEE.price;
  return found === undefined ? null : { field: found[0], text: t(found[1]) };
}

type FeeField = keyof Exclude<FeeChoice, string>;
const FEE: Readonly<Record<string, readonly [FeeField, MessageKey & `send.fee.problem.${string}`]>> = {
  price: ['price', 'send.fee.problem.price'],
  tip: ['tip', 'send.fee.problem.tip'],
  'tip-above-price': ['tip', 'send.fee.problem.tip-above-price'],
  gas: ['gas', 'send.fee.problem.gas'],
  'gas-too-low': ['gas', 'send.fee.problem.gas-too-low'],
  'gas-too-high': ['gas', 'send.fee.problem.gas-too-high'],
};

/** True if the error stands at a field and needs no note. */
export function isFieldError({ code }: ErrorFacts): boolean {
  return code === 'bad-address' || code === 'bad-amount' || code === 'bad-fee' || code === 'insufficient-funds';
}
