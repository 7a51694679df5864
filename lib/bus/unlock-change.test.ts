import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { SECRET_MOST_LENGTH } from './secret-port';
import { newPasskeyOf, newPasswordOf, proofOf, removalOf, unlockChangeText } from './unlock-change';

const bytes = (length: number) => new Uint8Array(length).fill(251);
const grant = {
  credentialId: toBase64url(bytes(1023)),
  prfSalt: toBase64url(bytes(32)),
  prfOutput: toBase64url(bytes(32)),
};
const byPassword = { method: 'password', password: 'copper "lantern" 密码' } as const;
const byPasskey = { method: 'passkey', prfOutput: grant.prfOutput } as const;

describe('a change of how this device unlocks', () => {
  it('arrives as it was sent, with what proves who asks', () => {
    const password = { unlock: byPasskey, password: byPassword.password };
    expect(newPasswordOf(utf8(unlockChangeText(password)))).toEqual(password);
    const passkey = { unlock: byPassword, grant };
    expect(newPasskeyOf(utf8(unlockChangeText(passkey)))).toEqual(passkey);
    const removal = { unlock: byPassword, method: 'passkey' } as const;
    expect(removalOf(utf8(unlockChangeText(removal)))).toEqual(removal);
    const byPin = { unlock: { method: 'pin', pin: '482913' } } as const;
    expect(proofOf(utf8(unlockChangeText(byPin)))).toEqual(byPin);
    expect(proofOf(utf8(unlockChangeText({ unlock: null })))).toEqual({ unlock: null });
  });

  it('fits with the longest passkey and password that there are', () => {
    const most = { method: 'password', password: '\\'.repeat(256) } as const;
    expect(unlockChangeText({ unlock: most, grant }).length).toBeLessThanOrEqual(SECRET_MOST_LENGTH);
  });

  it.each([
    ['no JSON', 'copper lantern drift'],
    ['no word about a proof', JSON.stringify({ password: 'copper lantern drift', grant, method: 'passkey' })],
    ['a proof of another kind', JSON.stringify({ unlock: { method: 'word', word: 'copper' } })],
    ['a field too many', JSON.stringify({ unlock: null, password: 'a', grant, method: 'passkey' })],
  ])('is refused with %s, without a word of it', (_, text) => {
    for (const read of [proofOf, newPasswordOf, newPasskeyOf, removalOf])
      expect(() => read(utf8(text))).toThrow(/^bad-message$/);
  });
});
