import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '@/lib/chains/registry';
import { collectionCode } from '@/lib/chains/testing/collection-contract';
import { putMulticall } from '@/lib/chains/testing/multicall';
import { tokenCode } from '@/lib/chains/testing/token-contract';
import type { Address, ChainAdapter } from '@/lib/chains/types';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { createSurroundings } from '../review/surroundings';
import { type AllowancePlace, type Grant, placeKey } from './grants';
import { readAllowances, revocation } from './read-allowances';
import { placeOf, showAllowances } from './show-allowances';

const SPENDER: Address = '0x1111111254EEB25477B68fb85Ed929f73A960582';
const STRANGER: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';
const ALL = (1n << 256n) - 1n;
const ABI = parseAbi([
  'function approve(address spender, uint256 unitsOrId)',
  'function setApprovalForAll(address operator, bool approved)',
]);

let chain: LocalChain;
let owner: Address;
let token: Address;
let collection: Address;

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}
const send = (call: { readonly to?: Address; readonly data: Hex }) =>
  rpc<{ contractAddress: Address; status: Hex }>('eth_sendTransactionSync', [{ from: owner, ...call }]);
const approve = (to: Address, args: readonly [Address, bigint]) =>
  send({ to, data: encodeFunctionData({ abi: ABI, functionName: 'approve', args }) });

const adapterWith = (multicall: Address | null): Promise<ChainAdapter> => {
  const { chainId, rpcUrl } = chain;
  const known = { chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl, multicall, rollup: 'none' } as const;
  return createRegistry(async () => [known], fetch).get(chainId);
};

beforeAll(async () => {
  chain = await startLocalChain();
  [owner = STRANGER] = await rpc<Address[]>('eth_accounts', []);
  const shape = { symbol: 'USDX', name: 'Dollar X', decimals: 6, holder: owner, supply: 1_000_000n } as const;
  token = (await send({ data: tokenCode({ ...shape, transferReturns: 'true' }) })).contractAddress;
  collection = (await send({ data: collectionCode(owner) })).contractAddress;
  await putMulticall(rpc, MULTICALL3);
});
afterAll(() => chain.stop());

describe.each([
  ['one by one', null],
  ['together', MULTICALL3],
] as const)('allowances, asked %s', (_, multicall) => {
  const grant = (place: AllowancePlace): Grant => ({ place, origin: 'https://a.example', atMs: 5 });
  const look = async (grants: readonly Grant[]) => {
    const { read } = await adapterWith(multicall);
    return readAllowances({ chainId: chain.chainId, owner, tokens: [token], grants, read, nowMs: 1_000 });
  };
  const granted = { origin: 'https://a.example', atMs: 5 };

  it('are those of tokens to known contracts, those granted here, and no others; each ends by what ends it', async () => {
    const at = { chainId: chain.chainId, owner };
    const ofToken = { ...at, kind: 'token', contract: token, spender: STRANGER } as const;
    const ofAll = { ...at, kind: 'collection', contract: collection, spender: STRANGER } as const;
    const one = { ...at, kind: 'item', contract: collection, spender: STRANGER, tokenId: '7' } as const;
    const grants = [
      ...[ofToken, ofAll, one].map(grant),
      // An approval can be of a token or of one of a collection: the contract tells.
      grant({ ...one, kind: 'item', contract: token, tokenId: '500' }),
      grant({ ...ofToken, contract: collection }),
      grant({ ...ofToken, owner: STRANGER }),
      grant({ ...ofToken, chainId: 1 }),
    ];
    expect(await look(grants)).toEqual([]);

    await approve(token, [STRANGER, 500n]);
    await approve(token, [SPENDER, ALL]);
    await approve(collection, [STRANGER, 7n]);
    await send({
      to: collection,
      data: encodeFunctionData({ abi: ABI, functionName: 'setApprovalForAll', args: [STRANGER, true] }),
    });
    const found = await look(grants);
    const known = { ...ofToken, spender: SPENDER };
    expect(found).toEqual([
      { place: ofToken, granted, units: 500n, untilMs: null },
      { place: ofAll, granted, units: 0n, untilMs: null },
      { place: one, granted, units: 1n, untilMs: null },
      { place: known, granted: null, units: ALL, untilMs: null },
    ]);

    for (const { place } of found) {
      expect((await send(revocation(place))).status, place.kind).toBe('0x1');
      expect(
        (await look(grants)).some((left) => left.place === place),
        place.kind,
      ).toBe(false);
    }
    expect(await look(grants)).toEqual([]);
  });

  it('are shown with names and limits, and lead back to where they are', async () => {
    const adapter = await adapterWith(multicall);
    const network = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18 };
    const around = createSurroundings({
      ...{ chain: network, node: adapter.request, adapter, tokens: [], own: [], sentTo: [] },
      contacts: [{ address: STRANGER, name: 'Mira' }],
    });
    const at = { chainId: chain.chainId, owner, spender: STRANGER };
    const places: readonly AllowancePlace[] = [
      { ...at, kind: 'token', contract: token },
      { ...at, kind: 'collection', contract: collection },
      { ...at, kind: 'item', contract: collection, tokenId: '7' },
    ];
    const shown = await showAllowances(
      places.map((place) => ({ place, units: place.kind === 'token' ? ALL : 1n, untilMs: null, granted: null })),
      around,
    );
    expect(shown).toMatchObject([
      { amount: { bound: 'unlimited', asset: { symbol: 'USDX', standard: 'erc20' } }, spender: { name: 'Mira' } },
      { amount: { bound: 'exact', asset: { standard: 'erc721', tokenId: null } } },
      { amount: { units: '1', asset: { standard: 'erc721', tokenId: '7' } } },
    ]);
    expect(shown.map(({ place }) => placeKey(placeOf(place, owner)))).toEqual(places.map(placeKey));
  });
});

describe('an allowance at Permit2', () => {
  const place = { kind: 'permit2', chainId: 1, owner: STRANGER, contract: SPENDER, spender: SPENDER } as const;
  const words = (...values: readonly bigint[]): Hex =>
    `0x${values.map((value) => value.toString(16).padStart(64, '0')).join('')}`;
  const look = async (answer: Hex | null) => {
    const grants = [{ place, origin: 'https://a.example', atMs: 5 }];
    const read = async () => [answer];
    const found = await readAllowances({ chainId: 1, owner: STRANGER, tokens: [], grants, read, nowMs: 10_000 });
    return found.map(({ units, untilMs }) => ({ units, untilMs }));
  };

  it('ends by itself, at a time that a calendar has or never', async () => {
    expect(await look(words(7n, 11n, 0n))).toEqual([{ units: 7n, untilMs: 11_000 }]);
    expect(await look(words(7n, (1n << 48n) - 1n, 0n))).toEqual([{ units: 7n, untilMs: null }]);
    expect(await look(words(7n, 9n, 0n))).toEqual([]);
    expect(await look(words(0n, 11n, 0n))).toEqual([]);
  });

  it('is none where its contract is not there, or answers something else', async () => {
    for (const answer of [null, '0x', words(1n)] as const) expect(await look(answer), String(answer)).toEqual([]);
  });
});
