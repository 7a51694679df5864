/** The peer of the extension: a worker that answers and a popup with one button, by the same Vite and React. */
import { cp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { EXTENSION_KEY } from '@/config/extension-id';

const MANIFEST = {
  manifest_version: 3,
  name: 'Empty',
  version: '1.0',
  // The same id, so that the same pages of it are opened in the same way.
  key: EXTENSION_KEY,
  icons: { 16: 'icons/16.png' },
  background: { service_worker: 'worker.js' },
  action: { default_popup: 'popup.html' },
};

/** @returns the folder to load */
export async function buildEmptyExtension(outDir: string): Promise<string> {
  const root = import.meta.dirname;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: {
        input: join(root, 'popup.html'),
      },
    },
  });
  await cp(join(root, 'worker.js'), join(outDir, 'worker.js'));
  await cp(resolve(root, '../../public/icons/16.png'), join(outDir, 'icons/16.png'));
  await writeFile(join(outDir, 'manifest.json'), JSON.stringify(MANIFEST));
  return outDir;
}
