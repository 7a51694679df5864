import { hostRealmWorker } from '@/lib/platform/realm-host';

/** Chromium: a service worker cannot start a worker, so this document does. */
hostRealmWorker(() => new Worker(new URL('./realm-worker.ts', import.meta.url), { type: 'module' }));
