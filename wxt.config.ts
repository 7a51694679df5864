import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { FILE_LIST, fileList } from './cli/file-list';
import { readCopy } from './cli/read-copy';
import { EXTENSION_KEY, GECKO_ID } from './config/extension-id';
import { loadConfig } from './config/load';
import { contentSecurityPolicy, hostPermissions, optionalHostPermissions } from './config/origins';
import { trezor } from './lib/hardware/trezors';
import { contractDescriptions, phishingHosts, phishingList } from './scripts/review-data';

const config = loadConfig();

/** Every page of the web, and what is drawn inside of one. */
const PAGES = ['http://*/*', 'https://*/*'];

/** The inpage script without all that WXT puts around its `main` and is for the manifest: every document would pay. */
const bareInpage: Plugin = {
  name: 'bare-inpage',
  transform(code, id) {
    if (!id.includes('virtual:wxt-content-script-main-world-entrypoint')) return undefined;
    const [, script] = code.match(/^import definition from (.*)$/m) ?? [];
    if (script === undefined) throw new Error('WXT imports its scripts in another way');
    return `import { main } from ${script}\nmain();`;
  },
};

export default defineConfig({
  imports: false,
  outDir: process.env.HALFKEY_OUT || '.output',
  modules: ['@wxt-dev/module-react'],
  manifestVersion: 3,
  vite: () => ({
    plugins: [tailwindcss(), bareInpage],
    define: { __HALFKEY_CONFIG__: JSON.stringify(config) },
    build: { sourcemap: false, target: 'es2022' },
  }),
  hooks: {
    // For developers: in no build that is shipped (`scripts/release-faults.ts` looks for it).
    'entrypoints:found': ({ config: { mode } }, found) => {
      if (mode === 'development') return;
      const place = found.findIndex(({ name }) => name === 'specimens');
      if (place >= 0) found.splice(place, 1);
    },
    'build:publicAssets': (_, files) => {
      for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) {
        files.push({ absoluteSrc: resolve(name), relativeDest: `${name.replace('.md', '')}.txt` });
      }
      // Read by the background when it wants them: no start waits for half a megabyte of lists.
      files.push({ relativeDest: 'review/phishing.txt', contents: phishingList(phishingHosts()).toString('base64') });
      files.push({ relativeDest: 'review/descriptions.json', contents: JSON.stringify(contractDescriptions()) });
    },
    // What the build is, for those who compare: the wallet shows the hash of this list.
    'build:done': ({ config: { command, outDir } }) => {
      if (command === 'build') writeFileSync(join(outDir, FILE_LIST), fileList(readCopy(outDir)));
    },
  },
  manifest: ({ browser }) => ({
    name: 'Halfkey',
    // Words of the browser's own pages stand in public/_locales.
    default_locale: 'en',
    description: '__MSG_description__',
    icons: { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' },
    permissions: [
      'storage', // the wallet's state; the unlocked secret only in storage.session
      'alarms', // locks the wallet on time although the worker was stopped
      'identity', // the sign-in window, answered straight to the extension
      'scripting', // another wallet's name, in the pages of a site that its user has chosen
      ...(browser === 'firefox' ? [] : ['offscreen']), // Chromium: where the realm worker, a dedicated worker, can live
    ],
    // The vault, the issuer, the realms, the sign-in keys and the chain nodes of this build, and nobody else.
    host_permissions: hostPermissions(config),
    content_scripts: [
      {
        matches: PAGES,
        js: ['bridge.js'],
        run_at: 'document_start',
        all_frames: true,
        match_about_blank: true,
        match_origin_as_fallback: true,
      },
    ],
    // Asked for at the moment somebody turns on what needs it.
    optional_permissions: ['notifications'],
    // The node of a network that the user adds, the source of prices: one host at a time, asked for where it is turned on.
    optional_host_permissions: [...new Set([...optionalHostPermissions(config), ...PAGES])],
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+H' } },
      lock: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_lock__' },
    },
    content_security_policy: { extension_pages: contentSecurityPolicy(config) },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: GECKO_ID,
              strict_min_version: '140.0',
              // Sign-in tokens go to the vault and the issuer; addresses and transactions to the chain's node.
              data_collection_permissions: { required: ['authenticationInfo', 'financialAndPaymentInfo'] },
            },
          },
        }
      : {
          key: EXTENSION_KEY,
          minimum_chrome_version: '120',
          // Pages of Trezor Suite alone may speak to this extension: they carry what is asked of a Trezor.
          externally_connectable: { matches: trezor === null ? [] : [`${trezor.origin}/*`] },
        }),
  }),
});
