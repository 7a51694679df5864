import { describe, expect, it } from 'vitest';
import { addressesOf, deriveAccount, extendedKey } from '@/lib/chains/utxo/accounts';
import { COIN_IDS, COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, accountOf, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { discovered, type Ground, groundOf, OTHER_WALLET, until, WALLET } from './testing/world';

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => [code, details?.reason].filter((part) => part !== undefined).join(' '),
  );
const of = (coin: CoinId) => ({ walletId: WALLET, coin });
/** Somebody pays an address of the wallet. */
const pay = ({ chain }: Ground, coin: CoinId, purpose: 44 | 49 | 84 | 86, index: number, nonce = 1) =>
  chain.pay(fundingOf([{ to: addressAt(ALL, coin, purpose, 0, index), amount: 5_000_000n }], nonce));

describe('coins', () => {
  it('are all there before anything is asked of anybody', async () => {
    const ground = groundOf('btc');
    const world = ground.open();
    const { coins } = await world.call('coins.list', { walletId: WALLET });
    expect(coins.map(({ coin, backend, active }) => [coin, backend, active])).toEqual(
      COIN_IDS.map((coin) => [coin, null, false]),
    );
    expect(coins.filter(({ hasEarlierPaths }) => hasEarlierPaths).map(({ coin }) => coin)).toEqual(['bch', 'btg']);
    expect(await failure(world.call('fees.list', { coin: 'btc' }))).toBe('bad-server none');
  });

  it('are of wallets with a seed or a device, and of no other', async () => {
    const ground = groundOf('btc');
    ground.types = { [WALLET]: 'phrase', [OTHER_WALLET]: 'watch' };
    const world = ground.open();
    expect(await failure(world.call('coins.list', { walletId: OTHER_WALLET }))).toBe('bad-message wallet');
    expect(await failure(world.call('coins.list', { walletId: 'C'.repeat(22) }))).toBe('bad-message wallet');
  });
});

describe('a server', () => {
  const set = async (
    url: string,
    kind: 'blockbook' | 'esplora' = 'blockbook',
    coin: CoinId = 'btc',
    at = groundOf('btc'),
  ) => failure(at.open().call('backend.set', { coin, kind, url, own: false }));

  it('is refused at the field, with the reason', async () => {
    expect(await set('')).toBe('bad-server empty');
    expect(await set('example.org')).toBe('bad-server format');
    expect(await set('ftp://example.org')).toBe('bad-server format');
    expect(await set('https://user:secret@example.org')).toBe('bad-server format');
    expect(await set('wss://example.org', 'esplora')).toBe('bad-server format');
    expect(await set('http://example.org')).toBe('bad-server insecure');
    expect(await set('ws://example.org')).toBe('bad-server insecure');
    expect(await set('https://far.example')).toBe('bad-server out-of-reach');
    expect(await set('https://example.org', 'esplora', 'ltc')).toBe('bad-server kind');
    expect(await set('https://example.org', 'esplora')).toBe('bad-server silent');
  });

  it('of another coin, or of another fork, is not picked', async () => {
    expect(await set('ws://127.0.0.1:1', 'blockbook', 'btc', groundOf('bch'))).toBe('bad-server other-coin');
    const forked = groundOf('btc');
    const { backend } = forked.chain;
    Object.assign(backend, { blockHash: async () => 'ab'.repeat(32) });
    expect(await set('ws://127.0.0.1:1', 'blockbook', 'btc', forked)).toBe('bad-server other-fork');
    Object.assign(backend, { info: async () => ({ symbol: 'BTC', tipHeight: 5 }) });
    expect(await set('ws://127.0.0.1:1', 'blockbook', 'btc', forked)).toBe('bad-server behind');
  });

  it.each([
    ['https://book.example', 'wss://book.example/websocket'],
    ['wss://book.example/websocket/', 'wss://book.example/websocket'],
    ['http://127.0.0.1:9130/', 'ws://127.0.0.1:9130/websocket'],
  ])('%s is asked at %s', async (typed, url) => {
    const world = groundOf('btc').open();
    await world.call('backend.set', { coin: 'btc', kind: 'blockbook', url: typed, own: false });
    const { coins } = await world.call('coins.list', { walletId: WALLET });
    expect(coins[0]?.backend).toMatchObject({ kind: 'blockbook', url, error: null, tipHeight: 1_000_000 });
    await world.call('backend.clear', { coin: 'btc' });
    expect((await world.call('coins.list', { walletId: WALLET })).coins[0]?.backend).toBeNull();
  });

  it('that begins to lie is named, and what it says is not shown', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const world = ground.open();
    await discovered(world, 'btc');
    const { utxos } = ground.chain.backend;
    const richer = async (address: string) =>
      (await utxos(address)).map((one) => ({ ...one, amount: one.amount + 1n }));
    Object.assign(ground.chain.backend, { utxos: richer });
    expect(await failure(world.call('refresh', of('btc')))).toBe('party-misbehaved wrong-amount');
    const { sync, total } = await world.call('accounts.list', of('btc'));
    expect(sync.error).toEqual({ code: 'party-misbehaved', details: { reason: 'wrong-amount' } });
    expect(total?.confirmed).toBe('5000000');
    expect(world.news.at(-1)?.balances[0]?.error?.details.reason).toBe('wrong-amount');
  });
});

describe('a look', () => {
  it('that is wanted while the server is being asked finds what has come since', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const world = ground.open();
    await discovered(world, 'btc');
    let second: Promise<unknown> | undefined;
    ground.gate = async (method, answer) => {
      const told = await answer();
      if (second === undefined && method === 'getAccountUtxo' && (told as unknown[]).length > 0) {
        pay(ground, 'btc', 84, 0, 2);
        second = world.call('refresh', of('btc'));
      }
      return told;
    };
    await world.call('refresh', of('btc'));
    await second;
    expect((await world.call('accounts.list', of('btc'))).total?.confirmed).toBe('10000000');
  });
});

describe('a server that is picked while another is asked', () => {
  it('has nothing to do with what the other did', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const world = ground.open();
    await discovered(world, 'btc');
    let isPicked = false;
    ground.gate = async (method, answer) => {
      if (method === 'getAccountUtxo' && !isPicked) {
        isPicked = true;
        const url = 'ws://127.0.0.1:9131/websocket';
        await world.call('backend.set', { coin: 'btc', kind: 'blockbook', url, own: false });
      }
      return answer();
    };
    expect(await failure(world.call('refresh', of('btc')))).toBe('chain-unreachable');
    const { coin } = await world.call('accounts.list', of('btc'));
    expect(coin.backend).toMatchObject({ url: 'ws://127.0.0.1:9131/websocket', error: null });
  });
});

describe('accounts that are being read', () => {
  it('while a block comes do not make a liar of the server', async () => {
    const ground = groundOf('ltc');
    pay(ground, 'ltc', 84, 0);
    const world = ground.open();
    await discovered(world, 'ltc');
    let isOver = false;
    ground.gate = async (method, answer) => {
      if (!isOver && method === 'getAccountInfo') pay(ground, 'ltc', 84, 1, 2);
      isOver ||= method === 'getAccountInfo';
      return answer();
    };
    await world.call('refresh', of('ltc'));
    const { total, sync } = await world.call('accounts.list', of('ltc'));
    expect([total?.confirmed, sync.error]).toEqual(['10000000', null]);
  });

  it('keep what another question has found meanwhile', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const world = ground.open();
    await discovered(world, 'btc', { own: true });
    const account = { ...of('btc'), account: '84-0-0' };
    let listed: Promise<unknown> | undefined;
    ground.gate = async (method, answer, { details }) => {
      const told = await answer();
      if (listed === undefined && method === 'getAccountInfo' && details === 'txids') {
        pay(ground, 'btc', 84, 4, 2);
        listed = world.call('history.list', { ...account, from: 0 });
        await listed;
      }
      return told;
    };
    ground.clock.ms += 60_000;
    await world.call('refresh', of('btc'));
    const { used } = await world.call('receive.list', account);
    expect(used.map(({ address }) => address)).toEqual([4, 0].map((at) => addressAt(ALL, 'btc', 84, 0, at).address));
    expect((await world.call('accounts.list', of('btc'))).total?.confirmed).toBe('10000000');
  });

  it('are all read once they are found, also where others are being read already', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const world = ground.open();
    await discovered(world, 'btc');
    const second = deriveAccount(ALL, { coin: 'btc', purpose: 84, coinType: 0, account: 1 });
    ground.chain.pay(fundingOf([{ to: addressesOf(second, 0)(0), amount: 7_000_000n }], 2));
    const last = addressAt(ALL, 'btc', 44, 1, 20).address;
    let end: () => void = () => undefined;
    const found = new Promise<void>((resolve) => {
      end = resolve;
    });
    let isHeld = false;
    ground.gate = async (method, answer, { descriptor }) => {
      if (method === 'getAccountUtxo' && !isHeld) {
        isHeld = true;
        await world.call('discover.start', { ...of('btc'), earlier: false });
        await found;
      }
      const told = await answer();
      if (descriptor === last) end();
      return told;
    };
    await world.call('refresh', of('btc'));
    await until(async () => (await world.call('accounts.list', of('btc'))).sync.state === 'idle');
    const { accounts } = await world.call('accounts.list', of('btc'));
    expect(accounts.find(({ account }) => account === '84-0-1')?.balance?.confirmed).toBe('7000000');
  });

  it.each(['getAccountUtxo', 'getAccountInfo'])(
    'stay removed, where they are removed before %s is answered',
    async (at) => {
      const ground = groundOf('btc');
      pay(ground, 'btc', 84, 0);
      const world = ground.open();
      await discovered(world, 'btc');
      let removed: Promise<unknown> | undefined;
      ground.gate = async (method, answer) => {
        if (method === at && removed === undefined) {
          removed = world.call('accounts.remove', of('btc'));
          await removed;
        }
        return answer();
      };
      await world.call('refresh', of('btc')).catch(() => undefined);
      expect((await world.call('accounts.list', of('btc'))).accounts).toEqual([]);
      expect([...ground.local.keys()].filter((name) => name.startsWith('utxo.coin.'))).toEqual([]);
      removed = undefined;
      await world.call('discover.start', { ...of('btc'), earlier: false });
      await until(async () => (await world.call('accounts.list', of('btc'))).sync.state === 'idle');
      expect((await world.call('accounts.list', of('btc'))).accounts).toEqual([]);
    },
  );
});

describe('accounts', () => {
  it.each(COIN_IDS)('of %s are found wherever they were used, and the first of every kind is there', async (coin) => {
    const ground = groundOf(coin);
    const last = COINS[coin].purposes.at(-1) ?? 44;
    pay(ground, coin, last, 3);
    const world = ground.open();
    await discovered(world, coin);
    const { accounts, sync } = await world.call('accounts.list', of(coin));
    expect(accounts.map(({ purpose }) => purpose)).toEqual(COINS[coin].purposes);
    expect(accounts.filter(({ used }) => used).map(({ purpose, balance }) => [purpose, balance?.confirmed])).toEqual([
      [last, '5000000'],
    ]);
    expect([sync.found, sync.error]).toEqual([1, null]);
    expect(sync.asked).toBeGreaterThanOrEqual(40 * accounts.length);
    const account = `${last}-${COINS[coin].coinType}-0`;
    const { fresh, used } = await world.call('receive.list', { ...of(coin), account });
    expect(fresh.address).toBe(addressAt(ALL, coin, last, 0, 4).address);
    expect(used.map(({ address }) => address)).toEqual([addressAt(ALL, coin, last, 0, 3).address]);
    const { xpub } = await world.call('xpub.show', { ...of(coin), account });
    expect(xpub).toBe(extendedKey(accountOf(ALL, coin, last)));
  });

  it('stay with a background that is stopped, and so do labels and what is frozen', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const first = ground.open();
    await discovered(first, 'btc');
    const account = '84-0-0';
    const [utxo] = (await first.call('utxos.list', { ...of('btc'), account })).utxos;
    const outpoint = utxo?.outpoint ?? '';
    await first.call('utxos.set-frozen', { ...of('btc'), outpoint, frozen: true });
    await first.call('labels.set', { ...of('btc'), of: outpoint, label: 'Savings' });
    await first.call('accounts.rename', { ...of('btc'), account, name: 'Mine' });
    first.stop();
    const second = ground.open();
    const { accounts } = await second.call('accounts.list', of('btc'));
    expect(accounts[0]).toMatchObject({ name: 'Mine', balance: { confirmed: '5000000', spendable: '0' } });
    expect((await second.call('utxos.list', { ...of('btc'), account })).utxos).toMatchObject([
      { outpoint, hold: 'frozen', label: 'Savings', isFrozen: true },
    ]);
  });

  it('are added only after one that was used', async () => {
    const ground = groundOf('ltc');
    pay(ground, 'ltc', 84, 0);
    const world = ground.open();
    await discovered(world, 'ltc');
    const add = (purpose: 44 | 86 | 84) => world.call('accounts.add', { ...of('ltc'), purpose });
    expect(await failure(add(86))).toBe('bad-account type');
    expect(await failure(add(44))).toBe('bad-account previous-unused');
    expect(await add(84)).toEqual({ account: '84-2-1' });
    expect(await failure(add(84))).toBe('bad-account previous-unused');
    const { accounts } = await world.call('accounts.list', of('ltc'));
    expect(accounts.map(({ account }) => account)).toEqual(['84-2-0', '84-2-1', '49-2-0', '44-2-0']);
  });

  it('from before a split are found on the paths of Bitcoin, when they are asked for', async () => {
    const ground = groundOf('bch');
    const world = ground.open();
    await discovered(world, 'bch');
    await world.call('discover.start', { ...of('bch'), earlier: true });
    await until(async () => (await world.call('accounts.list', of('bch'))).sync.state === 'idle');
    const { accounts } = await world.call('accounts.list', of('bch'));
    expect(accounts.map(({ path, beforeSplit }) => [path, beforeSplit])).toEqual([
      ["m/44'/145'/0'", false],
      ["m/44'/0'/0'", true],
    ]);
  });

  it('whose stored key is not of the wallet are not shown, and get no change', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const first = ground.open();
    await discovered(first, 'btc');
    first.stop();
    const name = `utxo.coin.${WALLET}.btc`;
    const record = structuredClone(ground.local.get(name)) as { accounts: { publicKey: string }[] };
    const theirs = Buffer.from(accountOf(ABANDON, 'btc', 84).publicKey).toString('hex');
    for (const one of record.accounts) one.publicKey = theirs;
    ground.local.set(name, record);
    const world = ground.open();
    const account = { ...of('btc'), account: '84-0-0' };
    expect(await failure(world.call('receive.list', account))).toBe('storage-failed account');
    expect(await failure(world.call('xpub.show', account))).toBe('storage-failed account');
    const to = addressAt(ABANDON, 'btc', 84, 0, 0).address;
    const form = { ...account, recipients: [{ to, amount: '0.01', everything: false }], picked: null, legacyMeant: [] };
    expect(await failure(world.call('send.prepare', { ...form, fee: 'normal' }))).toBe('storage-failed account');
  });

  it('go with their wallet', async () => {
    const ground = groundOf('btc');
    const world = ground.open();
    await discovered(world, 'btc');
    ground.types = {};
    await world.host.tell('prune');
    expect(world.news.at(-1)?.active).toBe(false);
    expect([...ground.local.keys()].filter((key) => key.includes(WALLET))).toEqual([]);
    await world.host.wipe();
    expect([...ground.local.keys(), ...ground.session.keys()]).toEqual([]);
  });
});

describe('keys', () => {
  it('are never where the accounts are, and sign only what a page has confirmed', async () => {
    const ground = groundOf('btc');
    pay(ground, 'btc', 84, 0);
    const asked: string[] = [];
    const world = ground.open(async (what) => void asked.push(what));
    await discovered(world, 'btc');
    const stored = JSON.stringify([...ground.local, ...ground.session]);
    for (const path of ["m/84'/0'/0'", "m/84'/0'/0'/0/0"]) {
      const { privateKey } = ALL.derive(path);
      expect(stored).not.toContain(Buffer.from(privateKey ?? []).toString('hex'));
    }
    expect(asked).not.toContain('sign');
  });
});

describe('what is pasted', () => {
  it('is an address, or a request that names an amount', async () => {
    const world = groundOf('btc').open();
    const check = (text: string, coin: CoinId = 'btc', legacyMeant = false) =>
      world.call('address.check', { coin, text, legacyMeant });
    const address = addressAt(ABANDON, 'btc', 84, 0, 0).address;
    const none = { amount: null, label: null, message: null };
    expect(await check(` ${address} `)).toEqual({ address, ...none });
    expect(await check(`bitcoin:${address.toUpperCase()}?amount=0.5&label=Shop&message=Two%20books`)).toEqual({
      ...{ address, amount: '0.5', label: 'Shop', message: 'Two books' },
    });
    expect(await failure(check(`bitcoin:${address}?req-somethingyoudontunderstand=50`))).toBe('bad-address uri');
    expect(await failure(check(`bitcoin:${address}?amount=50000,00`))).toBe('bad-amount format');
    expect(
      await check(`bitcoin:${address}?label=Milk+Honey%20100%25%2B&MESSAGE=a=b&unknown=1&unknown=2&`),
    ).toMatchObject({
      ...{ label: 'Milk+Honey 100%+', message: 'a=b', amount: null },
    });
    const long = await check(`bitcoin:${address}?label=${'x'.repeat(199)}${encodeURIComponent('🏠')}`);
    expect(long.label).toBe('x'.repeat(199));
    for (const twice of ['amount=1&amount=2', 'amount=1&AMOUNT=1', 'label=a&label=b', 'message=a&message=a'])
      expect(await failure(check(`bitcoin:${address}?${twice}`))).toBe('bad-address uri-twice');
    for (const broken of ['label=100%', 'label=%zz', 'message=%ff', 'amount=%', '%=1'])
      expect(await failure(check(`bitcoin:${address}?${broken}`))).toBe('bad-address uri-malformed');
    expect(await failure(check(`bitcoin:${address}?label=100%&%72eq-x=1`))).toMatch(/^bad-address uri/);
    expect(await failure(check(`bitcoin:${address}?%72eq-x=1`))).toBe('bad-address uri');
    expect(await failure(check(`litecoin:${address}`))).toBe('bad-address other-chain');
    const cash = addressAt(ABANDON, 'bch', 44, 0, 0).address;
    expect((await check(`${cash}?amount=1`, 'bch')).address).toBe(cash);
    const old = addressAt(ABANDON, 'btc', 44, 0, 0).address;
    expect(await failure(check(old, 'bch'))).toBe('bad-address maybe-bitcoin');
    expect((await check(old, 'bch', true)).address).toMatch(/^bitcoincash:q/);
  });
});
