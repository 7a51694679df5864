import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pack } from './pack';

const bytes = (text: string) => new TextEncoder().encode(text);

afterEach(() => vi.unstubAllEnvs());

describe('pack', () => {
  const files = new Map([
    ['b/two.js', bytes('two'.repeat(1000))],
    ['a.js', bytes('one')],
  ]);

  it('gives the same bytes in any order of files and any time zone', async () => {
    vi.stubEnv('TZ', 'UTC');
    const one = await pack(files);
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const two = await pack(new Map([...files].reverse()));
    expect(Buffer.from(one).equals(two)).toBe(true);
  });

  it('holds the files, sorted', async () => {
    const unpacked = unzipSync(await pack(files));
    expect(Object.keys(unpacked)).toEqual(['a.js', 'b/two.js']);
    expect(unpacked).toEqual(Object.fromEntries(files));
  });

  it('gives on every machine the bytes that it gave on the first', async () => {
    expect(
      createHash('sha256')
        .update(await pack(files))
        .digest('hex'),
    ).toMatchInlineSnapshot(`"73da11ae2683957a89c459860dc87a361969c75bd1dcddfe1ca9c7423d937043"`);
  });
});
