/** Genuine Trezors. A build without them: `export const trezor: import('./trezor').Trezor | null = null;`. */
export { trezor } from './trezor';
