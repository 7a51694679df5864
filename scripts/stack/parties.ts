/** Every process of a stack. */
export const PARTY_NAMES = [
  'identity',
  'apple',
  'relay',
  'vault',
  'issuer',
  'realm-1',
  'realm-2',
  'realm-3',
  'chain',
] as const;
export type PartyName = (typeof PARTY_NAMES)[number];

/** The realms, in the order of the realm set. */
export const REALM_NAMES = ['realm-1', 'realm-2', 'realm-3'] as const;

export const LOOPBACK = '127.0.0.1';
