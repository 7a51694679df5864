import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import type { NodeFacts } from './evm/probe';
import type { NetworkForm } from './network-form';
import { createNetworks, networksRecord } from './networks';

const ethereum = {
  chainId: 1,
  name: 'Ethereum',
  symbol: 'ETH',
  decimals: 18,
  rpcUrl: 'https://node.example',
  multicall: null,
  rollup: 'none',
  explorerUrl: null,
  test: false,
} as const;
const sepolia = { ...ethereum, chainId: 11155111, name: 'Sepolia', test: true };
const gnosis: NetworkForm = {
  name: ' Gnosis ',
  rpcUrl: 'https://gnosis.example/rpc',
  chainId: '100',
  symbol: 'xDAI',
  explorerUrl: '',
};

function device(bundled = [ethereum, sepolia], area = memoryArea()) {
  const world = { facts: { chainId: 100, multicall: null, rollup: 'none' } as NodeFacts, inUse: false };
  const networks = createNetworks({
    bundled,
    stored: cell(area, 'networks', networksRecord),
    probe: async () => world.facts,
    mayReach: (url) => url.hostname !== 'forbidden.example',
    isInUse: async () => world.inUse,
  });
  const names = async () => (await networks.all()).map(({ name }) => name);
  return { networks, world, names, area };
}

const refusal = (reason: string, more = {}) => ({ code: 'bad-network', details: { reason, ...more } });

describe('networks', () => {
  it('begin with the first of the build, and remember what was chosen', async () => {
    const { networks, area } = device();
    expect(await networks.selected()).toMatchObject({ chainId: 1, custom: false, hidden: false });
    await networks.select(11155111);
    expect(await device(undefined, area).networks.selected()).toMatchObject({ name: 'Sepolia', test: true });
    await expect(networks.select(5)).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('are hidden and shown, but not the one that is looked at', async () => {
    const { networks } = device();
    await networks.setVisibility(11155111, 'hidden');
    expect((await networks.all()).map(({ hidden }) => hidden)).toEqual([false, true]);
    await expect(networks.setVisibility(1, 'hidden')).rejects.toMatchObject(refusal('selected'));
    await networks.select(11155111);
    expect((await networks.selected()).hidden).toBe(false);
  });

  it('fall back to the first when the selected one is gone', async () => {
    const { networks, area } = device();
    await networks.select(11155111);
    expect((await device([ethereum], area).networks.selected()).chainId).toBe(1);
  });
});

describe('a network of one’s own', () => {
  it('has its name cut after forty units, and not within a character', async () => {
    const { networks, names } = device();
    await networks.add({ ...gnosis, name: `${'n'.repeat(39)}🦊 chain` });
    expect((await names()).at(-1)).toBe('n'.repeat(39));
  });

  it('is added with what its node says, changed and removed', async () => {
    const { networks, names, world } = device();
    world.facts = { chainId: 100, multicall: `0x${'ca'.repeat(20)}`, rollup: 'op-stack' };
    await networks.add(gnosis);
    expect((await networks.all()).at(-1)).toMatchObject({
      name: 'Gnosis',
      custom: true,
      multicall: `0x${'ca'.repeat(20)}`,
      rollup: 'op-stack',
      explorerUrl: null,
    });
    await networks.select(100);
    await networks.change({ ...gnosis, name: 'Gnosis Chain', explorerUrl: 'https://gnosisscan.example' });
    expect(await names()).toEqual(['Ethereum', 'Sepolia', 'Gnosis Chain']);
    await networks.remove(100);
    expect(await names()).toEqual(['Ethereum', 'Sepolia']);
    expect((await networks.selected()).chainId).toBe(1);
  });

  it('stays while something that was sent there is not mined', async () => {
    const { networks, world, names } = device();
    await networks.add(gnosis);
    world.inUse = true;
    await expect(networks.remove(100)).rejects.toMatchObject(refusal('in-use'));
    expect(await names()).toContain('Gnosis');
  });

  it('gives way to a later build that brings its chain', async () => {
    const { networks, area } = device();
    await networks.add(gnosis);
    const later = device([ethereum, { ...ethereum, chainId: 100, name: 'Gnosis of the build' }], area);
    expect(await later.names()).toEqual(['Ethereum', 'Gnosis of the build']);
  });

  it.each([
    ['no name', { name: ' ' }, 'name-empty'],
    ['no node', { rpcUrl: '' }, 'rpc-empty'],
    ['a node that is no address', { rpcUrl: 'gnosis' }, 'rpc-format'],
    ['a node of another kind', { rpcUrl: 'wss://gnosis.example' }, 'rpc-format'],
    ['a password in the address', { rpcUrl: 'https://me:secret@gnosis.example' }, 'rpc-format'],
    ['a node in the clear', { rpcUrl: 'http://gnosis.example' }, 'rpc-insecure'],
    ['a node that this build does not reach', { rpcUrl: 'https://forbidden.example' }, 'rpc-out-of-reach'],
    ['a chain id that is none', { chainId: 'gnosis' }, 'chain-id-format'],
    ['chain id nought', { chainId: '0' }, 'chain-id-format'],
    ['a chain id beyond all', { chainId: '9'.repeat(30) }, 'chain-id-format'],
    ['no symbol', { symbol: '' }, 'symbol-format'],
    ['a symbol of many words', { symbol: 'a b' }, 'symbol-format'],
    ['an explorer that is no address', { explorerUrl: 'gnosisscan' }, 'explorer-format'],
  ])('is refused for %s', async (_, change, reason) => {
    const { networks, names } = device();
    await expect(networks.add({ ...gnosis, ...change })).rejects.toMatchObject(refusal(reason));
    expect(await names()).toHaveLength(2);
  });

  it('is refused when there is one with its chain id already', async () => {
    const { networks } = device();
    const taken = refusal('chain-id-taken', { party: 'Ethereum' });
    await expect(networks.add({ ...gnosis, chainId: '0x1' })).rejects.toMatchObject(taken);
  });

  it('is refused when the node is one of another chain, which is named', async () => {
    const { networks, world } = device();
    world.facts = { chainId: 137, multicall: null, rollup: 'none' };
    await expect(networks.add(gnosis)).rejects.toMatchObject(refusal('chain-id-denied', { chainId: 137 }));
  });
});

describe('another node', () => {
  it('takes the place of the build’s until it is taken back', async () => {
    const { networks, world } = device();
    world.facts = { chainId: 1, multicall: null, rollup: 'none' };
    await networks.setNode(1, ' https://mine.example ');
    const build = { rpcUrl: 'https://node.example', replacedRpcUrl: null };
    expect(await networks.selected()).toMatchObject({ rpcUrl: 'https://mine.example', replacedRpcUrl: build.rpcUrl });
    await networks.setNode(1, null);
    expect(await networks.selected()).toMatchObject(build);
  });

  it('is refused when it is one of another chain', async () => {
    const { networks } = device();
    await expect(networks.setNode(1, 'https://mine.example')).rejects.toBeInstanceOf(WalletError);
    expect((await networks.selected()).replacedRpcUrl).toBeNull();
  });
});
