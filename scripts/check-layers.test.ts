import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LayerReport, layerRules } from './check-layers';

/** Planted leaks: the rule that must name it, the importing file, what it imports. */
const LEAKS: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ['layer lib/errors', 'lib/errors.ts', '@/lib/bytes/target'],
  ['layer lib/bytes', 'lib/bytes/leak.ts', '../crypto/target'],
  ['layer lib/crypto', 'lib/crypto/leak.ts', '@/lib/keyless/target'],
  ['layer lib/keyless/wire', 'lib/keyless/wire/leak.ts', '@/lib/keyless/target'],
  ['layer lib/keyless', 'lib/keyless/leak.ts', '@/lib/platform/target'],
  ['layer lib/chains', 'lib/chains/leak.ts', '@/lib/keyring/target'],
  ['layer lib/phrase', 'lib/phrase/leak.ts', '@/lib/keyring/target'],
  ['layer lib/scan', 'lib/scan/leak.ts', '@/lib/chains/target'],
  ['layer lib/prices', 'lib/prices/leak.ts', '@/lib/chains/target'],
  ['layer lib/keyring', 'lib/keyring/leak.ts', '@/lib/keyless/target'],
  ['layer lib/bus', 'lib/bus/leak.ts', '@/lib/state/target'],
  ['layer lib/dapp', 'lib/dapp/leak.ts', '@/lib/keyring/target'],
  ['layer lib/dapp/review', 'lib/dapp/review/leak.ts', '@/lib/dapp/target'],
  ['layer lib/hardware', 'lib/hardware/leak.ts', '@/lib/chains/target'],
  ['layer lib/firmware', 'lib/firmware/leak.ts', '@/lib/bus/target'],
  ['layer lib/utxo', 'lib/utxo/leak.ts', '@/lib/keyring/target'],
  ['layer lib/utxo/host', 'lib/utxo/host/leak.ts', '@/lib/utxo/target'],
  ['layer lib/provider', 'lib/provider/leak.ts', '@/lib/dapp/target'],
  ['layer lib/state', 'lib/state/leak.ts', '@/lib/platform/target'],
  ['layer lib/platform', 'lib/platform/leak.ts', '@/lib/keyring/target'],
  ['layer lib/i18n', 'lib/i18n/leak.ts', '@/lib/bus/target'],
  ['layer components/ui', 'components/ui/leak.tsx', '@/lib/i18n/target'],
  ['layer components/wallet', 'components/wallet/leak.tsx', '@/lib/bus/target'],
  ['layer components/hooks', 'components/hooks/leak.ts', '@/lib/chains/target'],
  ['layer components/screens', 'components/screens/home/leak.tsx', '@/lib/hardware/target'],
  ['layer components/screens/hardware', 'components/screens/hardware/leak.tsx', '@/lib/platform/target'],
  ['layer components/specimens', 'components/specimens/leak.tsx', '@/components/screens/target'],
  ['layer components/mount', 'components/mount.tsx', '@/lib/chains/target'],
  ['layer entrypoints/background', 'entrypoints/background/leak.ts', '@/components/ui/target'],
  ['layer entrypoints/offscreen', 'entrypoints/offscreen/leak.ts', '@/lib/keyring/target'],
  ['layer entrypoints/utxo', 'entrypoints/utxo/leak.ts', '@/lib/keyring/target'],
  ['layer entrypoints/popup', 'entrypoints/popup/leak.ts', '@/lib/keyring/target'],
  ['layer entrypoints/sidepanel', 'entrypoints/sidepanel/leak.ts', '@/lib/dapp/target'],
  ['layer entrypoints/specimens', 'entrypoints/specimens/leak.ts', '@/components/screens/target'],
  ['layer entrypoints/approval', 'entrypoints/approval/leak.ts', '@/lib/dapp/target'],
  ['layer entrypoints/tab', 'entrypoints/tab/leak.ts', '@/lib/keyless/target'],
  ['layer entrypoints/bridge', 'entrypoints/bridge.ts', '@/lib/dapp/target'],
  ['layer entrypoints/metamask-name', 'entrypoints/metamask-name.ts', '@/lib/bus/target'],
  ['layer entrypoints/inpage.content', 'entrypoints/inpage.content.ts', '@/lib/state/target'],
  ['layer services/http', 'services/http/leak.ts', '@/services/kms/target'],
  ['layer services/kms', 'services/kms/leak.ts', '@/services/http/target'],
  ['layer services/identity', 'services/identity/leak.ts', '@/services/issuer/target'],
  ['layer services/vault', 'services/vault/leak.ts', '@/services/issuer/target'],
  ['layer services/issuer', 'services/issuer/leak.ts', '@/services/realm/target'],
  ['layer services/relay', 'services/relay/leak.ts', '@/lib/keyless/target'],
  ['layer services/realm', 'services/realm/leak.ts', '@/lib/keyring/target'],
  ['layer services/admin', 'services/admin/leak.ts', '@/services/identity/target'],
  ['layer config', 'config/leak.ts', '@/lib/bytes/target'],
  ['layer cli', 'cli/leak.ts', '@/services/vault/target'],
  ['layer scripts', 'scripts/leak.ts', '@/components/ui/target'],
  ['layer e2e/gallery', 'e2e/gallery/leak.tsx', '@/services/vault/target'],
  ['layer e2e/simulators', 'e2e/simulators/leak.ts', '@/lib/hardware/target'],
  ['layer e2e', 'e2e/leak.ts', '@/components/ui/target'],
  ['layer bench', 'bench/leak.ts', '@/components/ui/target'],
  ['layer lib/in-turn', 'lib/in-turn.ts', '@/lib/bytes/target'],
  ['every folder has its row (importing)', 'lib/utils/leak.ts', '@/lib/bytes/target'],
  ['every folder has its row (imported)', 'lib/bytes/leak2.ts', '@/lib/helpers/target'],
  ['browser only in platform and doors', 'lib/keyring/leak2.ts', 'webextension-polyfill'],
  ['browser only in platform and doors', 'components/screens/home/leak2.tsx', 'wxt/browser'],
  ['no node in the extension', 'lib/crypto/leak2.ts', 'node:crypto'],
  ['React only in components and doors', 'lib/keyring/leak3.ts', 'react'],
  ['servers and databases only in services', 'lib/keyless/leak2.ts', 'hono'],
  ['the Juicebox client only in keyless', 'services/realm/leak2.ts', 'juicebox-sdk'],
  ['the inpage script stands alone', 'lib/provider/leak2.ts', 'viem'],
  ['nothing that ships imports a test', 'lib/bytes/leak3.ts', './target.test'],
  ['doors are not imported', 'components/screens/home/leak3.tsx', '@/entrypoints/popup/target'],
  ['only declared packages', 'lib/bytes/leak4.ts', 'fast-check'],
  ['every import resolves', 'lib/bytes/leak5.ts', './nowhere'],
];

let folder: string;

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** In a process of its own: the resolver of path aliases looks at the working directory, once. */
function check(): LayerReport {
  const script = resolve('scripts/check-layers.ts');
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfkey-layers-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  copyFileSync('package.json', join(folder, 'package.json'));
  copyFileSync('tsconfig.json', join(folder, 'tsconfig.json'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the layer table', () => {
  it('lets a clean tree pass', () => {
    plant('lib/bytes/encode.ts', "import { z } from 'zod';\nexport const encode = z;\n");
    plant('lib/crypto/aead.ts', "export { encode } from '@/lib/bytes/encode';\n");
    plant('entrypoints/background/index.ts', "import '@/lib/crypto/aead';\nimport 'webextension-polyfill';\n");
    expect(check()).toMatchObject({ violations: [], modules: expect.toSatisfy((n) => n >= 3) });
  });

  it('refuses to pass when it sees no module', () => {
    expect(check).toThrow(/no module found/);
    plant('lib/README.md', 'words');
    plant('stray.ts', 'export {};\n');
    expect(check).toThrow(/no module found/);
  });

  it('names every planted leak', () => {
    for (const [, from, imports] of LEAKS) {
      plant(from, `import '${imports}';\n`);
      const target = imports.startsWith('@/') ? imports.slice(2) : join(dirname(from), imports);
      if (target.endsWith('target') || target.endsWith('target.test'))
        plant(`${target}.ts`, 'export const target = 1;\n');
    }
    const { violations } = check();
    const named = new Set(violations.map(({ rule, from }) => `${rule}: ${from}`));
    expect(LEAKS.map(([rule, from]) => `${rule}: ${from}`).filter((leak) => !named.has(leak))).toEqual([]);
  });

  it('follows a chain of imports from a screen to keys, types included', () => {
    plant('lib/keyring/unlock.ts', 'export type Unlocked = { seed: Uint8Array };\n');
    plant('lib/bus/protocol.ts', "export type { Unlocked } from '@/lib/keyring/unlock';\n");
    plant('lib/state/store.ts', "export type { Unlocked } from '@/lib/bus/protocol';\n");
    plant(
      'components/screens/home/Home.tsx',
      "import type { Unlocked } from '@/lib/state/store';\nexport type U = Unlocked;\n",
    );
    expect(check().violations).toContainEqual({
      rule: 'secrets out of reach of pages',
      from: 'components/screens/home/Home.tsx',
      to: 'lib/keyring/unlock.ts',
    });
  });

  it('sees a cycle', () => {
    plant('lib/bytes/a.ts', "import { b } from './b';\nexport const a = () => b;\n");
    plant('lib/bytes/b.ts', "import { a } from './a';\nexport const b = () => a;\n");
    expect(check().violations.map(({ rule }) => rule)).toContain('no cycles');
  });

  it('sees a door that thinks', () => {
    plant('entrypoints/background/index.ts', 'export const thought = 1;\n'.repeat(61));
    expect(check().violations).toEqual([
      { rule: 'at most 60 lines', from: 'entrypoints/background/index.ts', to: '61 lines' },
    ]);
  });

  it('has a planted leak for every rule', () => {
    const proved = new Set([...LEAKS.map(([rule]) => rule), 'secrets out of reach of pages', 'no cycles']);
    expect(
      layerRules()
        .forbidden?.map(({ name }) => name)
        .filter((name) => !proved.has(name ?? '')),
    ).toEqual([]);
  });
});
