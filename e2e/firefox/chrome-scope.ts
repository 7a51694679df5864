/** The browser's own scope, for what BiDi has no command for: ending the background, the browser's console. */
import type { Bidi } from './bidi';

/** Runs the body of an asynchronous function among the browser's own objects. @returns what it returns, by way of JSON */
export type InChrome = (body: string) => Promise<unknown>;

interface Evaluated {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

export async function openChromeScope(bidi: Bidi): Promise<InChrome> {
  const { contexts } = await bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const context = contexts[0]?.context;
  if (context === undefined) throw new Error('Firefox has no window');
  return async (body) => {
    const evaluated = await bidi.send<Evaluated>('script.callFunction', {
      functionDeclaration: `async () => JSON.stringify((await (async () => { ${body} })()) ?? null)`,
      target: { context },
      awaitPromise: true,
    });
    if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails?.text);
    return JSON.parse(String(evaluated.result?.value));
  };
}

/**
 * Collects what the extension's own pages and workers report as errors: BiDi tells of pages, not of the background.
 * @param origin of the extension
 * @returns reads what came until now
 */
export async function watchConsole(inChrome: InChrome, origin: string): Promise<() => Promise<string[]>> {
  await inChrome(`
    globalThis.halfkeyErrors = [];
    Services.console.registerListener({
      observe: (message) => {
        if (!(message instanceof Ci.nsIScriptError) || message.flags & Ci.nsIScriptError.warningFlag) return;
        const ours = [message.sourceName, message.cssSelectors, message.errorMessage].join(' ').includes(${JSON.stringify(origin)});
        if (ours) globalThis.halfkeyErrors.push(message.errorMessage);
      },
    });`);
  return async () => (await inChrome('return globalThis.halfkeyErrors')) as string[];
}
