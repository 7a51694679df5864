import { buildExtension } from '@/scripts/build-extension';
import { test as base, expect } from '../fixtures';
import { type FirefoxBrowser, type FirefoxOptions, launchFirefox } from './browser';

interface WorkerFixtures {
  /** The extension for Firefox, built against the stack. */
  firefoxFolder: string;
}

interface TestFixtures {
  /** Opens one more Firefox, with a new profile; all are closed after the test. */
  openFirefox: (options?: Pick<FirefoxOptions, 'preferences'>) => Promise<FirefoxBrowser>;
}

export { expect };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  firefoxFolder: [
    async ({ stack }, use, { workerIndex }) => {
      const outFolder = `.output/e2e-firefox-${workerIndex}`;
      await use(await buildExtension({ configPath: stack.configPath, outFolder, browser: 'firefox' }));
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  openFirefox: async ({ firefoxFolder, network, expectedErrors }, use) => {
    const opened: FirefoxBrowser[] = [];
    const errors: string[] = [];
    await use(async (options = {}) => {
      const browser = await launchFirefox(firefoxFolder, { ...options, proxyPort: network.proxyPort });
      const close = async () => {
        opened.splice(opened.indexOf(watched), 1);
        errors.push(...(await browser.errors()));
        await browser.close();
      };
      const watched = { ...browser, close };
      opened.push(watched);
      return watched;
    });
    await Promise.all([...opened].map((browser) => browser.close()));
    expect(errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)))).toEqual([]);
  },
});
