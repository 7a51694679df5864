/** Scripts of pages under test, made of modules beside this one and the packages that are installed. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @returns what goes into a `<script>` element */
export async function bundlePage(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
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
