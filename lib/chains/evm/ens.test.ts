import { encodeAbiParameters, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { type CallAnswer, isName, resolveName } from './ens';

const VITALIK = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const RESOLVER = '0x231b0Ee14048e9dCcD1d247744d114a4EB5E8E63';

/** What the universal resolver returns for an address. */
function returning(address: `0x${string}`): CallAnswer {
  const result = encodeAbiParameters([{ type: 'address' }], [address]);
  return { returned: encodeAbiParameters([{ type: 'bytes' }, { type: 'address' }], [result, RESOLVER]) };
}
const answer = (given: CallAnswer) => async () => given;

describe('a name', () => {
  it.each(['vitalik.eth', ' a.b.c ', 'mira.xyz', 'ünï.eth'])('is %j', (text) => expect(isName(text)).toBe(true));
  it.each(['', 'vitalik', '0x12', 'a b.eth', '.eth', 'eth.', 'a..eth'])('is not %j', (text) =>
    expect(isName(text)).toBe(false),
  );

  it('is asked in small letters, of the universal resolver, by its hash', async () => {
    const asked: string[][] = [];
    const resolved = await resolveName(' Vitalik.ETH ', 1, async (to, data) => {
      asked.push([to, data]);
      return returning(VITALIK);
    });
    expect(resolved).toEqual({ address: VITALIK, name: 'vitalik.eth' });
    const [[to, data = ''] = []] = asked;
    expect(to).toBe('0xeeeeeeee14d718c2b47d9923deab1335e144eeee');
    // From EIP-137: namehash of vitalik.eth; and its DNS encoding.
    expect(data).toContain('ee6c4522aab0003e8d14cd40a6af439055fd2577951148c14b6cea9a53475835');
    expect(data).toContain('07766974616c696b0365746800');
  });

  it.each([
    ['is not there', 'nobody.eth', 1, { reverted: '0x77209fe8' }, 'name-not-found'],
    ['has no address', 'nobody.eth', 1, returning(zeroAddress), 'name-not-found'],
    ['is answered with garbage', 'nobody.eth', 1, { returned: '0x1234' }, 'name-not-found'],
    ['is kept elsewhere', 'a.cb.id', 1, { reverted: '0x556f18300000' }, 'name-off-chain'],
    ['has characters that no name has', 'a_b .eth', 1, returning(VITALIK), 'name-format'],
    ['is of a chain without names', 'vitalik.eth', 8453, returning(VITALIK), 'name-not-here'],
  ] as const)('is refused when it %s', async (_, name, chainId, given, reason) => {
    await expect(resolveName(name, chainId, answer(given))).rejects.toMatchObject({
      code: 'bad-address',
      details: { reason },
    });
  });
});
