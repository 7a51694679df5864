/** Where a scanned code goes, as the address of the tab says it. */

export interface ScanPlace {
  /** Typed in a window that has closed since: the form goes on with what was kept of it. */
  readonly handedOver: boolean;
  /** A recipient of a payment of Bitcoin or a relative, from 0; null for the payment of the selected account. */
  readonly coin: { readonly coin: string; readonly account: string; readonly recipient: number } | null;
}

const TEXT = /^(?:([a-z]{3,4})\/(\d{2}-\d{1,3}-\d{1,10})\/(\d{1,2}))?(\+)?$/;

/** @returns what `readScanPlace` gives back */
export function scanText({ handedOver, coin }: ScanPlace): string {
  const where = coin === null ? '' : `${coin.coin}/${coin.account}/${coin.recipient}`;
  return handedOver ? `${where}+` : where;
}

/** Null for anything else. */
export function readScanPlace(text: string): ScanPlace | null {
  const found = TEXT.exec(text);
  if (found === null) return null;
  const [, coin, account = '', recipient = '', handedOver] = found;
  return {
    handedOver: handedOver !== undefined,
    coin: coin === undefined ? null : { coin, account, recipient: Number(recipient) },
  };
}
