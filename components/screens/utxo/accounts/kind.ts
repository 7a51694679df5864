import type { AccountView } from '@/lib/bus/utxo/shapes';
import { COINS, type CoinId, type Purpose } from '@/lib/chains/utxo/coins';
import { u } from '@/lib/i18n/utxo';

/** What kind of addresses an account has, in a word. */
export const kindName = (purpose: Purpose): string => u(`accounts.kind.${purpose}`);

/** Why one would want them, in a sentence. */
export const kindReason = (coin: CoinId, purpose: Purpose): string =>
  u(COINS[coin].purposes.length === 1 ? 'accounts.why.only' : `accounts.why.${purpose}`);

/** As the user has named it, or by its place and kind. */
export const accountName = ({ name, number, purpose }: Pick<AccountView, 'name' | 'number' | 'purpose'>): string =>
  name === '' ? u('accounts.name', { place: number + 1, kind: kindName(purpose) }) : name;
