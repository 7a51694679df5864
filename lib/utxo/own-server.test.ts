/** A server of the user's own is asked by the keys of accounts, any other address by address: with the same result. */
import { describe, expect, it } from 'vitest';
import { addressesOf, deriveAccount, placesBeforeSplit, placesOf } from '@/lib/chains/utxo/accounts';
import type { CoinId, Purpose } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const of = (coin: CoinId) => ({ walletId: WALLET, coin });

/** What a page sees of a coin, but which server it is asked of. */
async function seen(world: World, coin: CoinId) {
  const { accounts, total, sync } = await world.call('accounts.list', of(coin));
  const each = await Promise.all(
    accounts.map(async ({ account }) => ({
      receive: await world.call('receive.list', { ...of(coin), account }),
      utxos: await world.call('utxos.list', { ...of(coin), account }),
      history: await world.call('history.list', { ...of(coin), account, from: 0 }),
      csv: await world.call('history.csv', { ...of(coin), account }),
    })),
  );
  return { accounts, total, each, error: sync.error, found: sync.found };
}

/** Used here and there, in blocks and not. */
function lived(coin: CoinId): Ground {
  const ground = groundOf(coin);
  let nonce = 0;
  const to = (purpose: Purpose, chain: 0 | 1, index: number, account = 0, before = false) => {
    const place = (before ? placesBeforeSplit : placesOf)(coin, account).find((one) => one.purpose === purpose);
    if (!place) throw new Error('no such account');
    nonce += 1;
    const amount = BigInt(1_000_000 * nonce);
    return fundingOf([{ to: addressesOf(deriveAccount(ALL, place), chain)(index), amount }], nonce);
  };
  const { chain } = ground;
  if (coin === 'btc') {
    for (const index of [0, 5, 19]) chain.pay(to(84, 0, index));
    chain.pay(to(84, 1, 7));
    chain.pay(to(86, 0, 2));
    chain.pay(to(44, 0, 0));
    chain.pay(to(44, 1, 3, 1));
    // Up to the end of the gap, and beyond it by what waits.
    chain.pay(to(84, 0, 39));
    chain.pay(to(84, 0, 61));
    chain.wait(to(84, 0, 50));
    chain.wait(to(84, 0, 69));
    chain.wait(to(49, 1, 19));
  } else {
    chain.pay(to(44, 0, 1));
    chain.wait(to(44, 1, 0));
    if (coin === 'bch' || coin === 'btg') {
      chain.pay(to(44, 0, 4, 0, true));
      chain.pay(to(44, 0, 0, 1, true));
    }
    if (coin === 'btg' || coin === 'ltc') chain.pay(to(49, 0, 0));
  }
  return ground;
}

/** Which descriptors a server was asked with, and which addresses. */
function watched(ground: Ground) {
  const asked: string[] = [];
  const { gate } = ground;
  ground.gate = (method, answer, params) => {
    if (typeof params.descriptor === 'string') asked.push(params.descriptor);
    return gate(method, answer, params);
  };
  return {
    byKey: () => asked.filter((one) => one.includes('(')),
    byAddress: () => asked.filter((one) => !one.includes('(')),
  };
}

describe('a server of one’s own', () => {
  it.each(['btc', 'ltc', 'bch', 'btg', 'dash', 'doge'] as const)('of %s gives what any other gives', async (coin) => {
    const [own, other] = [lived(coin), lived(coin)];
    const [ownWorld, otherWorld] = [own.open(), other.open()];
    const [ownAsked, otherAsked] = [watched(own), watched(other)];
    await discovered(ownWorld, coin, { own: true, earlier: true });
    await discovered(otherWorld, coin, { own: false, earlier: true });
    const result = await seen(ownWorld, coin);
    expect(result).toEqual(await seen(otherWorld, coin));
    expect(result.error).toBeNull();
    expect(result.found).toBeGreaterThan(0);
    await ownWorld.call('refresh', of(coin));
    await otherWorld.call('refresh', of(coin));
    expect(await seen(ownWorld, coin)).toEqual(await seen(otherWorld, coin));
    expect(otherAsked.byKey()).toEqual([]);
    expect(new Set(ownAsked.byKey()).size).toBeGreaterThanOrEqual(result.accounts.length);
    // By address only where the key does not reach.
    if (coin !== 'btc') expect(ownAsked.byAddress()).toEqual([]);
  });

  it.each([true, false])(
    'lists what has come by way of another device before the account was read again (own: %s)',
    async (own) => {
      const ground = groundOf('btc');
      const account = { ...of('btc'), account: '84-0-0' };
      const pay = (chain: 0 | 1, index: number) => {
        const place = deriveAccount(ALL, { coin: 'btc', purpose: 84, coinType: 0, account: 0 });
        ground.chain.pay(
          fundingOf([{ to: addressesOf(place, chain)(index), amount: 1_000_000n }], 100 * chain + index),
        );
      };
      pay(0, 0);
      const world = ground.open();
      await discovered(world, 'btc', { own });
      for (const index of [4, 18, 30, 45]) pay(0, index);
      pay(1, 7);
      ground.clock.ms += 60_000;
      const before = await world.call('history.list', { ...account, from: 0 });
      expect(before.items).toHaveLength(own ? 6 : 1);
      expect((await world.call('accounts.list', of('btc'))).sync.error).toBeNull();
      await world.call('refresh', of('btc'));
      const { items } = await world.call('history.list', { ...account, from: 0 });
      expect(items).toHaveLength(6);
      expect((await world.call('accounts.list', of('btc'))).total?.confirmed).toBe('6000000');
    },
  );

  it.each([true, false])(
    'finds what came to the last address of the gap of an unused account (own: %s)',
    async (own) => {
      const ground = groundOf('btc');
      for (const [chain, index] of [
        [0, 20],
        [1, 20],
      ] as const)
        ground.chain.pay(
          fundingOf([{ to: addressAt(ALL, 'btc', 84, chain, index), amount: 1_000_000n }], index + chain),
        );
      const world = ground.open();
      await discovered(world, 'btc', { own });
      const { total, sync } = await world.call('accounts.list', of('btc'));
      expect([total?.confirmed, sync.error]).toEqual(['2000000', null]);
      const { items } = await world.call('history.list', { ...of('btc'), account: '84-0-0', from: 0 });
      expect(items.map(({ kind, net }) => [kind, net])).toEqual([
        ['received', '1000000'],
        ['received', '1000000'],
      ]);
    },
  );

  it('is asked by key no more often for a history than for what is used and what there is', async () => {
    const ground = lived('ltc');
    const world = ground.open();
    await discovered(world, 'ltc', { own: true });
    const asked = watched(ground);
    ground.clock.ms += 60_000;
    await world.call('history.list', { ...of('ltc'), account: '49-2-0', from: 0 });
    expect([asked.byKey().length, asked.byAddress().length]).toEqual([2, 0]);
  });

  it('is asked for no address of Bitcoin but those that wait beyond the gap', async () => {
    const ground = lived('btc');
    const asked = watched(ground);
    await discovered(ground.open(), 'btc', { own: true });
    expect(new Set(asked.byAddress())).toEqual(
      new Set([61, 69].map((index) => addressAt(ALL, 'btc', 84, 0, index).address)),
    );
  });

  it('that names an address of somebody else is refused, and nothing of it is kept', async () => {
    const ground = groundOf('btc');
    const theirs = { name: addressAt(ABANDON, 'btc', 84, 0, 0).address, path: "m/84'/0'/0'/0/0" };
    ground.gate = async (method, answer, { details }) => {
      const data = (await answer()) as object;
      return method === 'getAccountInfo' && details === 'txids' ? { ...data, tokens: [theirs] } : data;
    };
    const world = ground.open();
    await discovered(world, 'btc', { own: true });
    const { accounts, sync } = await world.call('accounts.list', of('btc'));
    expect(sync.error).toMatchObject({ code: 'party-misbehaved', details: { reason: 'foreign-address' } });
    expect(accounts.every(({ used, balance }) => !used && balance === null)).toBe(true);
  });

  it('that lists a coin at an address of somebody else is refused', async () => {
    const ground = groundOf('btc');
    const theirs = addressAt(ABANDON, 'btc', 84, 0, 0);
    const funding = fundingOf([{ to: theirs, amount: 9_000_000n }]);
    ground.chain.pay(funding);
    ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 5n }], 2));
    ground.gate = async (method, answer) => {
      const data = await answer();
      if (method !== 'getAccountUtxo') return data;
      return (data as object[]).map((one) => ({ ...one, address: theirs.address }));
    };
    const world = ground.open();
    await discovered(world, 'btc', { own: true });
    const { sync } = await world.call('accounts.list', of('btc'));
    expect(sync.error).toMatchObject({ code: 'party-misbehaved', details: { reason: 'foreign-address' } });
  });

  it('that understands no descriptors says so', async () => {
    const ground = groundOf('btc');
    ground.gate = (_, answer, { descriptor }) =>
      String(descriptor).includes('(') ? Promise.reject(new Error('Invalid address')) : answer();
    const world = ground.open();
    await discovered(world, 'btc', { own: true });
    const { sync } = await world.call('accounts.list', of('btc'));
    expect(sync.error).toMatchObject({ code: 'party-misbehaved', details: { reason: 'no-descriptors' } });
  });

  it('that was picked before one could say whose it is, is somebody else’s', async () => {
    const ground = groundOf('btc');
    const first = ground.open();
    await discovered(first, 'btc', { own: true });
    const name = 'utxo.servers';
    const { btc } = ground.local.get(name) as { btc: { own: boolean } };
    expect(btc.own).toBe(true);
    const { own: _, ...before } = btc;
    ground.local.set(name, { btc: before });
    const asked = watched(ground);
    first.stop();
    const second = ground.open();
    await second.call('refresh', of('btc'));
    const { coins } = await second.call('coins.list', { walletId: WALLET });
    expect(coins[0]?.backend?.own).toBe(false);
    expect(asked.byKey()).toEqual([]);
    expect(asked.byAddress().length).toBeGreaterThan(0);
  });
});
