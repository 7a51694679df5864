/** How a review is laid out by what speaks against it. */
import { RISK_LEVEL, type Risk, type RiskKind } from '@/lib/bus/review';

/** These need a box to be ticked before anything can be approved: honest sites never ask for them. */
const CONSENT: ReadonlySet<RiskKind> = new Set<RiskKind>([
  'phishing-site',
  'sign-in-domain',
  'sign-in-account',
  'sign-in-malformed',
  'loses-more',
  'order-for-nothing',
  'order-unreadable',
  'hash-message',
  'transaction-message',
  'foreign-contract',
  'look-alike',
  'to-token-contract',
]);

export const levelOf = ({ kind }: Risk): 'danger' | 'warn' => RISK_LEVEL[kind];
export const isDangerous = (risks: readonly Risk[]): boolean => risks.some((risk) => levelOf(risk) === 'danger');
export const needsConsent = (risks: readonly Risk[]): boolean => risks.some(({ kind }) => CONSENT.has(kind));
