/** Bundles the peer of the inpage script by the tool that bundles ours. */
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';

const PROCESS = `var nextTick = (run, ...values) => queueMicrotask(() => run(...values));
var process = { env: {}, browser: true, nextTick };`;

/** @returns the script, as it would stand in a page */
export async function buildPeer(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    // What its packages expect of Node, with the banner below.
    define: {
      global: 'globalThis',
      'process.env': '{}',
      'process.browser': 'true',
      'process.nextTick': 'nextTick',
    },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      rolldownOptions: { output: { banner: PROCESS } },
      lib: { entry: join(import.meta.dirname, 'peer.ts'), formats: ['iife'], name: 'peer' },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built.flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled');
  return chunk.code;
}
