/** Stories beside the main one, played by themselves in real headless Chromiums. */
import { join } from 'node:path';
import { playBitcoin } from '@/e2e/bitcoin-story';
import { launchWalletBrowser, type WalletBrowser } from '@/e2e/browser';
import { playHardware } from '@/e2e/hardware-story';
import { playLife } from '@/e2e/life';
import { startSite } from '@/e2e/site';
import { installTestNodes } from './bootstrap.mjs';
import { stepPrinter } from './demo-headless';
import type { Stack } from './stack/stack';
import { startAll } from './stack/start-all';

interface World {
  readonly stack: Stack;
  openBrowser(): Promise<WalletBrowser>;
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

const STORIES = {
  /** The whole life of a backup. */
  life: (world: World): Promise<unknown> => playLife({ ...world, account: `Life ${new Date().toISOString()}` }),
  /** On a node of this machine. */
  bitcoin: (world: World): Promise<unknown> => {
    installTestNodes();
    return playBitcoin(world);
  },
  /** A OneKey Mini, simulated. */
  hardware: (world: World): Promise<unknown> => playHardware({ ...world, openSite: startSite }),
} as const;
export type Story = keyof typeof STORIES;

export const STORY_NAMES = Object.keys(STORIES).join(', ');
export const isStory = (name: string): name is Story => Object.hasOwn(STORIES, name);

/** @returns 0 only if all of it held */
export async function playStoryHeadless(story: Story, dataDir: string): Promise<number> {
  const opened: WalletBrowser[] = [];
  const step = stepPrinter();
  const { stack, extensionFolder } = await step('Start the stack and build the extension', () =>
    startAll(dataDir, console.log),
  );
  try {
    const openBrowser = async () => {
      const browser = await launchWalletBrowser(extensionFolder);
      opened.push(browser);
      return browser;
    };
    await STORIES[story]({ stack, openBrowser, step });
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
