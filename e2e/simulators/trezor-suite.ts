/**
 * Trezor Suite's page as an extension meets it: asked by what follows the `#` of its address, it answers by a message to
 * the extension. What a Trezor would say is handed in; nothing of Trezor's own code is here.
 */

/** As much of Playwright's context as is used. */
interface ContextLike {
  exposeFunction(name: string, work: (...args: never[]) => unknown): Promise<unknown>;
  route(url: string, handler: (route: RouteLike) => Promise<void>): Promise<unknown>;
}
interface RouteLike {
  fulfill(answer: { readonly contentType: string; readonly body: string }): Promise<void>;
}

export type SuiteRequest = { readonly method: string } & Readonly<Record<string, unknown>>;

/** The page's side of the conversation: each part is sent once, and what is asked goes to the test. */
const PAGE = `<!doctype html><title>Trezor Suite</title><p>Simulated</p>
<script>
  const SUITE = '@trezor/suite-web';
  const EXTENSION = '@trezor/connect-webextension-externally-connectable';
  const seen = new Set();
  const read = async () => {
    const params = new URLSearchParams(location.hash.slice(1));
    const text = params.get('message');
    if (text === null || seen.has(text)) return;
    seen.add(text);
    const message = JSON.parse(text);
    const say = (said) =>
      chrome.runtime.sendMessage(params.get('extension-id'), { channel: { here: SUITE, peer: EXTENSION }, ...said });
    if (message.channel.here !== EXTENSION || message.channel.peer !== SUITE) return;
    if (message.type === 'channel-handshake-request') {
      say({ type: 'channel-handshake-confirm' });
      say({ type: 'popup-core-loaded' });
    } else if (message.type === 'popup-handshake') {
      await suiteHeard({ manifest: message.payload.manifest });
    } else if (message.payload?.method) {
      const payload = await suiteHeard({ request: message.payload });
      say({ id: message.id, type: 'RESPONSE_EVENT', payload });
    }
  };
  addEventListener('hashchange', read);
  read();
</script>`;

/** @param answer what Suite says to each request: `{ success: true, payload }`, or `{ success: false, error }` */
export async function playSuite(context: ContextLike, answer: (request: SuiteRequest) => Promise<unknown>) {
  const manifests: unknown[] = [];
  const requests: SuiteRequest[] = [];
  await context.exposeFunction('suiteHeard', (heard: { manifest?: unknown; request?: SuiteRequest }) => {
    if (heard.manifest !== undefined) return void manifests.push(heard.manifest);
    if (heard.request === undefined) return undefined;
    requests.push(heard.request);
    return answer(heard.request);
  });
  await context.route('https://suite.trezor.io/**', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  return { manifests, requests };
}
