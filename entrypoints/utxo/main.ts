import '@/lib/bus/jitless';
import { hostUtxoEngine } from '@/lib/platform/utxo-host';
import { serve } from './engine';

/** Chromium: a service worker cannot load code when it is wanted, so this document is opened then. */
hostUtxoEngine(serve);
