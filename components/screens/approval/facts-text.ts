/** Amounts, people and times of a review as text: never covered, for they are about to be signed. */
import { shortAddress } from '@/components/wallet/address-text';
import { exactUnit, shownUnit } from '@/components/wallet/units';
import type { AmountFacts, AssetFacts, PartyFacts, Risk } from '@/lib/bus/review';
import { formats, statedAmount, t } from '@/lib/i18n';

export function assetName({ symbol, address }: AssetFacts): string {
  return symbol ?? (address === null ? t('approval.unknown-token') : shortAddress(address));
}

/** To its last digit. */
export function exactAmount(amount: AmountFacts): string {
  return amountWith(amount, (decimals) => exactUnit(decimals));
}

/** In titles and on buttons, where there is little room; the exact amount stands below. */
export function briefAmount(amount: AmountFacts): string {
  return amountWith(amount, (decimals) => shownUnit(decimals));
}

function amountWith(
  { asset, units, bound }: AmountFacts,
  unit: (decimals: number) => ReturnType<typeof exactUnit>,
): string {
  const symbol = assetName(asset);
  if (bound === 'unlimited') return t('approval.amount.unlimited', { symbol });
  if (asset.tokenId !== null) {
    const one = t('approval.amount.one', { symbol, id: asset.tokenId });
    return units === '1' ? one : `${units} × ${one}`;
  }
  if (asset.standard === 'erc721' || asset.standard === 'erc1155') {
    const any = t('approval.amount.any', { symbol });
    return units === '1' ? any : `${units} × ${any}`;
  }
  if (asset.decimals === null) return t('approval.amount.raw', { units, symbol });
  return statedAmount(BigInt(units), symbol, unit(asset.decimals));
}

/** The amount with what is said of it: at least, at most. */
export function boundAmount(amount: AmountFacts): string {
  const text = exactAmount(amount);
  return amount.bound === 'at-least' || amount.bound === 'at-most'
    ? t(`approval.amount.${amount.bound}`, { amount: text })
    : text;
}

export const partyName = ({ name, address }: PartyFacts): string => name ?? shortAddress(address);

/** A day and its year, or that there is none. */
export function endText(untilMs: number | null): string {
  return untilMs === null ? t('approval.never-ends') : momentText(untilMs);
}

const momentText = (timeMs: number): string => formats().day(timeMs);

/** What the account holds of what a risk is about; null where none tells. */
export function heldText(risks: readonly Risk[]): string | null {
  const [first] = risks.flatMap(({ amount, heldUnits }) =>
    amount === null || heldUnits === null ? [] : [exactAmount({ ...amount, units: heldUnits, bound: 'exact' })],
  );
  return first ?? null;
}

export function riskText({ kind, amount, heldUnits, party, name, chainId, timeMs }: Risk): {
  readonly title: string;
  readonly text: string;
} {
  const held =
    amount === null || heldUnits === null ? null : exactAmount({ ...amount, units: heldUnits, bound: 'exact' });
  const words = {
    amount: amount === null ? '' : briefAmount(amount),
    symbol: amount === null ? t('approval.unknown-token') : assetName(amount.asset),
    held: held ?? (amount === null ? '' : assetName(amount.asset)),
    who: party === null ? '' : partyName(party),
    name: name ?? (party === null ? '' : partyName(party)),
    chain: chainId ?? '',
    until: timeMs === null ? '' : momentText(timeMs),
  };
  return { title: t(`approval.risk.${kind}`, words), text: t(`approval.risk.${kind}.text`, words).trim() };
}
