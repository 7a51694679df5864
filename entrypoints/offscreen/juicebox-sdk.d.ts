declare module 'juicebox-sdk/juicebox-sdk_bg.js' {
  export * from 'juicebox-sdk';
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
