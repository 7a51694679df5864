import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from './verify';

const MANIFEST = { manifest_version: 3, name: 'Halfkey', permissions: ['storage'] };
const BUILD = {
  'manifest.json': JSON.stringify(MANIFEST),
  'background.js': 'let keys = new Map();',
  'chunks/a.js': 'export const a = 1;',
};

let root: string;
let build: string;

function write(name: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), content);
  }
  return join(root, name);
}

function writeLink(name: string): string {
  const folder = write(name, BUILD);
  symlinkSync('/etc', join(folder, 'etc'));
  return folder;
}

function run(path: string): { status: number; text: string } {
  const lines: string[] = [];
  const status = verify([path, '--against', build], (line) => lines.push(line));
  return { status, text: lines.join('\n') };
}

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));

function crx(files: Record<string, string>, version = 3): Uint8Array {
  const header = strToU8('signatures of the store');
  const start = new Uint8Array(12);
  start.set(strToU8('Cr24'));
  new DataView(start.buffer).setUint32(4, version, true);
  new DataView(start.buffer).setUint32(8, header.length, true);
  return new Uint8Array([...start, ...header, ...zip(files)]);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'halfkey-verify-'));
  build = write('build', BUILD);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('halfkey verify', () => {
  it('finds an equal folder, zip, xpi and crx identical', () => {
    write('.', { 'copy.zip': zip(BUILD), 'copy.xpi': zip(BUILD), 'copy.crx': crx(BUILD) });
    for (const copy of [write('copy', BUILD), ...['zip', 'xpi', 'crx'].map((end) => join(root, `copy.${end}`))]) {
      expect(run(copy)).toMatchObject({ status: 0, text: expect.stringContaining('IDENTICAL: every file is equal') });
    }
  });

  it('names a changed file, the first byte that differs and both hashes', () => {
    const { status, text } = run(write('copy', { ...BUILD, 'background.js': 'let keys = new Mop();' }));
    expect(status).toBe(1);
    expect(text).toMatch(
      /changed {2}background\.js from byte 16\n +build sha256 [0-9a-f]{64}\n +copy {2}sha256 [0-9a-f]{64}/,
    );
    expect(text).toContain('DIFFERENT: 1 difference.');
  });

  it('sees a file that only goes on longer', () => {
    const { text } = run(write('copy', { ...BUILD, 'background.js': `${BUILD['background.js']} steal();` }));
    expect(text).toContain(`changed  background.js from byte ${BUILD['background.js'].length}`);
  });

  it('names a missing and an extra file', () => {
    const { 'chunks/a.js': _, ...rest } = BUILD;
    const { status, text } = run(write('copy', { ...rest, 'chunks/evil.js': '' }));
    expect(status).toBe(1);
    expect(text).toContain('missing  chunks/a.js');
    expect(text).toContain('extra    chunks/evil.js');
  });

  it('names what a store adds, and still calls every file of the build equal', () => {
    const manifest = { ...MANIFEST, update_url: 'https://clients2.google.com/service/update2/crx' };
    const { status, text } = run(
      write('copy', {
        ...BUILD,
        'manifest.json': JSON.stringify(manifest, null, 2),
        '_metadata/verified_contents.json': '[]',
      }),
    );
    expect(status).toBe(0);
    expect(text).toContain('added by a store  manifest.json: update_url https://clients2.google.com');
    expect(text).toContain('added by a store  _metadata/verified_contents.json');
    expect(text).toContain('IDENTICAL but for what a store adds');
  });

  it.each([
    ['an update address of nobody we know', { ...MANIFEST, update_url: 'https://evil.example/' }, 'update_url'],
    [
      'another permission behind a known update address',
      { ...MANIFEST, permissions: ['storage', 'tabs'], update_url: 'https://clients2.google.com/service/update2/crx' },
      'permissions, update_url',
    ],
  ])('calls %s a difference', (_, manifest, fields) => {
    const { status, text } = run(write('copy', { ...BUILD, 'manifest.json': JSON.stringify(manifest) }));
    expect(status).toBe(1);
    expect(text).toContain(`fields: ${fields}`);
  });

  it('lets nothing hide in the folder of store signatures', () => {
    const { status, text } = run(write('copy', { ...BUILD, '_metadata/run.js': 'steal()' }));
    expect(status).toBe(1);
    expect(text).toContain('extra    _metadata/run.js');
  });

  it.each([
    ['nothing there', () => join(root, 'nowhere'), /does not exist/],
    ['an empty folder', () => mkdtempSync(join(root, 'empty-')), /holds no files/],
    ['no archive', () => join(write('.', { 'a.zip': 'hello' }), 'a.zip'), /neither a folder nor a readable zip/],
    ['an old crx', () => join(write('.', { 'a.crx': crx(BUILD, 2) }), 'a.crx'), /version 3/],
    ['a path out of the folder', () => join(write('.', { 'a.zip': zip({ '../x': '' }) }), 'a.zip'), /unsafe path/],
    ['a link', () => writeLink('linked'), /link or a device/],
    ['the build itself', () => build, /is the build itself/],
  ])('refuses %s', (_, path, message) => {
    const copy = path();
    expect(() => run(copy)).toThrow(message);
  });

  it('refuses an archive that holds one name twice', () => {
    const bytes = zip({ 'a.js': 'good', 'b.js': 'evil' });
    const text = Buffer.from(bytes).toString('latin1').replaceAll('b.js', 'a.js');
    const copy = join(write('.', { 'a.zip': Buffer.from(text, 'latin1') }), 'a.zip');
    expect(() => run(copy)).toThrow(/holds a\.js twice/);
  });

  it('says how to make a build when there is none', () => {
    const copy = write('copy', BUILD);
    expect(() => verify([copy, '--against', join(root, 'none')], () => {})).toThrow(/npm run build/);
  });
});
