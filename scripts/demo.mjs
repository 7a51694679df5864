/**
 * `npm run demo`: the whole wallet on this machine, from a fresh clone. Without dependencies up to the point where the
 * packages are installed. `npm run demo -- --help` says what it can do.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';

try {
  const { chromium } = await bootstrap();
  process.env.CHROMIUM_PATH = chromium;
  const startedIn = process.env.INIT_CWD ?? process.cwd();
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
  const { register } = await import('tsx/esm/api');
  register();
  const { demo } = await import('./demo-command.ts');
  process.exitCode = await demo(process.argv.slice(2), startedIn);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // At once: whatever was started ends with this process.
  process.exit(1);
}
