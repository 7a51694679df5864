import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkNode, findChromium, findFirefox, packagesAreCurrent, refuseLinkedPackages } from './bootstrap.mjs';

describe('checkNode', () => {
  it.each(['18.20.4', '20.18.3', '21.7.0', '22.11.0'])('refuses %s and says what is needed', (version) => {
    expect(() => checkNode(version)).toThrow(`Node ${version} is too old: 20.19 or later`);
  });

  it.each(['20.19.0', '22.12.0', '24.0.1'])('accepts %s', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
});

describe('packagesAreCurrent', () => {
  let root: string;
  const lock = (path: string, packages: object) => {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'halfkey-bootstrap-'));
    lock('package-lock.json', {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', optional: true },
    });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is false when nothing was installed, or another version', () => {
    expect(packagesAreCurrent(root)).toBe(false);
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.1' } });
    expect(packagesAreCurrent(root)).toBe(false);
  });

  it('are never installed through a link, which would empty another folder', () => {
    const folder = join(root, 'node_modules');
    refuseLinkedPackages(root);
    rmSync(folder, { recursive: true });
    refuseLinkedPackages(root);
    symlinkSync(join(root, 'elsewhere'), folder, 'junction');
    expect(() => refuseLinkedPackages(root)).toThrow(/is a link/);
  });

  it('is true when all are there but those of other platforms', () => {
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
    expect(packagesAreCurrent(root)).toBe(true);
  });
});

describe.each([
  { variable: 'CHROMIUM_PATH', find: findChromium },
  { variable: 'FIREFOX_PATH', find: findFirefox },
])('the browser of $variable', ({ variable, find }) => {
  afterEach(() => vi.unstubAllEnvs());

  it('is taken before any other', async () => {
    vi.stubEnv(variable, process.execPath);
    expect(await find()).toBe(process.execPath);
  });

  it('is asked for when there is no such program', async () => {
    vi.stubEnv(variable, '/nowhere/browser');
    await expect(find()).rejects.toThrow(`${variable} is /nowhere/browser`);
  });
});
