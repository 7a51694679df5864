import { expect, it } from 'vitest';
import { networkErrors } from './network-errors';

const errors = (reason: string, more = {}, chainId: 'typed' | 'fixed' = 'typed') =>
  networkErrors({ code: 'bad-network', details: { reason, ...more } }, chainId);

it.each([
  ['name-empty', 'name'],
  ['rpc-unreachable', 'rpcUrl'],
  ['permission', 'rpcUrl'],
  ['chain-id-format', 'chainId'],
  ['symbol-format', 'symbol'],
  ['explorer-format', 'explorerUrl'],
  ['in-use', 'other'],
])('says %s at the field %s', (reason, field) => {
  expect(Object.keys(errors(reason) ?? {})).toEqual([field]);
});

it('names the chain that the node is of, where it can be changed', () => {
  const text = expect.stringContaining('chain 137');
  expect(errors('chain-id-denied', { chainId: 137 })).toEqual({ chainId: text });
  expect(errors('chain-id-denied', { chainId: 137 }, 'fixed')).toEqual({ rpcUrl: text });
});

it('names the network that has the chain id already', () => {
  expect(errors('chain-id-taken', { party: 'Base' })).toEqual({ chainId: 'Base has this chain id already.' });
});

it('leaves other errors to a note', () => {
  expect(networkErrors({ code: 'storage-failed', details: {} }, 'typed')).toBeNull();
});
