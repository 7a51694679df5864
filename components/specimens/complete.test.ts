import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Drawn by another part that is shown, or around everything. */
const PARTS_OF_OTHERS: Readonly<Record<string, string>> = {
  'ui/PinDots': 'ui/PinPad',
  'ui/PinKeys': 'ui/PinPad',
  'ui/SecretInput': 'ui/Field',
  'wallet/LetterIcon': 'wallet/TokenIcon',
  'wallet/NetworkIcon': 'wallet/NetworkRow',
  'wallet/ProviderGlyph': 'wallet/ProviderButton',
};
/** Shown as whole pages by the gallery. */
const PAGES = ['ui/Direction', 'ui/TabPage'];

const read = (path: string) => readFileSync(`components/${path}.tsx`, 'utf8');
const partsOf = (folder: string) =>
  readdirSync(`components/${folder}`)
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => `${folder}/${name.slice(0, -'.tsx'.length)}`);

test('every part of the kit stands among the specimens, or in one that does', () => {
  const shown = partsOf('specimens').map(read).join('\n');
  const parts = [...partsOf('ui'), ...partsOf('wallet')];
  expect(parts.length).toBeGreaterThan(40);
  const missing = parts.filter((part) => {
    const holder = PARTS_OF_OTHERS[part];
    if (holder !== undefined && !read(holder).includes(`'./${part.split('/')[1]}'`)) return true;
    return !shown.includes(`'@/components/${holder ?? part}'`);
  });
  expect(missing.sort()).toEqual(PAGES);
});
