import type { UnlockMethod } from '@/lib/bus/snapshot';

/** What is kept on this device and opens it. */
export type KeptMethod = Exclude<UnlockMethod, 'pin'>;

/** The sheet that is open over the list. */
export type OpenSheet = { readonly sheet: 'method' | 'remove'; readonly method: KeptMethod } | null;
