import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { createRegistry } from '../registry';
import { OFF_CHAIN_RESOLVER, putNameService, registerName } from '../testing/names';
import type { ChainAdapter } from '../types';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

let chain: LocalChain;
let ethereum: ChainAdapter;

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

const adapterOf = (chainId: number): Promise<ChainAdapter> => {
  const known = { chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  return createRegistry(async () => [{ ...known, multicall: null, rollup: 'none' }], fetch).get(chainId);
};

beforeAll(async () => {
  chain = await startLocalChain({ chainId: 1 });
  ethereum = await adapterOf(1);
  await putNameService(rpc);
  await registerName(rpc, 'mira.eth', MIRA);
  await registerName(rpc, 'pay.mira.eth', JONAS);
  await registerName(rpc, 'mïra.eth', JONAS);
  await registerName(rpc, '👩‍⚕.eth', JONAS);
  await registerName(rpc, 'empty.eth', null);
  await registerName(rpc, 'mira.elsewhere.eth', null, OFF_CHAIN_RESOLVER);
  // What nobody can register by the rules, somebody has written into the registry all the same.
  await registerName(rpc, 'mіra.eth', JONAS);
  await registerName(rpc, 'ѕсоре.eth', JONAS);
  await registerName(rpc, 'mi\u200bra.eth', JONAS);
  await registerName(rpc, 'mi\u200dra.eth', JONAS);
  await registerName(rpc, 'Mira.eth', JONAS);
});
afterAll(() => chain.stop());

describe('a name that a contract knows', () => {
  it.each([
    ['mira.eth', MIRA, 'mira.eth'],
    ['in large letters, with spaces around it', MIRA, 'mira.eth', ' MIRA.eth '],
    ['in wide letters, as some keyboards type them', MIRA, 'mira.eth', 'ｍｉｒａ.eth'],
    ['with a soft hyphen in it, which nobody sees and no name has', MIRA, 'mira.eth', 'mi\u00adra.eth'],
    ['with a gap without a width, which no name has either', MIRA, 'mira.eth', 'mi\u200bra.eth'],
    ['under another one', JONAS, 'pay.mira.eth', 'Pay.Mira.eth'],
    ['with an accent in one character', JONAS, 'mïra.eth', 'm\u00efra.eth'],
    ['with the accent as a character of its own', JONAS, 'mïra.eth', 'mi\u0308ra.eth'],
    ['with a picture, however it is told to look', JONAS, '👩‍⚕.eth', '👩‍⚕\ufe0f.eth'],
  ])('leads to its address: %s', async (_, address, name, typed = name) => {
    expect(await ethereum.findRecipient(typed)).toEqual({ address, name });
  });

  it.each([
    ['nobody has registered it', 'nobody.eth', 'name-not-found'],
    ['one letter is a figure', 'm1ra.eth', 'name-not-found'],
    ['nobody has put an address on it', 'empty.eth', 'name-not-found'],
    ['it is kept by a server', 'mira.elsewhere.eth', 'name-off-chain'],
    ['one letter is of another script', 'mіra.eth', 'name-format'],
    ['all of it only looks like Latin', 'ѕсоре.eth', 'name-format'],
    ['it has a joiner that nobody sees', 'mi\u200dra.eth', 'name-format'],
    ['a line under its middle', 'mi_ra.eth', 'name-format'],
    ['its top level only looks like the right one', 'mira.еth', 'name-format'],
    ['it is no name', 'mira', 'format'],
    ['its dot is none', 'mira。eth', 'format'],
  ])('leads nowhere where %s', async (_, typed, reason) => {
    await expect(ethereum.findRecipient(typed)).rejects.toMatchObject({ code: 'bad-address', details: { reason } });
  });

  it('is asked of no chain without names, though the contract were there', async () => {
    const base = await adapterOf(8453);
    await expect(base.findRecipient('mira.eth')).rejects.toMatchObject({ details: { reason: 'name-not-here' } });
  });
});
