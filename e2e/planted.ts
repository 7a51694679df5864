import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts the realm worker, which otherwise runs only while it has something to do. */
const START = `chrome.offscreen.createDocument({ url: 'offscreen.html', reasons: ['WORKERS'], justification: '-' });`;

/** Reads the manifest of a copy, and writes it as it shall be. */
function changeManifest(folder: string, change: (manifest: Manifest) => void): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
}

interface Manifest {
  content_security_policy: { extension_pages: string };
  host_permissions: string[];
}

/**
 * A copy of the extension whose user has allowed it this host before: nobody is there to answer the browser's question.
 * @param pattern of `optional_host_permissions`
 * @returns its folder, for the caller to delete
 */
export function allowBeforehand(extensionFolder: string, pattern: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-allowed-'));
  cpSync(extensionFolder, folder, { recursive: true });
  changeManifest(folder, (manifest) => manifest.host_permissions.push(pattern));
  return folder;
}

/**
 * A copy of the extension that may ask anybody, with `code` at the end of each of its scripts.
 * @returns its folder, for the caller to delete
 */
export function plantInExtension(extensionFolder: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-planted-'));
  cpSync(extensionFolder, folder, { recursive: true });
  changeManifest(folder, ({ content_security_policy: policies }) => {
    policies.extension_pages = policies.extension_pages.replace(/connect-src [^;]+/, 'connect-src *');
  });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) =>
    name.endsWith('.js'),
  );
  for (const { parentPath, name } of files) appendFileSync(join(parentPath, name), `\n${code}`);
  appendFileSync(join(folder, 'background.js'), `\n${START}`);
  return folder;
}
