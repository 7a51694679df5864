import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { checkTypedData } from '../review/check-typed-data';
import { PERMIT2 } from '../review/known-contracts';
import { grantedByCall, grantedBySignature } from './granted';
import { type AllowancePlace, createGrants, grantsRecord } from './grants';

const OWNER = '0x3d9a4bE1C07F52a86e1bd93F0c24A7715eB8f20c';
const TOKEN = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const SPENDER = '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D';
const BY = { chainId: 1, owner: OWNER } as const;
const AT = { ...BY, contract: TOKEN, spender: SPENDER } as const;

const ABI = parseAbi([
  'function approve(address spender, uint256 units)',
  'function increaseAllowance(address spender, uint256 units)',
  'function decreaseAllowance(address spender, uint256 units)',
  'function setApprovalForAll(address operator, bool approved)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function transfer(address to, uint256 units)',
  'function multicall(bytes[] data)',
]);
const PERMIT2_ABI = parseAbi(['function approve(address token, address spender, uint160 units, uint48 expiration)']);
const call = (functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: ABI, functionName, args } as never);
const byCall = (data: Hex, to: `0x${string}` | null = TOKEN) => grantedByCall(BY, { to, data });
const WORD: Hex = `0x${'11'.repeat(32)}`;

describe('a transaction allows', () => {
  it('what an approval says, which is an amount or one of a collection', () => {
    expect(byCall(call('approve', [SPENDER, 7n]))).toEqual([
      { kind: 'token', ...AT },
      { kind: 'item', ...AT, tokenId: '7' },
    ]);
  });

  it('more of a token, all of a collection, a token at Permit2, and what calls within calls allow', () => {
    expect(byCall(call('increaseAllowance', [SPENDER, 7n]))).toEqual([{ kind: 'token', ...AT }]);
    expect(byCall(call('setApprovalForAll', [SPENDER, true]))).toEqual([{ kind: 'collection', ...AT }]);
    const atPermit2 = encodeFunctionData({
      abi: PERMIT2_ABI,
      functionName: 'approve',
      args: [TOKEN, SPENDER, 7n, 1_900_000_000],
    });
    expect(byCall(atPermit2, PERMIT2)).toEqual([{ kind: 'permit2', ...AT }]);
    expect(
      byCall(call('multicall', [[call('transfer', [SPENDER, 1n]), call('increaseAllowance', [SPENDER, 1n])]])),
    ).toEqual([{ kind: 'token', ...AT }]);
  });

  it('by a permit of its own owner, not by one of somebody else', () => {
    const permit = (owner: Hex) => call('permit', [owner, SPENDER, 7n, 1n, 27, WORD, WORD]);
    expect(byCall(permit(OWNER))).toEqual([{ kind: 'token', ...AT }]);
    expect(byCall(permit(SPENDER))).toEqual([]);
  });

  it.each([
    ['a payment', byCall('0x', SPENDER)],
    ['a transfer', byCall(call('transfer', [SPENDER, 7n]))],
    ['a right that is taken back', byCall(call('setApprovalForAll', [SPENDER, false]))],
    ['a right that is made smaller', byCall(call('decreaseAllowance', [SPENDER, 7n]))],
    ['one of a collection that is taken back', byCall(call('approve', [`0x${'0'.repeat(40)}`, 7n]))],
    ['a new contract', byCall(call('approve', [SPENDER, 7n]), null)],
    ['bytes that only begin like an approval', byCall(call('approve', [SPENDER, 7n]).slice(0, 80) as Hex)],
  ])('nothing: %s', (_, granted) => expect(granted).toEqual([]));

  it('by an approval of nought only what may be number nought of a collection', () => {
    expect(byCall(call('approve', [SPENDER, 0n]))).toEqual([{ kind: 'item', ...AT, tokenId: '0' }]);
  });
});

describe('a signature allows', () => {
  const typed = (domain: object, name: string, members: Record<string, string>, message: object, more: object = {}) =>
    checkTypedData(
      {
        types: {
          EIP712Domain: [{ name: 'verifyingContract', type: 'address' }],
          [name]: Object.entries(members).map(([member, type]) => ({ name: member, type })),
          ...more,
        },
        primaryType: name,
        domain,
        message,
      },
      1,
    );
  const low = { ...BY, contract: TOKEN.toLowerCase(), spender: SPENDER.toLowerCase() };

  it('what an ERC-2612 permit and that of DAI say', () => {
    const own = { owner: 'address', spender: 'address', value: 'uint256', nonce: 'uint256', deadline: 'uint256' };
    const message = { owner: OWNER, spender: SPENDER, value: '7', nonce: '0', deadline: '1900000000' };
    const at = { verifyingContract: TOKEN };
    expect(grantedBySignature(BY, typed(at, 'Permit', own, message))).toEqual([{ kind: 'token', ...low }]);
    const dai = { holder: 'address', spender: 'address', nonce: 'uint256', expiry: 'uint256', allowed: 'bool' };
    const asked = { holder: OWNER, spender: SPENDER, nonce: '0', expiry: '0' };
    const byDai = (allowed: boolean) => grantedBySignature(BY, typed(at, 'Permit', dai, { ...asked, allowed }));
    expect(byDai(true)).toEqual([{ kind: 'token', ...low }]);
    expect(byDai(false)).toEqual([]);
  });

  it('every token of a batch at Permit2, and nothing where the same words are for another contract', () => {
    const members = { details: 'Details[]', spender: 'address', sigDeadline: 'uint256' };
    const Details = [
      { name: 'token', type: 'address' },
      { name: 'amount', type: 'uint160' },
    ];
    const message = {
      details: [
        { token: TOKEN, amount: '1' },
        { token: SPENDER, amount: '2' },
      ],
      spender: SPENDER,
      sigDeadline: '1900000000',
    };
    const batch = (verifyingContract: string) =>
      grantedBySignature(BY, typed({ verifyingContract }, 'PermitBatch', members, message, { Details }));
    expect(batch(PERMIT2)).toEqual([
      { kind: 'permit2', ...low },
      { kind: 'permit2', ...low, contract: SPENDER.toLowerCase() },
    ]);
    expect(batch(TOKEN)).toEqual([]);
  });
});

describe('what was allowed', () => {
  it('is written down once a place, the newest first, and forgotten on demand', async () => {
    let nowMs = 1;
    const grants = createGrants({ stored: cell(memoryArea(), 'grants', grantsRecord), now: () => nowMs });
    const place: AllowancePlace = { kind: 'token', ...AT };
    const other: AllowancePlace = { kind: 'collection', ...AT };
    await grants.note('https://a.example', [place]);
    await grants.note('https://b.example', [other]);
    nowMs = 2;
    const lower = { ...place, contract: TOKEN.toLowerCase() } as AllowancePlace;
    await grants.note('https://b.example', [lower]);
    expect(await grants.list()).toEqual([
      { place: lower, origin: 'https://b.example', atMs: 2 },
      { place: other, origin: 'https://b.example', atMs: 1 },
    ]);
    await grants.wipe();
    expect(await grants.list()).toEqual([]);
  });
});
