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

  it('gives the same bytes in any order of files and any time zone', () => {
    vi.stubEnv('TZ', 'UTC');
    const one = pack(files);
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const two = pack(new Map([...files].reverse()));
    expect(Buffer.from(one).equals(two)).toBe(true);
  });

  it('holds the files, sorted', () => {
    expect(Object.keys(unzipSync(pack(files)))).toEqual(['a.js', 'b/two.js']);
    expect(unzipSync(pack(files))['b/two.js']).toEqual(files.get('b/two.js'));
  });

  it('gives on every machine the bytes that it gave on the first', () => {
    expect(createHash('sha256').update(pack(files)).digest('hex')).toMatchInlineSnapshot(
      `"8ebc181ef5d1002ea7638d9cbc6f5d37bce7926f303e916da5898bcc0973d0fa"`,
    );
  });
});
