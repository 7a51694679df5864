/** The main story, played by itself in a real headless Chromium. */
import { join } from 'node:path';
import { launchWalletBrowser, type WalletBrowser } from '@/e2e/browser';
import { playStory, type StoryOutcome } from '@/e2e/story';
import { startAll } from './stack/start-all';

export interface HeadlessOptions {
  readonly dataDir: string;
  /** When the packages were there, on the clock of `performance.now()`. */
  readonly startedAtMs: number;
  readonly json: boolean;
}

/** The last line of `--json`. */
interface Report {
  readonly ok: boolean;
  readonly address: string | null;
  readonly sameAddress: boolean;
  readonly wrongPinTriesLeft: number | null;
  readonly recoveredWithRealmDown: boolean;
  readonly txHash: string | null;
  readonly ms: { readonly ready: number | null; readonly create: number | null; readonly recover: number | null };
}

const FAILED: Report = {
  ok: false,
  address: null,
  sameAddress: false,
  wrongPinTriesLeft: null,
  recoveredWithRealmDown: false,
  txHash: null,
  ms: { ready: null, create: null, recover: null },
};

const TRIES_AFTER_ONE = 7;

/** @returns 0 only if all of it held */
export async function playHeadless({ dataDir, startedAtMs, json }: HeadlessOptions): Promise<number> {
  const report = await play(dataDir, startedAtMs).catch((error: unknown) => {
    console.log(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
    return FAILED;
  });
  console.log(report.ok ? 'All of it held.' : 'Not all of it held.');
  if (json) console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}

async function play(dataDir: string, startedAtMs: number): Promise<Report> {
  const opened: WalletBrowser[] = [];
  const step = stepPrinter();
  const { stack, extensionFolder } = await step('Start the stack and build the extension', () =>
    startAll(dataDir, console.log),
  );
  try {
    const outcome = await playStory({
      stack,
      account: `Demo ${new Date().toISOString()}`,
      openBrowser: async () => {
        const browser = await launchWalletBrowser(extensionFolder);
        opened.push(browser);
        return browser;
      },
      step,
    });
    return reportOf(outcome, startedAtMs);
  } catch (error) {
    console.log(`Logs of every server: ${join(dataDir, 'logs')}`);
    throw error;
  } finally {
    await Promise.all(opened.map((browser) => browser.close()));
    await stack.stop();
  }
}

function reportOf(outcome: StoryOutcome, startedAtMs: number): Report {
  const { address, sameAddress, wrongPinTriesLeft, recoveredWithRealmDown, txHash, welcomeAtMs, ms } = outcome;
  return {
    ok: sameAddress && wrongPinTriesLeft === TRIES_AFTER_ONE && recoveredWithRealmDown,
    address,
    sameAddress,
    wrongPinTriesLeft,
    recoveredWithRealmDown,
    txHash,
    ms: { ready: Math.round(welcomeAtMs - startedAtMs), create: ms.create, recover: ms.recover },
  };
}

/** Each part with its outcome and its time. */
export function stepPrinter() {
  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const startedAtMs = performance.now();
    const seconds = () => `${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
    try {
      const result = await work();
      const said = typeof result === 'string' || typeof result === 'number' ? `: ${result}` : '';
      console.log(`ok      ${name}${said} (${seconds()})`);
      return result;
    } catch (error) {
      console.log(`failed  ${name} (${seconds()})`);
      throw error;
    }
  };
}
