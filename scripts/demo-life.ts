/** The story of a backup's whole life, played by itself in two real headless Chromiums. */
import { join } from 'node:path';
import { launchWalletBrowser, type WalletBrowser } from '@/e2e/browser';
import { playLife } from '@/e2e/life';
import { stepPrinter } from './demo-headless';
import { startAll } from './stack/start-all';

/** @returns 0 only if all of it held */
export async function playLifeHeadless(dataDir: string): Promise<number> {
  const opened: WalletBrowser[] = [];
  const step = stepPrinter();
  const { stack, extensionFolder } = await step('Start the stack and build the extension', () =>
    startAll(dataDir, console.log),
  );
  try {
    await playLife({
      stack,
      account: `Life ${new Date().toISOString()}`,
      openBrowser: async () => {
        const browser = await launchWalletBrowser(extensionFolder);
        opened.push(browser);
        return browser;
      },
      step,
    });
    console.log('All of it held.');
    return 0;
  } catch (error) {
    console.log(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
    console.log(`Logs of every server: ${join(dataDir, 'logs')}`);
    return 1;
  } finally {
    await Promise.all(opened.map((browser) => browser.close()));
    await stack.stop();
  }
}
