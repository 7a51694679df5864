import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '@/lib/bytes';
import { open, seal } from './aead';
import { argon2id, hkdf } from './kdf';
import { seedOf, wordsOf } from './mnemonic';
import { Secret } from './secret';
import { signingKeyOf, verifySignature } from './signature';
import { areShares, joinKey, splitKey } from './split';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('seal and open', () => {
  it('agree with node:crypto and with each other', () => {
    fc.assert(
      fc.property(bytes(32), bytes(12), fc.uint8Array(), fc.uint8Array(), (key, nonce, plaintext, aad) => {
        const sealed = seal(key, nonce, plaintext, aad);
        expect(open(key, nonce, sealed, aad)).toEqual(plaintext);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(sealed.slice(-16));
        expect(Buffer.concat([decipher.update(sealed.slice(0, -16)), decipher.final()]).equals(plaintext)).toBe(true);
      }),
    );
  });

  it('refuse another key, nonce, additional data or any flipped bit', () => {
    const [key, nonce] = [randomBytes(32), randomBytes(12)];
    const sealed = seal(key, nonce, utf8('secret'), utf8('aad'));
    expect(() => open(randomBytes(32), nonce, sealed, utf8('aad'))).toThrow();
    expect(() => open(key, randomBytes(12), sealed, utf8('aad'))).toThrow();
    expect(() => open(key, nonce, sealed, utf8('add'))).toThrow();
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(key, nonce, flipped, utf8('aad'))).toThrow();
    }
  });
});

describe('key derivation', () => {
  it('HKDF agrees with node:crypto', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.string(), (secret, info) => {
        expect(toHex(hkdf(secret, info))).toBe(Buffer.from(hkdfSync('sha256', secret, '', info, 32)).toString('hex'));
      }),
    );
  });

  it('Argon2id gives the hash of the reference implementation (phc-winner-argon2, src/test.c: t=2, m=64 MiB, p=1)', async () => {
    const hash = await argon2id(utf8('password'), utf8('somesalt'), { memoryKiB: 65536, passes: 2, lanes: 1 });
    expect(toHex(hash)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });
});

describe('the 2-of-2 split', () => {
  it('joins to the key again, in either order, with two well-shaped shares', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(32), async (key) => {
        const [a, b] = await splitKey(key);
        expect(areShares(a, b)).toBe(true);
        expect(await joinKey(a, b)).toEqual(key);
        expect(await joinKey(b, a)).toEqual(key);
      }),
    );
  });

  it('knows shapes that are no two shares of one key', async () => {
    const [a, b] = await splitKey(new Uint8Array(randomBytes(32)));
    expect(areShares(a, a)).toBe(false);
    expect(areShares(a, b.slice(1))).toBe(false);
    expect(areShares(a, Uint8Array.of(...b.slice(0, 32), 0))).toBe(false);
  });
});

describe('words', () => {
  it('are those of BIP-39 (Trezor vectors, 256 bits of 00 and of 7f)', async () => {
    expect(wordsOf(new Uint8Array(32))).toBe(`${'abandon '.repeat(23)}art`);
    expect(wordsOf(new Uint8Array(32).fill(0x7f))).toMatch(/^legal winner thank year .* title$/);
    expect(toHex(await seedOf(new Uint8Array(16)))).toBe(
      '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4',
    );
  });
});

describe('signatures', () => {
  it('are those of RFC 8032, test 1', () => {
    const key = signingKeyOf(fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
    expect(toHex(key.publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    expect(toHex(key.sign(new Uint8Array()))).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  it('verify only for the key and message they were made for, and never throw', () => {
    const [mine, other] = [signingKeyOf(randomBytes(32)), signingKeyOf(randomBytes(32))];
    const signature = mine.sign(utf8('a'));
    expect(verifySignature(mine.publicKey, utf8('a'), signature)).toBe(true);
    expect(verifySignature(mine.publicKey, utf8('b'), signature)).toBe(false);
    expect(verifySignature(other.publicKey, utf8('a'), signature)).toBe(false);
    expect(verifySignature(new Uint8Array(32).fill(255), utf8('a'), signature)).toBe(false);
    expect(verifySignature(mine.publicKey, utf8('a'), new Uint8Array(3))).toBe(false);
  });
});

describe('a secret', () => {
  it('shows nothing to JSON, strings and structured clones', () => {
    const secret = new Secret(utf8('canary'));
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
    expect(`${secret}`).toBe('[secret]');
    expect(structuredClone(secret)).toEqual({});
    expect(Object.keys(secret)).toEqual([]);
  });

  it('is overwritten when wiped and cannot be used again', () => {
    const material = utf8('canary');
    const secret = new Secret(material);
    expect(secret.use((inside) => inside.length)).toBe(6);
    secret.wipe();
    expect(material).toEqual(new Uint8Array(6));
    expect(() => secret.use(() => 0)).toThrow('wiped');
  });
});
