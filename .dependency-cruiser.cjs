/**
 * The architecture as one table: a layer, then what of ours it may import (itself, lib/errors and lib/in-turn always).
 * The longest matching name is a file's layer, so lib/keyless/wire is not lib/keyless.
 */
const LAYERS = {
  'lib/errors': '',
  'lib/in-turn': '',
  'lib/bytes': '',
  'lib/crypto': 'lib/bytes',
  'lib/keyless/wire': 'lib/bytes lib/crypto',
  'lib/keyless': 'lib/bytes lib/crypto lib/keyless/wire',
  'lib/chains': 'lib/bytes',
  'lib/prices': '',
  'lib/keyring': 'lib/bytes lib/crypto lib/chains',
  'lib/bus': 'lib/bytes',
  'lib/dapp': 'lib/bytes lib/bus lib/chains lib/dapp/review',
  'lib/dapp/review': 'lib/bus lib/chains',
  'lib/hardware': 'lib/bytes lib/chains/types lib/chains/utxo',
  'lib/firmware': 'lib/bytes',
  'lib/utxo': 'lib/bytes lib/bus lib/chains',
  'lib/utxo/host': 'lib/bytes lib/bus lib/chains/follow',
  'lib/provider': '',
  'lib/state': 'lib/bus',
  'lib/phrase': '',
  'lib/scan': '',
  'lib/platform': 'lib/bytes lib/bus',
  'lib/i18n': '',

  'components/ui': '',
  'components/wallet': 'components/ui lib/chains lib/i18n',
  'components/hooks': 'lib/bus lib/state lib/i18n',
  'components/screens':
    'components/ui components/wallet components/hooks lib/bus lib/state lib/chains lib/phrase lib/scan lib/firmware lib/i18n',
  'components/screens/hardware':
    'components/screens components/ui components/wallet components/hooks lib/bus lib/state lib/chains lib/firmware lib/hardware lib/i18n',
  'components/specimens': 'components/ui components/wallet',
  'components/mount': 'components/screens lib/bus lib/state lib/platform config',

  'entrypoints/background': 'lib config entrypoints/offscreen entrypoints/utxo',
  'entrypoints/offscreen': 'lib/bytes lib/crypto lib/keyless lib/bus lib/platform config',
  'entrypoints/utxo': 'lib/bus lib/utxo lib/platform config',
  'entrypoints/popup': 'components lib/bus lib/state lib/platform lib/i18n config',
  'entrypoints/sidepanel': 'components lib/bus lib/state lib/platform lib/i18n config',
  'entrypoints/specimens': 'components/specimens components/ui',
  'entrypoints/approval': 'components lib/bus lib/state lib/platform lib/i18n config',
  'entrypoints/tab': 'components lib/bus lib/state lib/platform lib/i18n lib/hardware config',
  'entrypoints/bridge': 'lib/provider',
  'entrypoints/inpage.content': 'lib/provider',
  'entrypoints/metamask-name': 'lib/provider',

  'services/http': 'lib/bytes lib/crypto lib/keyless/wire',
  'services/kms': 'lib/bytes lib/crypto lib/keyless/wire',
  'services/identity': 'lib/bytes lib/crypto lib/keyless/wire services/http',
  'services/vault': 'lib/bytes lib/crypto lib/keyless/wire services/http services/kms',
  'services/issuer': 'lib/bytes lib/crypto lib/keyless/wire services/http services/kms',
  'services/relay': 'lib/bytes lib/crypto lib/keyless/wire services/http services/kms',
  'services/realm': 'lib/bytes lib/crypto lib/keyless/wire services/http services/kms',

  'services/admin':
    'lib/bytes lib/crypto lib/keyless/wire services/http services/kms services/vault services/issuer services/relay services/realm',

  config: '',
  cli: 'lib/bytes lib/crypto lib/keyless lib/i18n lib/firmware config services/vault/admin services/issuer/admin services/realm/admin',
  scripts: 'lib services cli config e2e',
  'e2e/gallery': 'components lib config',
  'e2e/simulators': '',
  e2e: 'lib services scripts config e2e/gallery e2e/simulators',
  bench: 'lib services scripts config cli e2e',
};

/** Tests prove a whole story and may import any layer below the doors; nothing that ships may import a test. */
const TEST = '\\.(test|spec|contract)\\.tsx?$|/testing/';
const OURS = '^(lib|components|entrypoints|services|config|cli|scripts|e2e|bench)/';

const literal = (text) => text.replaceAll('.', '\\.');
const inside = (name) => `^${literal(name)}(/|\\.)`;

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer ${layer}`,
  comment: `${layer} may import: ${allowed || 'nothing of ours'}`,
  severity: 'error',
  from: {
    path: inside(layer),
    pathNot: [
      TEST,
      ...Object.keys(LAYERS)
        .filter((other) => other.startsWith(`${layer}/`))
        .map(inside),
    ],
  },
  to: { path: OURS, pathNot: [layer, 'lib/errors', 'lib/in-turn', ...allowed.split(' ').filter(Boolean)].map(inside) },
}));

const PAGES = '^(components|entrypoints/(popup|sidepanel|approval|tab|bridge|metamask-name|inpage\\.content))(/|\\.)';
const SHIPPED = '^(lib|components|entrypoints|services|config|cli)/';
const npm = (...names) => `(^|/)node_modules/(${names.map(literal).join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'every folder has its row (importing)',
      severity: 'error',
      from: { path: OURS, pathNot: [...Object.keys(LAYERS).map(inside), TEST] },
      to: {},
    },
    {
      name: 'every folder has its row (imported)',
      severity: 'error',
      from: {},
      to: { path: OURS, pathNot: Object.keys(LAYERS).map(inside) },
    },
    {
      name: 'secrets out of reach of pages',
      comment: 'By no chain of imports, types included, does a page or a content script reach code that holds keys.',
      severity: 'error',
      from: { path: PAGES, pathNot: TEST },
      to: { path: '^lib/(keyring|crypto|keyless)/', reachable: true },
    },
    {
      name: 'browser only in platform and doors',
      severity: 'error',
      from: { path: SHIPPED, pathNot: ['^lib/platform/', '^entrypoints/'] },
      to: { path: npm('webextension-polyfill', 'wxt', '@wxt-dev/browser') },
    },
    {
      name: 'no node in the extension',
      severity: 'error',
      from: { path: '^(lib|components|entrypoints)/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'React only in components and doors',
      severity: 'error',
      from: { path: OURS, pathNot: ['^components/', '^entrypoints/', '^lib/(state|i18n)/', '^e2e/', '^bench/'] },
      to: { path: npm('react', 'react-dom', 'radix-ui', 'lucide-react') },
    },
    {
      name: 'servers and databases only in services',
      severity: 'error',
      from: { path: '^(lib|components|entrypoints|config)/', pathNot: TEST },
      to: { path: npm('hono', '@hono/[^/]+', 'kysely', 'pg', '@electric-sql/pglite', 'pino', 'oidc-provider') },
    },
    {
      name: 'the Juicebox client only in keyless',
      severity: 'error',
      from: { path: SHIPPED, pathNot: ['^lib/keyless/', '^entrypoints/offscreen/', TEST] },
      to: { path: npm('juicebox-sdk') },
    },
    {
      name: 'the inpage script stands alone',
      severity: 'error',
      from: { path: '^(entrypoints/(inpage\\.content|bridge|metamask-name)\\.|lib/provider/)', pathNot: TEST },
      to: { path: '(^|/)node_modules/', pathNot: npm('wxt'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing that ships imports a test',
      severity: 'error',
      from: { path: SHIPPED, pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'doors are not imported',
      comment: 'Tests too go through the layer below; only a worker may be started from the background.',
      severity: 'error',
      from: { path: OURS, pathNot: '^entrypoints/' },
      to: { path: '^entrypoints/' },
    },
    {
      name: 'only declared packages',
      comment:
        'What ships imports production dependencies; wxt is the frame that the build itself puts there, and of connect-web only one part is bundled, which the notices name.',
      severity: 'error',
      from: { path: SHIPPED, pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: npm('wxt', '@trezor/connect-web', '@types/[^/]+'),
      },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)\\.(output|wxt|demo|cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
