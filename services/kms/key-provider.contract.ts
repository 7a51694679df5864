import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyProvider } from '@/services/kms/key-provider';

export interface ProviderFixture {
  provider: KeyProvider;
  /** Makes a new version current; gives the provider as a service sees it after a restart. */
  rotate(): Promise<KeyProvider>;
  /** A provider of the same kind with other keys. */
  stranger(): Promise<KeyProvider>;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const refused = { name: 'KmsError', code: 'refused' };

/** What every driver must do. */
export function keyProviderContract(name: string, create: () => Promise<ProviderFixture>): void {
  describe(`key provider ${name}`, () => {
    let fixture: ProviderFixture;
    let provider: KeyProvider;
    const dek = random(32);
    const aad = random(80);
    beforeAll(async () => {
      fixture = await create();
      provider = fixture.provider;
    });

    it('unwraps what it wrapped, with the same AAD', async () => {
      const wrapped = await provider.wrap(dek, aad);
      expect(wrapped).toMatchObject({ kid: provider.id, version: await provider.currentVersion() });
      expect(await provider.unwrap(wrapped, aad)).toEqual(dek);
    });

    it('never wraps alike twice and shows nothing of the key', async () => {
      const [first, second] = [await provider.wrap(dek, aad), await provider.wrap(dek, aad)];
      expect(first.blob).not.toEqual(second.blob);
      expect(Buffer.from(first.blob).includes(Buffer.from(dek))).toBe(false);
    });

    it('refuses another AAD, and every single flipped bit of it', async () => {
      const wrapped = await provider.wrap(dek, aad);
      await expect(provider.unwrap(wrapped, new Uint8Array())).rejects.toMatchObject(refused);
      for (const changed of flips(aad)) await expect(provider.unwrap(wrapped, changed)).rejects.toMatchObject(refused);
    });

    it('refuses every single flipped bit of the blob, truncation and extension', async () => {
      const wrapped = await provider.wrap(dek, aad);
      const { blob } = wrapped;
      const changed = [
        ...flips(blob),
        blob.slice(1),
        blob.slice(0, -1),
        new Uint8Array([...blob, 0]),
        new Uint8Array(),
      ];
      for (const bad of changed)
        await expect(provider.unwrap({ ...wrapped, blob: bad }, aad)).rejects.toMatchObject(refused);
    });

    it('refuses a blob of other keys, and its own under another name', async () => {
      const stranger = await fixture.stranger();
      const foreign = await stranger.wrap(dek, aad);
      await expect(provider.unwrap(foreign, aad)).rejects.toMatchObject(refused);
      await expect(provider.unwrap({ ...foreign, kid: provider.id }, aad)).rejects.toMatchObject(refused);
      await expect(provider.rewrap(foreign, aad)).rejects.toMatchObject(refused);
    });

    it('says that a version is missing', async () => {
      const wrapped = await provider.wrap(dek, aad);
      await expect(provider.unwrap({ ...wrapped, version: '999' }, aad)).rejects.toMatchObject({ code: 'key-missing' });
      await expect(provider.unwrap({ ...wrapped, version: '../1' }, aad)).rejects.toMatchObject(refused);
    });

    it('keeps its name and opens old blobs after a rotation, and rewraps them to the new version', async () => {
      const old = await provider.wrap(dek, aad);
      const rotated = await fixture.rotate();
      expect(rotated.id).toBe(provider.id);
      expect(await rotated.currentVersion()).not.toBe(old.version);
      expect(await rotated.unwrap(old, aad)).toEqual(dek);
      const renewed = await rotated.rewrap(old, aad);
      expect(renewed.version).toBe(await rotated.currentVersion());
      expect(await rotated.unwrap(renewed, aad)).toEqual(dek);
      await expect(rotated.unwrap({ ...renewed, version: old.version }, aad)).rejects.toMatchObject(refused);
      await expect(rotated.rewrap(old, random(80))).rejects.toMatchObject(refused);
    });

    it('is healthy', async () => {
      await expect(provider.health()).resolves.toBeUndefined();
    });
  });
}

/** Every way to flip one bit. */
export function* flips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = bytes.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield changed;
  }
}
