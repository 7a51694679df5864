/** Allowances as pages are told of them: with names, symbols and limits. */

import { getAddress } from 'viem';
import type { AllowancePlaceView, AllowanceView } from '@/lib/bus/allowances';
import type { Address } from '@/lib/chains/types';
import { amountOf } from '../review/facts';
import type { Surroundings } from '../review/types';
import type { AllowancePlace } from './grants';
import type { Allowance } from './read-allowances';

export function showAllowances(
  allowances: readonly Allowance[],
  around: Pick<Surroundings, 'asset' | 'party'>,
): Promise<AllowanceView[]> {
  return Promise.all(
    allowances.map(async ({ place, units, untilMs, granted }) => {
      const [asset, spender] = await Promise.all([assetOf(place, around), around.party(place.spender)]);
      const bound = place.kind === 'token' || place.kind === 'permit2' ? 'at-most' : 'exact';
      return { place: shownPlace(place), amount: amountOf(asset, units, bound), spender, untilMs, granted };
    }),
  );
}

function assetOf(place: AllowancePlace, around: Pick<Surroundings, 'asset'>) {
  switch (place.kind) {
    case 'token':
    case 'permit2':
      return around.asset(place.contract, 'erc20');
    case 'collection':
      return around.asset(place.contract);
    case 'item':
      return around.asset(place.contract, 'erc721', place.tokenId);
    default:
      return place satisfies never;
  }
}

const shownPlace = (place: AllowancePlace): AllowancePlaceView => ({
  kind: place.kind,
  chainId: place.chainId,
  contract: place.contract,
  spender: place.spender,
  tokenId: place.kind === 'item' ? place.tokenId : null,
});

/** The other way round. @param owner whose allowance it is */
export function placeOf({ tokenId, kind, ...place }: AllowancePlaceView, owner: Address): AllowancePlace {
  const [contract, spender] = [getAddress(place.contract.toLowerCase()), getAddress(place.spender.toLowerCase())];
  const at = { chainId: place.chainId, owner, contract, spender };
  return kind === 'item' ? { kind, ...at, tokenId: tokenId ?? '0' } : { kind, ...at };
}
