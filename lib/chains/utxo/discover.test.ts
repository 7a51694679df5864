import { describe, expect, it } from 'vitest';
import { addressesOf, deriveAccount, pathText, placesBeforeSplit, placesOf } from './accounts';
import { discoverAccount, discoverAccounts, reachOf } from './discover';
import { ALL, addressAt } from './testing/seed';

/** A server that knows these addresses, and writes down what it was asked. */
function server(used: readonly string[]) {
  const asked: string[] = [];
  const isUsed = async (address: string) => {
    asked.push(address);
    return used.includes(address);
  };
  return { asked, isUsed };
}
const derive = (place: Parameters<typeof deriveAccount>[1]) => deriveAccount(ALL, place);
const at = (purpose: 44 | 49 | 84 | 86, chain: 0 | 1, index: number) =>
  addressAt(ALL, 'btc', purpose, chain, index).address;

describe('discovery', () => {
  it('of an empty seed gives the first account of every kind, and asks for no more than the gap', async () => {
    const backend = server([]);
    const found = await discoverAccounts(() => backend, placesOf('btc'), derive);
    expect(found.map(({ account }) => account.purpose)).toEqual([84, 86, 49, 44]);
    expect(found.map(({ receive }) => receive.fresh.address)).toEqual([
      at(84, 0, 0),
      at(86, 0, 0),
      at(49, 0, 0),
      at(44, 0, 0),
    ]);
    expect(backend.asked.length).toBe(4 * 2 * reachOf([]));
    expect(new Set(backend.asked).size).toBe(backend.asked.length);
  });

  it('goes on until twenty unused addresses follow each other', async () => {
    const backend = server([at(84, 0, 0), at(84, 0, 19), at(84, 0, 39), at(84, 0, 60), at(84, 1, 3)]);
    const [found] = await discoverAccounts(() => backend, placesOf('btc').slice(0, 1), derive);
    expect(found?.receive.used.map(({ index }) => index)).toEqual([0, 19, 39]);
    expect(found?.receive.fresh.index).toBe(40);
    expect(found?.change.used.map(({ index }) => index)).toEqual([3]);
    expect(found?.change.fresh.index).toBe(4);
    expect(backend.asked).not.toContain(at(84, 0, 60));
    expect(backend.asked).toContain(at(84, 0, 59));
    expect(new Set(backend.asked).size).toBe(backend.asked.length);
  });

  it('asks for nothing beyond the gap', async () => {
    const backend = server([at(84, 0, 5), at(84, 0, 26)]);
    const [found] = await discoverAccounts(() => backend, placesOf('btc').slice(0, 1), derive);
    expect(found?.receive.used.map(({ index }) => index)).toEqual([5]);
    expect(backend.asked).toContain(at(84, 0, 25));
    expect(backend.asked).not.toContain(at(84, 0, 26));
  });

  it('goes on to further accounts while they are used, by change alone, too', async () => {
    const second = deriveAccount(ALL, {
      ...(placesOf('ltc')[0] ?? { coin: 'ltc', purpose: 84, coinType: 2 }),
      account: 1,
    });
    const backend = server([addressAt(ALL, 'ltc', 84, 0, 2).address, addressesOf(second, 1)(7).address]);
    const found = await discoverAccounts(() => backend, placesOf('ltc'), derive);
    expect(found.map(({ account: { purpose, account } }) => `${purpose} ${account}`)).toEqual([
      '84 0',
      '84 1',
      '49 0',
      '44 0',
    ]);
  });

  it('looks on the paths of Bitcoin for coins from before a split, when it is told to', async () => {
    const backend = server([]);
    const found = await discoverAccounts(() => backend, [...placesOf('bch'), ...placesBeforeSplit('bch')], derive);
    expect(found.map(({ receive }) => pathText(receive.fresh.path))).toEqual(["m/44'/145'/0'/0/0", "m/44'/0'/0'/0/0"]);
  });

  it('stops when it is told to, and does not hide what the server throws', async () => {
    const stop = new AbortController();
    const backend = {
      isUsed: async () => {
        stop.abort(new Error('enough'));
        return true;
      },
    };
    await expect(discoverAccounts(() => backend, placesOf('btc'), derive, { signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    const silent = { isUsed: () => Promise.reject(new Error('silent')) };
    await expect(discoverAccounts(() => silent, placesOf('btc'), derive)).rejects.toThrow('silent');
  });

  it('goes on where a thousand addresses are known to be used', async () => {
    const known = { receive: Array.from({ length: 1_200 }, (_, index) => index), change: [] };
    const backend = server([at(84, 0, 1_205)]);
    const account = derive({ coin: 'btc', purpose: 84, coinType: 0, account: 0 });
    const { receive } = await discoverAccount(backend, account, { known });
    expect(receive.used.length).toBe(1_201);
    expect(receive.fresh.index).toBe(1_206);
  });

  it('does not follow a server for ever that calls everything used', async () => {
    const backend = { isUsed: async () => true };
    await expect(discoverAccounts(() => backend, placesOf('doge'), derive)).rejects.toMatchObject({
      code: 'party-misbehaved',
      details: { reason: 'endless' },
    });
  });
});
