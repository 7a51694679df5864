import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type BackgroundPort, openBridge } from '@/lib/provider/bridge';
import { randomUuid } from '@/lib/provider/uuid';

/** The few words of the browser's that a content script needs: a polyfill would be larger than the script. */
interface Runtime {
  connect(info: { name: string }): BackgroundPort;
  readonly onMessage: {
    addListener(listener: (message: unknown, sender: unknown, respond: (answer: true) => void) => void): void;
  };
}
declare const browser: { readonly runtime: Runtime } | undefined;
declare const chrome: { readonly runtime: Runtime };

/** Of the page in the tab, around this frame; empty where the browser does not say. */
const topOrigin = (): string => Array.from(location.ancestorOrigins ?? []).pop() ?? '';

/** A content script in the isolated world, by the manifest (`wxt.config.ts`): the frame of those is larger than it is. */
export default defineUnlistedScript(() => {
  const { runtime } = typeof browser === 'undefined' ? chrome : browser;
  const name = `dapp ${randomUuid()} ${topOrigin()}`;
  const whenShown = (run: () => void) => {
    if (!('prerendering' in document && document.prerendering)) return run();
    document.addEventListener('prerenderingchange', run, { once: true });
  };
  const bridge = openBridge({
    target: window,
    meeting: performance,
    handover: randomUuid(),
    connect: () => runtime.connect({ name }),
    whenShown,
    setTimer: (run, delayMs) => void setTimeout(run, delayMs),
  });
  runtime.onMessage.addListener((message, _, respond) => {
    if (message !== 'dapp.connect') return;
    bridge.connect();
    respond(true);
  });
});
