/** The longest label of an address, an output or a transaction, in characters. */
export const LONGEST_LABEL = 80;
