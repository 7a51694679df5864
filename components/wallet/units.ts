/** How ether is shown: 18 decimals on the chain, four on the screen. */
export const ETHER = { decimals: 18, fractionDigits: 4 } as const;

/** A unit with so many decimals as it is shown: four of them. */
export const shownUnit = (decimals: number) => ({ decimals, fractionDigits: 4 });

/** The same to its last digit. */
export const exactUnit = (decimals: number) => ({ decimals, fractionDigits: decimals });

/** A fee: small, so two more digits than an amount. */
export const feeUnit = (decimals: number) => ({ decimals, fractionDigits: 6 });
