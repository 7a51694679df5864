/** The official Juicebox client in Node, whose own entry point imports the wasm in a way that Node does not. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { JuiceboxSdk } from '@/lib/keyless/parties/realms';

/** Of juicebox-sdk 0.3.7, as npm serves it. */
const WASM_SHA256 = 'dcfd6b5c064770ca055c2171170d6f91eeb2ae29d0abcb3027ea7847e290f227';
const NAMES = { glue: 'juicebox-sdk_bg.js', wasm: 'juicebox-sdk_bg.wasm' };

/** @throws Error if the wasm is another one */
export async function loadJuicebox(): Promise<JuiceboxSdk> {
  const wasm = await readFile(placeOf(NAMES.wasm));
  if (createHash('sha256').update(wasm).digest('hex') !== WASM_SHA256) throw new Error('another Juicebox wasm');
  const glue = await import(/* @vite-ignore */ pathToFileURL(placeOf(NAMES.glue)).href);
  const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm), { './juicebox-sdk_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  return glue;
}

/** A packed command has its files beside it. */
function placeOf(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(`juicebox-sdk/${name}`);
}
