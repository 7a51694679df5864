import { describe, expect, it } from 'vitest';
import { releaseFaults } from './release-faults';

const file = (text: string) => new TextEncoder().encode(text);

it('refuses code that could ask for the hashing mode of tests', () => {
  const copy = new Map([
    ['background.js', file('const mode = z.enum([`Standard2019`,`FastInsecure`]);')],
    ['assets/realm-worker-1.js', file('hashingMode:"Standard2019"')],
  ]);
  expect(releaseFaults(copy)).toEqual(['background.js says FastInsecure']);
});

it('lets the wasm name every mode of the protocol, and what is clean pass', () => {
  expect(
    releaseFaults(
      new Map([
        ['assets/juicebox.wasm', file('Standard2019FastInsecure')],
        ['a.js', file('')],
      ]),
    ),
  ).toEqual([]);
});

it('refuses the page that shows every part to developers', () => {
  const copy = new Map([['specimens.html', file('<html></html>')]]);
  expect(releaseFaults(copy)).toEqual(['specimens.html is there']);
});

it('refuses the simulated hardware wallet, its way into a page, and keys that everybody can compute', () => {
  const copy = new Map([
    ['a.js', file("globalThis.simulatedUsb('open')")],
    ['b.js', file('[10,`Simulated Mini`]')],
    ['c.js', file('sha256(utf8(`Halfkey test key 1`))')],
  ]);
  expect(releaseFaults(copy)).toEqual([
    'a.js says simulatedUsb',
    'b.js says Simulated Mini',
    'c.js says Halfkey test key',
  ]);
});

describe('Bitcoin and its relatives', () => {
  const coins = file('const coins={dash:{messageMagic:`DarkCoin Signed Message:`}}');
  const clean = new Map([
    [
      'background.js',
      file('import{a as t}from"./chunks/api.js";import"./chunks/bare.js";const l=()=>import("./chunks/coins.js")'),
    ],
    ['popup.html', file('<script type="module" crossorigin src="/chunks/popup.js"></script>')],
    ['utxo.html', file('<script type="module" crossorigin src="/chunks/coins.js"></script>')],
    ['chunks/popup.js', file('import{t as e}from"./api.js";e(()=>import("./coins.js"))')],
    ['chunks/api.js', file('export{t}')],
    ['chunks/bare.js', file('')],
    ['chunks/coins.js', coins],
  ]);

  it('may be in the page that is theirs, and in what is loaded later', () => {
    expect(releaseFaults(clean)).toEqual([]);
  });

  it('are refused in what the background or the popup cannot start without', () => {
    const deep = new Map([...clean, ['chunks/api.js', file('export*from"./coins.js"')] as const]);
    expect(releaseFaults(deep)).toEqual([
      'background.js loads chunks/coins.js, which is of Bitcoin and its relatives',
      'popup.html loads chunks/coins.js, which is of Bitcoin and its relatives',
    ]);
    const inside = new Map([...clean, ['background.js', coins] as const]);
    expect(releaseFaults(inside)).toEqual(['background.js loads background.js, which is of Bitcoin and its relatives']);
  });
});

it('refuses that every page reads QR codes, of which few scan one', () => {
  const page = file('<script type="module" crossorigin src="/chunks/popup.js"></script>');
  const decoder = ['chunks/scan.js', file('if(e.imageOnBitmap)t(e)')] as const;
  const later = new Map([['popup.html', page], decoder, ['chunks/popup.js', file('const s=()=>import("./scan.js")')]]);
  expect(releaseFaults(later)).toEqual([]);
  const atOnce = new Map([...later, ['chunks/popup.js', file('import{s}from"./scan.js"')] as const]);
  expect(releaseFaults(atOnce)).toEqual(['popup.html loads chunks/scan.js, which reads QR codes']);
});
