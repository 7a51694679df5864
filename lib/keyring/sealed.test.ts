import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { memoryArea } from '@/lib/platform/memory-area';
import { createSafe } from './safe';
import { newKeyringKey, openContents, type SealedKeyring, sealContents, undamaged, withWraps } from './sealed';
import v1 from './sealed.v1.json';
import { areaPlaces } from './testing/places';
import { unwrap, withWrap } from './wraps';

const FAST = { memoryKiB: 8, passes: 1, lanes: 1 };
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const deps = { stretching: FAST, random };
const PASSWORD = utf8('correct horse battery');
const ID = toBase64url(new Uint8Array(16));
const secretOf = (entropy: Uint8Array) => ({ [ID]: { type: 'keyless', entropy: toBase64url(entropy) } }) as const;

const passkey = (prfOutput: Uint8Array) =>
  ({ method: 'passkey', credentialId: 'Y3JlZA', prfSalt: toBase64url(new Uint8Array(32)), prfOutput }) as const;

async function sealed(entropy = random(32), password = PASSWORD): Promise<SealedKeyring> {
  const key = newKeyringKey(random);
  const wraps = await withWrap({}, key, { method: 'password', password }, deps);
  return sealContents(secretOf(entropy), key, wraps, random);
}

describe('a sealed record', () => {
  it('opens with its password, whatever entropy and password were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        async (entropy, password) => {
          const record = undamaged(JSON.parse(JSON.stringify(await sealed(entropy, utf8(password)))));
          const key = await unwrap(record.wraps, { method: 'password', password: utf8(password.normalize('NFD')) });
          expect(openContents(record, key)).toEqual(secretOf(entropy));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('opens with each of its ways to unlock, and with no other password or passkey', async () => {
    const key = newKeyringKey(random);
    const prfOutput = random(32);
    const one = await withWrap({}, key, { method: 'password', password: PASSWORD }, deps);
    const record = sealContents({}, key, await withWrap(one, key, passkey(prfOutput), deps), random);
    for (const unlock of [{ method: 'password', password: PASSWORD } as const, passkey(prfOutput)])
      expect(openContents(record, await unwrap(record.wraps, unlock))).toEqual({});
    await expect(unwrap(record.wraps, passkey(random(32)))).rejects.toMatchObject({ code: 'passkey-wrong' });
    await expect(unwrap(record.wraps, { method: 'password', password: utf8('other') })).rejects.toMatchObject({
      code: 'password-wrong',
    });
    await expect(unwrap(one, passkey(prfOutput))).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('says that it is damaged, whichever bit of it flipped', async () => {
    const key = newKeyringKey(random);
    const password = await withWrap({}, key, { method: 'password', password: PASSWORD }, deps);
    const record = sealContents({}, key, await withWrap(password, key, passkey(random(32)), deps), random);
    const text = JSON.stringify(record);
    for (let at = 0; at < text.length; at++) {
      const flipped = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      expect(() => undamaged(parsed(flipped)), `byte ${at}`).toThrow('keyring-damaged');
    }
  });

  it('refuses parameters that were changed, and absurd ones before they cost anything', async () => {
    const record = await sealed();
    const { password } = record.wraps;
    if (!password) throw new Error('no wrap');
    for (const change of [{ passes: 2 }, { memoryKiB: 2 ** 31 }, { lanes: 0 }]) {
      const wraps = { password: { ...password, stretching: { ...FAST, ...change } } };
      expect(() => undamaged({ ...record, wraps })).toThrow('keyring-damaged');
    }
    // Also where somebody has the checksum say what he likes.
    const weaker = withWraps(record, { password: { ...password, stretching: { ...FAST, passes: 2 } } });
    await expect(unwrap(weaker.wraps, { method: 'password', password: PASSWORD })).rejects.toMatchObject({
      code: 'password-wrong',
    });
  });

  it('does not open with the key of another one', async () => {
    const record = await sealed();
    expect(() => openContents(record, new Secret(random(32)))).toThrow('keyring-damaged');
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A safe over places that stop at the nth write or removal, before or after it has happened. */
function stopping(area: ReturnType<typeof memoryArea>, nth: number, when: 'before' | 'after') {
  let steps = 0;
  const stop = async (work: () => Promise<void>) => {
    steps += 1;
    if (steps === nth && when === 'before') throw new Error('stopped');
    if (steps > nth) throw new Error('stopped');
    await work();
    if (steps === nth) throw new Error('stopped');
  };
  const { sealed: place, sealedNext: next } = areaPlaces({
    ...area,
    set: (items) => stop(() => area.set(items)),
    remove: (keys) => stop(() => area.remove(keys)),
  });
  return createSafe({ ...deps, sealed: place, sealedNext: next });
}

describe('a record that is replaced', () => {
  const byPassword = { method: 'password', password: PASSWORD } as const;
  const next = { method: 'password', password: utf8('another horse battery') } as const;

  async function sealedBefore() {
    const area = memoryArea();
    const safe = createSafe({ ...deps, ...areaPlaces(area) });
    const { key } = await safe.seal(secretOf(new Uint8Array(32)), null, byPassword);
    return { area, safe, key };
  }

  it.each(['before', 'after'] as const)('opens at every moment, stopped %s any of its writes', async (when) => {
    for (let nth = 1; nth <= 3; nth++) {
      const { area, safe, key } = await sealedBefore();
      await Promise.allSettled([stopping(area, nth, when).reseal({}, key)]);
      const { contents } = await safe.open(byPassword, null);
      expect([{}, secretOf(new Uint8Array(32))]).toContainEqual(contents);
      await safe.reseal({}, key);
      expect((await safe.open(byPassword, null)).contents).toEqual({});
      expect(Object.keys(await area.get(null))).toEqual(['sealed']);
    }
  });

  it.each(['before', 'after'] as const)('has the old password or the new, stopped %s any write', async (when) => {
    for (let nth = 1; nth <= 3; nth++) {
      const { area, safe } = await sealedBefore();
      await Promise.allSettled([stopping(area, nth, when).rewrap(byPassword, next)]);
      const opened = await Promise.allSettled([safe.open(byPassword, null), safe.open(next, null)]);
      expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is refused, and the old one stays, where storage gives back something else than it was given', async () => {
    const { area, safe, key } = await sealedBefore();
    const forgetful = areaPlaces({ ...area, set: async () => {} });
    const lossy = createSafe({ ...deps, ...forgetful });
    await expect(lossy.reseal({}, key)).rejects.toMatchObject({ code: 'storage-failed' });
    expect((await safe.open(byPassword, null)).contents).toEqual(secretOf(new Uint8Array(32)));
  });

  it('is taken from beside if the first place was torn', async () => {
    const { area, safe, key } = await sealedBefore();
    await expect(stopping(area, 1, 'after').reseal({}, key)).rejects.toThrow('stopped');
    await area.set({ sealed: { version: 2, nonce: 'torn' } });
    expect((await safe.open(byPassword, null)).contents).toEqual({});
  });

  it('wraps the key anew with another password and leaves the secrets as they were', async () => {
    const { area, safe } = await sealedBefore();
    const { sealed: old } = await area.get(['sealed']);
    await safe.rewrap(byPassword, next);
    const { sealed: now } = await area.get(['sealed']);
    expect(undamaged(now).ciphertext).toBe(undamaged(old).ciphertext);
    await expect(safe.open(byPassword, null)).rejects.toMatchObject({ code: 'password-wrong' });
    await safe.open(next, null);
    await expect(safe.rewrap(next, { method: 'password', password: utf8('short') })).rejects.toMatchObject({
      code: 'password-weak',
    });
  });
});

describe('a record of the first version', () => {
  const byPassword = { method: 'password', password: utf8(v1.password) } as const;

  it('opens with its password and is written again as they are today', async () => {
    const area = memoryArea();
    await area.set({ sealed: v1.record });
    const safe = createSafe({ ...deps, ...areaPlaces(area) });
    const { contents } = await safe.open(byPassword, ID);
    expect(contents).toEqual({ [ID]: { type: 'keyless', entropy: v1.entropy } });
    expect(undamaged((await area.get(['sealed'])).sealed).version).toBe(2);
    expect((await safe.open(byPassword, ID)).contents).toEqual(contents);
  });

  it('stays, and opens again, where it cannot be written', async () => {
    const area = memoryArea();
    await area.set({ sealed: v1.record });
    const full = areaPlaces({ ...area, set: () => Promise.reject(new Error('full')) });
    const safe = createSafe({ ...deps, ...full });
    for (let time = 0; time < 2; time++)
      expect((await safe.open(byPassword, ID)).contents).toEqual({ [ID]: { type: 'keyless', entropy: v1.entropy } });
    expect(await area.get(null)).toEqual({ sealed: v1.record });
  });

  it.each(['before', 'after'] as const)('opens at every moment, stopped %s any write of the new one', async (when) => {
    for (let nth = 1; nth <= 3; nth++) {
      const area = memoryArea();
      await area.set({ sealed: v1.record });
      await stopping(area, nth, when).open(byPassword, ID);
      const { contents } = await createSafe({ ...deps, ...areaPlaces(area) }).open(byPassword, ID);
      expect(contents).toEqual({ [ID]: { type: 'keyless', entropy: v1.entropy } });
    }
  });

  it('tells a wrong password from a damaged record', async () => {
    const area = memoryArea();
    await area.set({ sealed: v1.record });
    const safe = createSafe({ ...deps, ...areaPlaces(area) });
    const wrong = { method: 'password', password: utf8('no') } as const;
    await expect(safe.open(wrong, ID)).rejects.toMatchObject({ code: 'password-wrong' });
    await area.set({ sealed: { ...v1.record, nonce: v1.record.salt.slice(0, 16) } });
    await expect(safe.open(byPassword, ID)).rejects.toMatchObject({ code: 'keyring-damaged' });
  });
});
