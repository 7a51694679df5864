import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layerRules } from './check-layers';

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

describe('the page of the architecture', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const rows = page.matchAll(/^\| (`[^|]+`) \| ((?:`|nothing of ours)[^|]*) \|$/gm);
  const told = new Map(
    [...rows].flatMap(([, names = '', allowed = '']) => quoted(names).map((name) => [name, quoted(allowed).join(' ')])),
  );
  const rules = (layerRules().forbidden ?? []).flatMap(({ name = '', comment = '' }) => {
    const [, layer] = /^layer (.+)$/.exec(name) ?? [];
    return layer === undefined ? [] : [{ layer, allowed: comment.replace(/^.* may import: (nothing of ours)?/, '') }];
  });
  const exists = (layer: string) => ['', '.ts', '.tsx'].some((end) => existsSync(layer + end));

  it('has the table of layers that is checked', () => {
    const checked = rules.filter(({ layer }) => exists(layer));
    expect(checked.length).toBeGreaterThan(20);
    expect(Object.fromEntries(checked.map(({ layer }) => [layer, told.get(layer)]))).toEqual(
      Object.fromEntries(checked.map(({ layer, allowed }) => [layer, allowed])),
    );
  });
});

describe('the page of the protocol', () => {
  /** File and name of each test that the table of invariants names. */
  const named = [...readFileSync('docs/keyless-protocol.md', 'utf8').matchAll(/^\| I\d+ \|.*$/gm)].flatMap(([row]) =>
    row.split(/(?=`[^`]+\.(?:test|spec)\.ts`)/).flatMap((part) => {
      const [, file] = /^`([^`]+\.(?:test|spec)\.ts)`/.exec(part) ?? [];
      return file === undefined ? [] : [...part.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name }));
    }),
  );

  it('names only tests that are there', () => {
    expect(named.length).toBeGreaterThan(30);
    // What several test files run stands in a module beside or below them: `matrix-runs.ts`, `testing/wrong-pins-runs.ts`.
    const textOf = (file: string) => {
      const runs = `${basename(file).replace(/\.test\.ts$/, '')}-runs.ts`;
      const places = [file, join(dirname(file), runs), join(dirname(file), 'testing', runs)];
      return places.map((each) => (existsSync(each) ? readFileSync(each, 'utf8') : '')).join('');
    };
    const missing = named.filter(({ file, name }) => !existsSync(file) || !textOf(file).includes(name));
    expect(missing).toEqual([]);
  });
});
