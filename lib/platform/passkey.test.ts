import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { openPasskeys, type PasskeyBrowser } from './passkey';

type Prf = 'with each ceremony' | 'when asked again' | 'never';

/** An authenticator in memory: a PRF is HMAC-SHA-256 under a secret of each passkey. */
function authenticator(prf: Prf = 'with each ceremony') {
  const keys = new Map<string, Uint8Array>();
  const device = { prf, cancels: '', verifies: true, signalled: [] as string[], users: [] as string[] };
  const answer = (id: string, salt: Uint8Array, ceremony: Prf) => {
    const first = new Uint8Array(
      createHmac('sha256', keys.get(id) ?? '')
        .update(salt)
        .digest(),
    ).buffer;
    const computed = device.prf === 'with each ceremony' || device.prf === ceremony;
    const authenticatorData = new Uint8Array(37);
    authenticatorData[32] = device.verifies ? 0b101 : 0b001;
    return {
      type: 'public-key',
      rawId: Uint8Array.from(Buffer.from(id, 'base64url')).buffer,
      response: { authenticatorData: authenticatorData.buffer },
      getClientExtensionResults: () => (computed ? { prf: { enabled: true, results: { first } } } : {}),
    } as unknown as Credential;
  };
  const refused = () => {
    if (device.cancels === '') return;
    throw Object.assign(new Error('the browser says something'), { name: device.cancels });
  };
  const credentials: PasskeyBrowser['credentials'] = {
    create: async (options) => {
      refused();
      const { user, extensions, authenticatorSelection } = options?.publicKey ?? {};
      expect(authenticatorSelection?.userVerification).toBe('required');
      const id = randomBytes(16).toString('base64url');
      keys.set(id, randomBytes(32));
      device.users.push(toBase64url(new Uint8Array(user?.id as ArrayBuffer)));
      return answer(id, extensions?.prf?.eval?.first as Uint8Array, 'with each ceremony');
    },
    get: async (options) => {
      refused();
      const { allowCredentials, extensions, userVerification } = options?.publicKey ?? {};
      expect(userVerification).toBe('required');
      const id = toBase64url(allowCredentials?.[0]?.id as Uint8Array);
      if (!keys.has(id)) throw Object.assign(new Error('none'), { name: 'NotAllowedError' });
      return answer(id, extensions?.prf?.eval?.first as Uint8Array, 'when asked again');
    },
  };
  const passkeys = openPasskeys({
    credentials,
    keyClass: {
      signalUnknownCredential: async ({ rpId, credentialId }) => void device.signalled.push(`${rpId} ${credentialId}`),
    },
    location: { protocol: 'chrome-extension:', hostname: 'abcdef' },
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  return { device, passkeys, keys };
}

describe('a passkey', () => {
  it.each(['with each ceremony', 'when asked again'] as const)(
    'that computes %s gives the same each time',
    async (prf) => {
      const { passkeys } = authenticator(prf);
      const { prfOutput, ...handle } = await passkeys.create('Halfkey');
      expect(prfOutput).toMatch(/^[\w-]{43}$/);
      expect(await passkeys.evaluate(handle)).toBe(prfOutput);
      expect(await passkeys.evaluate({ ...handle, prfSalt: toBase64url(randomBytes(32)) })).not.toBe(prfOutput);
    },
  );

  it('is made for another user each time, so that it replaces none that still opens', async () => {
    const { passkeys, device } = authenticator();
    await passkeys.create('Halfkey');
    await passkeys.create('Halfkey');
    expect(new Set(device.users).size).toBe(2);
  });

  it('without PRF is refused, said to be left behind, and the authenticator is told', async () => {
    const { passkeys, device, keys } = authenticator('never');
    await expect(passkeys.create('Halfkey')).rejects.toMatchObject({
      code: 'passkey-unsupported',
      details: { reason: 'made' },
    });
    expect(device.signalled).toEqual([...keys.keys()].map((id) => `abcdef ${id}`));
  });

  it('is refused when the user was not verified', async () => {
    const { passkeys, device } = authenticator();
    const handle = await passkeys.create('Halfkey');
    device.verifies = false;
    await expect(passkeys.evaluate(handle)).rejects.toMatchObject({ code: 'passkey-unsupported' });
  });

  it.each([
    ['NotAllowedError', 'passkey-cancelled'],
    ['AbortError', 'passkey-cancelled'],
    ['SecurityError', 'passkey-unsupported'],
    ['NotSupportedError', 'passkey-unsupported'],
  ])('that ends with %s is told as %s', async (name, code) => {
    const { passkeys, device } = authenticator();
    device.cancels = name;
    await expect(passkeys.create('Halfkey')).rejects.toMatchObject({ code, details: {} });
  });

  it('of somebody else cannot be asked', async () => {
    const { passkeys } = authenticator();
    const strange = { credentialId: toBase64url(randomBytes(16)), prfSalt: toBase64url(randomBytes(32)) };
    await expect(passkeys.evaluate(strange)).rejects.toMatchObject({ code: 'passkey-cancelled' });
  });
});

describe('passkeys are offered', () => {
  const offered = (browser: Partial<PasskeyBrowser>) =>
    openPasskeys({
      credentials: { create: async () => null, get: async () => null },
      keyClass: {},
      location: { protocol: 'chrome-extension:', hostname: 'abcdef' },
      random: (length) => new Uint8Array(length),
      ...browser,
    }).offered();
  const capable = (prf: boolean) => ({ getClientCapabilities: async () => ({ 'extension:prf': prf }) });

  it('where the browser has them and does not say that it lacks PRF', async () => {
    expect(await offered({})).toBe(true);
    expect(await offered({ keyClass: capable(true) })).toBe(true);
    expect(await offered({ keyClass: { getClientCapabilities: () => Promise.reject(new Error()) } })).toBe(true);
  });

  it('neither without PRF, nor without passkeys, nor in Firefox', async () => {
    expect(await offered({ keyClass: capable(false) })).toBe(false);
    expect(await offered({ keyClass: undefined })).toBe(false);
    expect(await offered({ location: { protocol: 'moz-extension:', hostname: '0-0-0' } })).toBe(false);
  });
});
