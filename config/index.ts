import type { Config } from './schema';

declare const __HALFKEY_CONFIG__: Config;

/** The configuration of this build. Parsed when the extension was built, and a constant of its code since. */
export const config: Config = __HALFKEY_CONFIG__;
