import { join } from 'node:path';
import { openExtension } from './extension';
import { type Stack, startStack } from './stack';

/** The stack on kept ports, and the extension built against it meanwhile. Both are kept in `dataDir`. */
export async function startAll(
  dataDir: string,
  log: (message: string) => void,
): Promise<{ stack: Stack; extensionFolder: string }> {
  const builds: Promise<string>[] = [];
  const stack = await startStack({
    dataDir,
    log,
    onConfig: (config) => {
      const build = openExtension(config, join(dataDir, 'extension'), log);
      // Told below; until then it must not end the process as unhandled.
      build.catch(() => undefined);
      builds.push(build);
    },
  });
  try {
    const [extensionFolder = ''] = await Promise.all(builds);
    return { stack, extensionFolder };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
