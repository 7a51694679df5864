import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack as RunningStack, startStack as startParties } from '@/scripts/stack/stack';
import { type PriceServer, startPriceServer } from './prices';

/** The parties that the extension under test talks to, with empty databases, on ports that nobody else uses. */
export interface Stack extends RunningStack {
  /** Build-time configuration that names them. */
  readonly configPath: string;
  /** Asked by nobody who did not ask for it. */
  readonly prices: Pick<PriceServer, 'origin'>;
}

export async function startStack(): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-stack-'));
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const stack = await startParties({ dataDir: folder, log });
  const configPath = join(folder, 'config.json');
  const prices = await startPriceServer();
  const assets = stack.config.chains.map(({ chainId }) => ({ id: 'ethereum', keys: [String(chainId)] }));
  const priceSource = { name: 'Test prices', url: prices.url, assets };
  writeFileSync(configPath, JSON.stringify({ ...stack.config, priceSource }));
  const stop = async () => {
    await Promise.all([stack.stop(), prices.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...stack, configPath, prices, stop };
}
