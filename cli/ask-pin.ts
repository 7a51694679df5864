import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for one line that is not shown: nothing of what is typed reaches the output. From a pipe, its first line.
 * @throws Error if the input ended, or Ctrl-C was pressed
 */
export async function askHidden(question: string, { input, output }: Terminal): Promise<string> {
  output.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: input.isTTY === true, historySize: 0 });
  try {
    const ended = once(lines, 'close').then((): never => cancelled());
    const interrupted = once(lines, 'SIGINT').then((): never => cancelled());
    ended.catch(() => undefined);
    interrupted.catch(() => undefined);
    const [line] = await Promise.race([once(lines, 'line'), ended, interrupted]);
    return String(line);
  } finally {
    lines.close();
    output.write('\n');
  }
}

function cancelled(): never {
  throw new Error('No PIN was typed.');
}
