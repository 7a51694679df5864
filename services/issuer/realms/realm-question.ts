/** One question to realms that spends nothing: whether a row has guesses left at all. */
import { equalBytes, fromHex, readBody } from '@/lib/bytes';
import type { Realm, RealmSet } from '@/lib/keyless/wire/realm-set';
import { JUICEBOX_VERSION } from './realm-deletion';
import type { SignRealmTokens } from './realm-tokens';

/** CBOR (RFC 8949) of `"Recover1"`, of `{"Recover1": "NoGuesses"}` and of `{"Recover1": "NotRegistered"}`. */
const QUESTION = fromHex('685265636f76657231');
const DEAD = [
  fromHex('a1685265636f76657231694e6f47756573736573'),
  fromHex('a1685265636f766572316d4e6f7452656769737465726564'),
] as const;
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4096;

export interface RealmQuestionParts {
  readonly signRealmTokens: SignRealmTokens;
  /** Ids of realms that are gone for good: an operator's word that no row is there any more. */
  readonly goneRealms: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

/**
 * Whether so many realms have no guesses or no row left, or are gone for good, that the others are too few to recover
 * from. Not to be asked sooner than ten minutes after a try: a right last guess may still have to be finished.
 */
export async function isBeyondRecovery(
  { signRealmTokens, goneRealms, fetch, now }: RealmQuestionParts,
  accountId: Uint8Array,
  slot: Uint8Array,
  realmSet: RealmSet,
): Promise<boolean> {
  const tokens = await signRealmTokens({ accountId, slot, realmSet, operation: 'recover', issuedAtMs: now() });
  const answers = realmSet.realms.map(
    (realm) => goneRealms.includes(realm.id) || isDeadAt(realm, tokens[realm.id] ?? '', fetch),
  );
  const dead = (await Promise.all(answers)).filter(Boolean).length;
  return dead >= realmSet.realms.length - realmSet.recoverThreshold + 1;
}

/** Only if the realm said so: one that is down or says anything else may still have the row. */
async function isDeadAt(realm: Realm, token: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch(new URL('req', realm.address).href, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': JUICEBOX_VERSION },
      body: new Uint8Array(QUESTION),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await readBody(response, MAX_ANSWER_BYTES);
    return response.status === 200 && DEAD.some((dead) => equalBytes(dead, answer));
  } catch {
    return false;
  }
}
