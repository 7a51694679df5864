import { describe, expect, it } from 'vitest';
import type { SentTransaction } from './activity';
import { createNotices } from './notices';

const transaction = (hash: string, more: Partial<SentTransaction> = {}): SentTransaction => ({
  hash: hash as `0x${string}`,
  chainId: 1,
  account: { walletId: 'A'.repeat(22), index: 0 },
  from: '0x3D9a4bE1c07F52a86E1bD93f0C24a7715eB8F20c',
  to: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F',
  nonce: 0,
  valueWei: '1',
  feeWei: '1',
  state: 'confirmed',
  atMs: 0,
  raw: null,
  untold: true,
  ...more,
});

function telling(due: SentTransaction[], wanted = true) {
  const told: string[] = [];
  const marked: string[] = [];
  const failing = { show: false };
  const tell = createNotices({
    activity: {
      untold: async () => due.filter(({ hash }) => !marked.includes(hash)),
      markTold: async (hashes) => void marked.push(...hashes),
    },
    isWanted: async () => wanted,
    show: async ({ id, outcome }) => {
      if (failing.show) throw new Error('no notices here');
      told.push(`${outcome} ${id}`);
    },
  });
  return { tell, told, marked, failing };
}

describe('notices', () => {
  it('tell of each end once', async () => {
    const { tell, told } = telling([transaction('0xa'), transaction('0xb', { state: 'failed' })]);
    await tell();
    await tell();
    expect(told).toEqual(['confirmed payment 0xa', 'failed payment 0xb']);
  });

  it('tell of a cancellation as what it is', async () => {
    const { tell, told } = telling([transaction('0xb', { replaces: { hash: '0xa', how: 'cancel' } })]);
    await tell();
    expect(told).toEqual(['cancelled payment 0xb']);
  });

  it('tell nothing unless it is wanted, and nothing of it later', async () => {
    const { tell, told, marked } = telling([transaction('0xa')], false);
    await tell();
    expect([told, marked]).toEqual([[], ['0xa']]);
  });

  it('hold nothing up when the browser cannot show them', async () => {
    const { tell, marked, failing } = telling([transaction('0xa')]);
    failing.show = true;
    await tell();
    expect(marked).toEqual(['0xa']);
  });
});
