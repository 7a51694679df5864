import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts the realm worker, which otherwise runs only while it has something to do. */
const START = `chrome.offscreen.createDocument({ url: 'offscreen.html', reasons: ['WORKERS'], justification: '-' });`;

/**
 * A copy of the extension that may ask anybody, with `code` at the end of each of its scripts.
 * @returns its folder, for the caller to delete
 */
export function plantInExtension(extensionFolder: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-planted-'));
  cpSync(extensionFolder, folder, { recursive: true });
  const manifestPath = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const policies = manifest.content_security_policy;
  policies.extension_pages = policies.extension_pages.replace(/connect-src [^;]+/, 'connect-src *');
  writeFileSync(manifestPath, JSON.stringify(manifest));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) =>
    name.endsWith('.js'),
  );
  for (const { parentPath, name } of files) appendFileSync(join(parentPath, name), `\n${code}`);
  appendFileSync(join(folder, 'background.js'), `\n${START}`);
  return folder;
}
