/**
 * Makes a fresh clone ready, without any dependency: checks Node, installs the packages of the lock file when they
 * are missing or other ones, and finds or installs a Chromium, and for the tests a Firefox. Speaks on stderr; stdout belongs to who called.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: an old Node must come as far as the check of its version.
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

/** @throws Error when this Node is too old for the tools */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!recent)
    throw new Error(
      `Node ${version} is too old: 20.19 or later (or 22.12 or later) is needed. See https://nodejs.org/`,
    );
}

/** Whether node_modules holds what the lock file says. Packages for other platforms may be absent. */
export function packagesAreCurrent(root = ROOT) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const there = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || there[path]?.version === version || (there[path] === undefined && Boolean(optional || peer)),
  );
}

/** @throws Error when node_modules is a link: npm ci would empty the folder that it leads to, which others use */
export function refuseLinkedPackages(root = ROOT) {
  const folder = join(root, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      `${folder} is a link, and what it leads to is not what package-lock.json says. Remove the link, then start again.`,
    );
}

function installPackages(root = ROOT, what = 'packages') {
  if (packagesAreCurrent(root)) return;
  refuseLinkedPackages(root);
  say(`Installing ${what} (npm ci) ...`);
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, 'ci', '--include=dev'], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm ci --include=dev', { cwd: root, stdio: ['ignore', 2, 2], shell: true });
  if (status !== 0) throw new Error('npm ci failed; its messages are above. Is the package registry reachable?');
}

/** The full nodes that tests and the story about Bitcoin run, from a folder and with a lock file of their own. */
export const installTestNodes = () => installPackages(join(ROOT, 'e2e', 'simulators', 'nodes'), 'full nodes for tests');

const executable = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (/** @type {string} */ name) =>
  (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));

/** Browsers that other tools downloaded: `folder/<version>/tail`. */
function downloaded(/** @type {string} */ folder, /** @type {string[]} */ tails) {
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).sort().reverse();
  return versions.flatMap((version) => tails.map((tail) => join(folder, version, tail)));
}

function systemBrowsers() {
  const home = homedir();
  const puppeteer = join(home, '.cache', 'puppeteer', 'chrome');
  if (process.platform === 'darwin') {
    const apps = ['Chromium.app/Contents/MacOS/Chromium'];
    apps.push('Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing');
    const bundled = ['chrome-mac-arm64', 'chrome-mac-x64'].map((folder) => join(folder, apps[1] ?? ''));
    return [
      ...['/Applications', join(home, 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app))),
      ...downloaded(puppeteer, bundled),
    ];
  }
  if (process.platform === 'win32') {
    const folders = [process.env.LOCALAPPDATA, process.env.PROGRAMFILES].filter((folder) => folder !== undefined);
    return [
      ...folders.map((folder) => join(folder, 'Chromium', 'Application', 'chrome.exe')),
      ...downloaded(puppeteer, ['chrome-win64/chrome.exe']),
    ];
  }
  return [
    ...onPath('chromium'),
    ...onPath('chromium-browser'),
    '/snap/bin/chromium',
    ...downloaded(puppeteer, ['chrome-linux64/chrome']),
  ];
}

async function playwrightBrowser() {
  try {
    const { chromium } = await import('@playwright/test');
    return [chromium.executablePath()];
  } catch {
    return []; // packages are not installed yet
  }
}

/**
 * A Chromium or Chrome for Testing that loads unpacked extensions; branded Chrome does not any more.
 * Looked for in this order: CHROMIUM_PATH, Playwright's own, the system's.
 * @throws Error when CHROMIUM_PATH names no program
 */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!executable(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, which is not a program`);
    return chosen;
  }
  return [...(await playwrightBrowser()), ...systemBrowsers()].find(executable);
}

/** @returns {{ root: boolean, debian: boolean }} */
function platform() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return { root: process.getuid?.() === 0, debian: /^ID=debian$/m.test(release) };
}

const run = (/** @type {string} */ command, /** @type {string[]} */ args) =>
  spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** @returns whether the packages are installed now; only root on Debian can */
function installPackagesOfDebian(/** @type {string} */ what, /** @type {string[]} */ packages) {
  const { root, debian } = platform();
  if (!root || !debian) return false;
  say(`Installing ${what} (apt-get) ...`);
  return run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', ...packages]);
}

/** Debian's own package brings its libraries with it; Playwright's download works for ordinary users everywhere. */
function installChromium() {
  if (installPackagesOfDebian('Chromium', ['chromium', 'fonts-noto-core'])) return;
  const { root } = platform();
  say('Installing Chromium (playwright install chromium) ...');
  run(process.execPath, [
    join('node_modules', '@playwright', 'test', 'cli.js'),
    'install',
    'chromium',
    ...(root ? ['--with-deps'] : []),
  ]);
}

const HOW_TO_GET_CHROMIUM = `No Chromium was found and none could be installed. Any one of these helps:
  Debian:   sudo apt-get install chromium fonts-noto-core
  Ubuntu:   npx playwright install --with-deps chromium
  Fedora:   sudo dnf install chromium
  macOS:    brew install --cask chromium     or  npx playwright install chromium
  Windows:  npx playwright install chromium
  or set CHROMIUM_PATH to a Chromium or Chrome for Testing. Branded Google Chrome does not load unpacked extensions.`;

/** @returns {Promise<string>} path of a Chromium that starts */
async function needChromium() {
  let path = await findChromium();
  if (path === undefined) {
    installChromium();
    path = await findChromium();
  }
  if (path === undefined) throw new Error(HOW_TO_GET_CHROMIUM);
  if (process.platform !== 'win32') {
    const { status, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 60_000 });
    if (status !== 0)
      throw new Error(
        `${path} does not start: ${stderr}\nMissing libraries? sudo npx playwright install-deps chromium`,
      );
  }
  return path;
}

function systemFirefoxes() {
  if (process.platform === 'darwin')
    return ['/Applications', join(homedir(), 'Applications')].map((folder) =>
      join(folder, 'Firefox.app/Contents/MacOS/firefox'),
    );
  if (process.platform === 'win32')
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe'));
  return [...onPath('firefox-esr'), ...onPath('firefox')];
}

/**
 * A Firefox of 140 or later: FIREFOX_PATH, or the system's.
 * @throws Error when FIREFOX_PATH names no program
 */
export async function findFirefox() {
  const chosen = process.env.FIREFOX_PATH;
  if (!chosen) return systemFirefoxes().find(executable);
  if (!executable(chosen)) throw new Error(`FIREFOX_PATH is ${chosen}, which is not a program`);
  return chosen;
}

export const HOW_TO_GET_FIREFOX = `No Firefox was found and none could be installed. Any one of these helps:
  Debian:   sudo apt-get install firefox-esr
  Ubuntu:   the package of https://packages.mozilla.org/apt (the snap cannot open profiles elsewhere)
  Fedora:   sudo dnf install firefox
  macOS:    brew install --cask firefox
  Windows:  winget install Mozilla.Firefox
  or set FIREFOX_PATH to a Firefox of version 140 or later.`;

/** @returns {Promise<string | undefined>} path of a Firefox, installed if that is possible without asking anybody */
export async function firefoxIfPossible() {
  const found = await findFirefox();
  if (found !== undefined) return found;
  installPackagesOfDebian('Firefox', ['firefox-esr']);
  return findFirefox();
}

/**
 * @returns {Promise<{ chromium: string }>}
 * @throws Error that says what the user can do
 */
export async function bootstrap() {
  checkNode();
  installPackages();
  return { chromium: await needChromium() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    say(`ready: ${(await bootstrap()).chromium}`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
