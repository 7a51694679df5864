import { describe, expect, it } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { ACCOUNT, REALM_SET, SLOT, START_MS } from '../testing/issuer';
import { isBeyondRecovery } from './realm-question';

/** CBOR of a refusal, and of a row with guesses left, as far as it is looked at. */
const NO_GUESSES = 'a1685265636f76657231694e6f47756573736573';
const NOT_REGISTERED = 'a1685265636f766572316d4e6f7452656769737465726564';
const HAS_GUESSES = 'a1685265636f76657231a0';
const [REALM_A = '', REALM_B = '', REALM_C = ''] = REALM_SET.realms.map(({ id }) => id);

/** @param answers of realms a, b and c; null for one that does not answer */
async function ask(answers: readonly (string | null)[], goneRealms: readonly string[] = []) {
  const asked: string[] = [];
  const fetch = async (input: Parameters<typeof globalThis.fetch>[0]) => {
    const { id = '' } = REALM_SET.realms.find(({ address }) => String(input) === `${address}req`) ?? {};
    asked.push(id);
    const answer = answers[REALM_SET.realms.findIndex((realm) => realm.id === id)];
    if (typeof answer !== 'string') throw new TypeError('fetch failed');
    return new Response(new Uint8Array(fromHex(answer)));
  };
  const signRealmTokens = async () => ({});
  const parts = { signRealmTokens, goneRealms, fetch, now: () => START_MS };
  return { isBeyond: await isBeyondRecovery(parts, ACCOUNT, SLOT, REALM_SET), asked: asked.sort() };
}

describe('a backup at three realms, of which two recover it', () => {
  it.each([
    ['two have no guesses or no row', [NO_GUESSES, NOT_REGISTERED, HAS_GUESSES], [], true],
    ['one has no guesses', [NO_GUESSES, HAS_GUESSES, HAS_GUESSES], [], false],
    ['two do not answer', [null, null, NO_GUESSES], [], false],
    ['two are gone', [null, null, HAS_GUESSES], [REALM_A, REALM_B], true],
    ['one is gone and one has no guesses', [null, NO_GUESSES, HAS_GUESSES], [REALM_A], true],
    ['one is gone', [null, HAS_GUESSES, HAS_GUESSES], [REALM_A], false],
    ['one is gone and one does not answer', [null, null, HAS_GUESSES], [REALM_A], false],
    ['those of another set are gone', [HAS_GUESSES, HAS_GUESSES, HAS_GUESSES], ['d'.repeat(32), 'e'.repeat(32)], false],
  ] as const)('is judged by what is left, where %s', async (_, answers, goneRealms, isBeyond) => {
    expect((await ask(answers, goneRealms)).isBeyond).toBe(isBeyond);
  });

  it('asks no realm that is gone', async () => {
    expect((await ask([null, HAS_GUESSES, HAS_GUESSES], [REALM_A])).asked).toEqual([REALM_B, REALM_C]);
  });
});
