/** Scripts of pages under test, made of the packages that are installed. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @returns the script of `page.ts`, for a `<script>` element */
export async function bundleClients(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    write: false,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('nothing was bundled');
  return file.text;
}
