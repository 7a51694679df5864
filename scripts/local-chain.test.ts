import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, http } from 'viem';
import { expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from './local-chain';

const ADDRESS = '0x00000000000000000000000000000000000000ff';

const balanceWei = ({ rpcUrl }: LocalChain) =>
  createPublicClient({ transport: http(rpcUrl) }).getBalance({ address: ADDRESS });

it('starts on a free port, funds an address by a mined transaction and stops', async () => {
  const chain = await startLocalChain();
  expect(await chain.fund(ADDRESS, 3n)).toMatch(/^0x[0-9a-f]{64}$/);
  expect(await balanceWei(chain)).toBe(3n);
  await chain.stop();
  await expect(fetch(chain.rpcUrl)).rejects.toThrow();
});

it('keeps its state in a file, when asked to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-chain-'));
  const stateFile = join(folder, 'chain.json');
  const first = await startLocalChain({ stateFile });
  await first.fund(ADDRESS, 5n);
  await first.stop();
  const second = await startLocalChain({ stateFile });
  expect(await balanceWei(second)).toBe(5n);
  await second.stop();
  rmSync(folder, { recursive: true });
});

it('says that its port is taken', async () => {
  const chain = await startLocalChain();
  const port = Number(new URL(chain.rpcUrl).port);
  await expect(startLocalChain({ port })).rejects.toThrow(/stopped at once/);
  await chain.stop();
});
