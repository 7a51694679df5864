/** What a device checks of the realm tokens it was given, before a PIN goes anywhere (keyless protocol, section 3). */
import { decodeJwt } from 'jose';
import { WalletError } from '@/lib/errors';
import type { RealmTokens } from '../wire/issuer';
import { juiceboxUserOf, type RealmSet } from '../wire/realm-set';

/**
 * One token a realm, each for exactly this realm, this account and this slot. The signature is the realm's business.
 * @throws `party-misbehaved`
 */
export function checkRealmTokens(
  tokens: RealmTokens,
  realmSet: RealmSet,
  accountId: Uint8Array,
  slot: Uint8Array,
  op: 'register' | 'recover',
): void {
  const user = juiceboxUserOf(accountId, slot);
  const isFor = (realmId: string): boolean => {
    const token = tokens[realmId];
    if (!token) return false;
    try {
      const claims = decodeJwt(token);
      return claims.aud === realmId && claims.sub === user && claims.op === op;
    } catch {
      return false;
    }
  };
  const ids = realmSet.realms.map((realm) => realm.id);
  if (Object.keys(tokens).length !== ids.length || !ids.every(isFor))
    throw new WalletError('party-misbehaved', { party: 'issuer', reason: 'realm-tokens' });
}
