import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { loadConfig } from '@/config/load';
import { contentSecurityPolicy } from '@/config/origins';

const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));

export interface Gallery {
  /** Address of a story. */
  address(story: string, options: GalleryOptions): string;
  /** Address of the list of all stories. */
  readonly list: string;
  close(): Promise<void>;
}

export interface GalleryOptions {
  readonly theme: 'light' | 'dark';
  /** English without it. */
  readonly words?: 'es' | 'zh-CN' | 'pseudo' | 'mirrored';
}

/** Builds the gallery and serves it on loopback, on a port that the system chooses, under the policy of the extension. */
export async function openGallery(): Promise<Gallery> {
  // A folder of its own: somebody else's build would empty it while this one is served.
  const outDir = mkdtempSync(join(tmpdir(), 'halfkey-gallery-'));
  await build({ configFile, build: { outDir }, logLevel: 'error' });
  const server = await preview({
    configFile,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'Content-Security-Policy': contentSecurityPolicy(loadConfig('config/local.json')) },
    },
    logLevel: 'error',
  });
  const bound = server.httpServer.address();
  if (bound === null || typeof bound === 'string') throw new Error('the gallery has no port');
  const list = `http://127.0.0.1:${bound.port}/`;
  return {
    list,
    address: (story, { theme, words }) => {
      const query = new URLSearchParams({ theme, ...(words === undefined ? {} : { words }) });
      return `${list}?${query}#${story}`;
    },
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
