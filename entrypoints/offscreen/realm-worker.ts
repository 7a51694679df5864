import '@/lib/bus/jitless';
import { serveRealms } from '@/lib/keyless/parties/realm-channel';
import { createRealms } from '@/lib/keyless/parties/realms';
import { loadJuicebox } from './juicebox';

/** One Juicebox operation, then its host ends this worker. Of one request to one realm. */
const TIMEOUT_MS = 15_000;

serveRealms(
  {
    post: (message) => self.postMessage(message),
    onMessage: (listener) => self.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)),
  },
  async () => createRealms({ sdk: await loadJuicebox(), scope: self, timeoutMs: TIMEOUT_MS }),
);
