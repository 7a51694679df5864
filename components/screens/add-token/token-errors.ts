import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { addressProblem } from '../send/send-errors';

/** The reason at the address; null if the error is not about it and needs a note. */
export function tokenError(
  error: ErrorFacts,
  { typed, network }: { readonly typed: string; readonly network: { readonly name: string } },
): string | null {
  if (error.code === 'bad-address') return addressProblem(error.details, typed, network);
  if (error.code !== 'bad-token') return null;
  switch (error.details.reason) {
    case 'no-contract':
      return t('token.bad.no-contract', { network: network.name });
    case 'no-decimals':
      return t('token.bad.no-decimals');
    case 'no-symbol':
      return t('token.bad.no-symbol');
    case 'duplicate':
      return t('token.bad.duplicate', { symbol: error.details.party ?? '' });
    default:
      return t('token.bad.not-a-token');
  }
}
