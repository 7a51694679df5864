import * as client from 'juicebox-sdk/juicebox-sdk_bg.js';
import wasmUrl from 'juicebox-sdk/juicebox-sdk_bg.wasm?url';
import { toHex } from '@/lib/bytes';

/** Of juicebox-sdk 0.3.7, as npm serves it. */
const WASM_SHA256 = 'dcfd6b5c064770ca055c2171170d6f91eeb2ae29d0abcb3027ea7847e290f227';

/**
 * The official client, once its wasm has been compared with the pinned hash. Compiled while it is hashed, run only after.
 * @throws if the file is another one
 */
export async function loadJuicebox(): Promise<typeof client> {
  const response = await fetch(wasmUrl);
  const [module, hash] = await Promise.all([
    WebAssembly.compileStreaming(response.clone()),
    response.arrayBuffer().then((bytes) => crypto.subtle.digest('SHA-256', bytes)),
  ]);
  if (toHex(new Uint8Array(hash)) !== WASM_SHA256) throw new Error('another Juicebox wasm');
  const imports = { ...client } as unknown as WebAssembly.ModuleImports;
  const instance = await WebAssembly.instantiate(module, { './juicebox-sdk_bg.js': imports });
  client.__wbg_set_wasm(instance.exports);
  return client;
}
