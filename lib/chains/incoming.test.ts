import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createIncoming, type IncomingAsk, incomingRecord, type OwnSpending, type TokenTransfer } from './incoming';

const CHAIN = 31337;
const OWN = '0x3D9a4bE1c07F52a86E1bD93f0C24a7715eB8F20c';
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const FAKE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

function looking() {
  const chain = { block: 5_000n, wei: 100n, nonce: 0, logs: [] as TokenTransfer[], up: true };
  const asked = { states: 0, ranges: [] as [bigint, bigint][] };
  let nowMs = 1_000_000;
  const orDown = <T>(answer: T): T => {
    if (!chain.up) throw new WalletError('chain-unreachable');
    return answer;
  };
  const incoming = createIncoming({
    stored: cell(memoryArea(), 'incoming', incomingRecord),
    chainOf: async () => ({
      latestBlock: async () => orDown(chain.block),
      stateAt: async () => {
        asked.states++;
        return orDown({ wei: chain.wei, nonce: chain.nonce });
      },
      transfersTo: async (_owners, _tokens, from, to) => {
        asked.ranges.push([from, to]);
        return orDown(chain.logs);
      },
    }),
    now: () => nowMs,
  });
  const look = (more: Partial<IncomingAsk> = {}) => {
    nowMs += 60_000;
    const balances = [{ owner: OWN, wei: chain.wei }];
    return incoming.refresh({ chainId: CHAIN, owners: [OWN], tokens: [USDC], balances, spending: [], ...more });
  };
  return { chain, asked, incoming, look };
}

const transfer = (more: Partial<TokenTransfer> = {}): TokenTransfer => ({
  token: USDC,
  from: MIRA,
  to: OWN,
  units: 120_000_000n,
  hash: `0x${'a'.repeat(64)}`,
  logIndex: 3,
  ...more,
});

const spent = (more: Partial<OwnSpending> = {}): OwnSpending => ({
  chainId: CHAIN,
  from: OWN,
  nonce: 0,
  state: 'confirmed',
  valueWei: 30n,
  feeWei: 5n,
  ...more,
});

describe('the own unit', () => {
  it('has arrived when the balance grows, after a first look that explains nothing', async () => {
    const { chain, incoming, look } = looking();
    await look();
    expect(await incoming.list()).toEqual([]);
    chain.wei = 142n;
    await look();
    expect(await incoming.list()).toMatchObject([{ units: '42', token: null, from: null, hash: null, owner: OWN }]);
  });

  it('is asked about only when the balance has changed', async () => {
    const { asked, look } = looking();
    await look();
    await look();
    expect(asked.states).toBe(1);
  });

  it('is told apart from what was sent', async () => {
    const { chain, incoming, look } = looking();
    await look();
    Object.assign(chain, { wei: 65n, nonce: 1 });
    await look({ spending: [spent()] });
    expect(await incoming.list()).toEqual([]);
    Object.assign(chain, { wei: 67n, nonce: 2 });
    await look({ spending: [spent(), spent({ nonce: 1, state: 'failed', feeWei: 8n })] });
    expect(await incoming.list()).toMatchObject([{ units: '10' }]);
  });

  it('waits until it is known what became of a payment', async () => {
    const { chain, incoming, look } = looking();
    await look();
    Object.assign(chain, { wei: 75n, nonce: 1 });
    await look({ spending: [spent({ state: 'pending' })] });
    expect(await incoming.list()).toEqual([]);
    await look({ spending: [spent()] });
    expect(await incoming.list()).toMatchObject([{ units: '10' }]);
  });

  it('is not guessed where another device has sent', async () => {
    const { chain, incoming, look } = looking();
    await look();
    Object.assign(chain, { wei: 500n, nonce: 1 });
    await look();
    chain.wei = 501n;
    await look();
    expect(await incoming.list()).toMatchObject([{ units: '1' }]);
  });
});

describe('tokens', () => {
  it('have arrived when a known contract says so, once', async () => {
    const { chain, incoming, look } = looking();
    chain.logs = [transfer()];
    await look();
    await look();
    expect(await incoming.list()).toMatchObject([{ token: USDC, from: MIRA, units: '120000000' }]);
  });

  it.each([
    ['of nothing', { units: 0n }],
    ['of an unknown contract', { token: FAKE }],
    ['to somebody else', { to: MIRA }],
  ] as const)('%s are left out', async (_, more) => {
    const { chain, incoming, look } = looking();
    chain.logs = [transfer(more)];
    await look();
    expect(await incoming.list()).toEqual([]);
  });

  it('are looked for in at most a thousand blocks, then from the last ones on', async () => {
    const { chain, asked, look } = looking();
    await look();
    chain.block += 10n;
    await look();
    chain.block += 90_000n;
    await look();
    expect(asked.ranges).toEqual([
      [4_001n, 5_000n],
      [4_996n, 5_010n],
      [94_011n, 95_010n],
    ]);
  });

  it('that the node does not give are said to be missing, and looked for again', async () => {
    const { chain, incoming, look } = looking();
    chain.up = false;
    await look();
    expect(await incoming.tokensAnswered(CHAIN)).toBe(false);
    chain.up = true;
    chain.logs = [transfer()];
    await look();
    expect(await incoming.tokensAnswered(CHAIN)).toBe(true);
    expect(await incoming.list()).toHaveLength(1);
  });
});
