/**
 * Addresses made to be taken for another: somebody who has watched an account makes one with the same ends, and waits for
 * it to be copied from a history ("address poisoning").
 */

/** Characters that have to agree at each end, and at both together: by chance once in 16 million. */
const AT_EACH_END = 2;
const AT_BOTH_ENDS = 6;

/** How many characters two texts have in common from their start. */
function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

const reversed = (text: string) => Array.from(text).reverse().join('');
const digitsOf = (address: string) => address.slice(2).toLowerCase();

/** Whether two addresses are one, whatever their spelling. */
export const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * The first of `known` that `address` could be taken for: another address with the same ends. An address that is itself
 * among them is taken for nothing.
 */
export function lookAlikeOf<Known extends { readonly address: string }>(
  address: string,
  known: readonly Known[],
): Known | null {
  if (known.some((one) => sameAddress(one.address, address))) return null;
  const digits = digitsOf(address);
  const isAlike = (one: Known) => {
    const atStart = commonStart(digits, digitsOf(one.address));
    const atEnd = commonStart(reversed(digits), reversed(digitsOf(one.address)));
    return atStart >= AT_EACH_END && atEnd >= AT_EACH_END && atStart + atEnd >= AT_BOTH_ENDS;
  };
  return known.find(isAlike) ?? null;
}
