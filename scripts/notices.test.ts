import { describe, expect, it } from 'vitest';
import { collectNotices, formatNotices, isAllowed } from './notices';

const lock = (packages: object) => JSON.stringify({ packages: { '': { license: 'MIT' }, ...packages } });

describe('third-party notices', () => {
  it('refuses terms that are not on the list, by name', () => {
    const text = lock({ 'node_modules/evil': { version: '1.0.0', license: 'AGPL-3.0' } });
    expect(() => collectNotices(text, () => 'terms')).toThrow('evil 1.0.0: AGPL-3.0 is not on the list');
  });

  it('refuses a package without any terms', () => {
    expect(() => collectNotices(lock({ 'node_modules/a': { version: '1.0.0' } }), () => 'terms')).toThrow(
      /none is not/,
    );
    const unnamed = lock({ 'node_modules/a': { version: '1.0.0', license: 'MIT' } });
    expect(() => collectNotices(unnamed, () => undefined)).toThrow('a 1.0.0: no licence text found');
  });

  it('leaves out what only builds and tests, but for the parts that are written into the extension', () => {
    const text = lock({
      'node_modules/vitest': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/wxt': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/a/node_modules/b': { version: '2.0.0', license: 'ISC' },
    });
    expect(collectNotices(text, () => 'terms').map(({ name }) => name)).toEqual(['b', 'wxt']);
  });

  it('carries the terms of the Juicebox client, whose archive holds none', () => {
    const text = lock({ 'node_modules/juicebox-sdk': { version: '0.3.7', license: 'MIT' } });
    const written = formatNotices(collectNotices(text, () => undefined));
    expect(written).toContain('## juicebox-sdk 0.3.7 (MIT)');
    expect(written).toContain('Copyright 2023 Juicebox Systems, Inc.');
    expect(written).toContain('Permission is hereby granted');
  });

  it.each([
    ['a', 'MIT OR GPL-3.0', true],
    ['a', '(MIT AND GPL-3.0)', false],
    ['webextension-polyfill', 'MPL-2.0', true],
    ['a', 'MPL-2.0', false],
  ])('%s under %s: %s', (name, licence, allowed) => {
    expect(isAllowed(name, licence)).toBe(allowed);
  });
});
