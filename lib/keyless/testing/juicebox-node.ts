import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export type Juicebox = typeof import('juicebox-sdk');

declare global {
  /** The SDK looks this function up for each request; `realmId` is 16 bytes. */
  var JuiceboxGetAuthToken: ((realmId: Uint8Array) => Promise<string>) | undefined;
}

let loaded: Promise<Juicebox> | undefined;

/**
 * The official client in Node, for tests. Its own entry point imports the wasm as a module, which Node does not do
 * without a flag; so the glue is imported by itself and given the instance. One instance a process.
 */
export function loadJuicebox(): Promise<Juicebox> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<Juicebox> {
  const { resolve } = createRequire(import.meta.url);
  const glue = await import(/* @vite-ignore */ pathToFileURL(resolve('juicebox-sdk/juicebox-sdk_bg.js')).href);
  const wasm = await readFile(resolve('juicebox-sdk/juicebox-sdk_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm), { './juicebox-sdk_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  return glue;
}
