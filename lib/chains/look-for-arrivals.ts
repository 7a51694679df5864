/** Looking for arrivals with what is known already: balances that were just read, tokens that are shown, own payments. */
import type { Activity } from './activity';
import { type Balances, balanceOf } from './balances';
import type { Incoming, OwnSpending } from './incoming';
import type { Tokens } from './tokens';
import type { Address } from './types';

export interface ArrivalParts {
  readonly activity: Pick<Activity, 'list'>;
  readonly balances: Pick<Balances, 'all'>;
  readonly tokens: Pick<Tokens, 'all'>;
  readonly incoming: Pick<Incoming, 'refresh'>;
}

/** @returns to be called when the balances of these accounts were read */
export function createArrivalLook({ activity, balances, tokens, incoming }: ArrivalParts) {
  return async (chainId: number, owners: readonly Address[]): Promise<void> => {
    const [read, known, spending] = [await balances.all(), await tokens.all(), await spendingOf(activity)];
    await incoming.refresh({
      ...{ chainId, owners, spending },
      tokens: known.filter((one) => one.chainId === chainId && !one.hidden).map(({ address }) => address),
      balances: owners.flatMap((owner) => {
        const own = balanceOf(read, { chainId, owner, token: null });
        return own === null ? [] : [{ owner, wei: BigInt(own.units) }];
      }),
    });
  };
}

/** What own transactions have taken of the chain's own unit. */
const spendingOf = async (activity: Pick<Activity, 'list'>): Promise<readonly OwnSpending[]> =>
  (await activity.list()).map(({ token, valueWei, feeWei, ...sent }) => ({
    ...sent,
    valueWei: token === undefined ? BigInt(valueWei) : 0n,
    feeWei: BigInt(feeWei),
  }));
