import { describe, expect, it } from 'vitest';
import { COIN_IDS, COINS, type CoinId } from '../coins';
import { keyScript } from '../script';
import { ALL, addressAt } from '../testing/seed';
import { fundingOf } from '../testing/wallet';
import { serializeTransaction, type Transaction, txidOf } from '../transaction';
import { holdOf } from '../utxos';
import { checkBroadcast, checkDistinct, checkServer, proveUtxo } from './checks';
import type { ListedUtxo } from './types';

const TIP = 900_000;
const reason = (work: () => unknown) => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason: string } };
    return `${code} ${details.reason}`;
  }
};

/** The chains as they are at the heights that are asked for. Heights and hashes: electrum-cash, bchn, Bitcoin's explorers. */
const SPLITS = {
  btc: {
    478559: '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148',
    491407: '000000000000000000e5438564434edaf41e63829a637521a96235adf4653e1b',
    661648: '00000000000000000000bitcoin',
  },
  bch: {
    478559: '000000000000000000651ef99cb9fcbe0dadde1d424bd9f15ff20136191a5eec',
    491407: '00000000000000000000cash',
    661648: '0000000000000000029e471c41818d24b8b74c911071c4ef0b4a0509f9b5a8ce',
  },
  ecash: {
    478559: '000000000000000000651ef99cb9fcbe0dadde1d424bd9f15ff20136191a5eec',
    491407: '00000000000000000000cash',
    661648: '0000000000000000004626ff6e3b936941d341c5932ece4357eeccac44e6d56c',
  },
  btg: {
    478559: '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148',
    491407: '00000000000000000000gold',
    661648: '00000000000000000000gold2',
  },
} as const;
const hashOn = (chain: keyof typeof SPLITS) => (height: number) =>
  (SPLITS[chain] as Record<number, string>)[height] ?? 'none';

describe('a server', () => {
  it('is of the coin that it says, on the chain after every split', () => {
    const ask = (coin: CoinId, chain: keyof typeof SPLITS) =>
      reason(() => checkServer(COINS[coin], { symbol: COINS[coin].symbol, tipHeight: TIP }, hashOn(chain)));
    const answers = (['btc', 'bch', 'btg'] as const).map((coin) =>
      (['btc', 'bch', 'ecash', 'btg'] as const).map((chain) => ask(coin, chain)),
    );
    const other = 'party-misbehaved other-fork';
    expect(answers).toEqual([
      ['nothing', other, other, other],
      [other, 'nothing', other, other],
      [other, other, other, 'nothing'],
    ]);
  });

  it('is refused if it names another coin, or is behind the block that tells', () => {
    expect(reason(() => checkServer(COINS.btc, { symbol: 'BCH', tipHeight: TIP }, hashOn('btc')))).toBe(
      'party-misbehaved other-coin',
    );
    expect(reason(() => checkServer(COINS.btc, { symbol: null, tipHeight: 491_406 }, hashOn('btc')))).toBe(
      'party-misbehaved behind',
    );
    expect(reason(() => checkServer(COINS.btc, { symbol: 'btc', tipHeight: TIP }, hashOn('btc')))).toBe('nothing');
  });

  it('of a chain of its own is known by its first block', () => {
    const genesis = COIN_IDS.flatMap((coin) => COINS[coin].checkpoints).filter(({ height }) => height === 0);
    expect(genesis.length).toBe(3);
    expect(
      reason(() => checkServer(COINS.doge, { symbol: 'DOGE', tipHeight: TIP }, () => genesis[0]?.hash ?? '')),
    ).toBe('party-misbehaved other-fork');
  });
});

const owner = addressAt(ALL, 'btc', 84, 0, 0);
const other = addressAt(ALL, 'btc', 84, 0, 1);
const funding = fundingOf([
  { to: owner, amount: 70_000n },
  { to: other, amount: 5n },
]);
const known = { owner, tipHeight: TIP, isOwn: false, isFrozen: false };
const listed: ListedUtxo = { txid: txidOf(funding), index: 0, amount: 70_000n, height: TIP - 5, isCoinbase: false };
const prove = (change: Partial<ListedUtxo> = {}, transaction: Transaction = funding) =>
  proveUtxo(COINS.btc, { listed: { ...listed, ...change }, raw: serializeTransaction(transaction) }, known);

describe('an output', () => {
  it('is believed with the transaction that made it', () => {
    expect(prove()).toMatchObject({ amount: 70_000n, confirmations: 6, scriptType: 'p2wpkh', path: owner.path });
    expect(prove({ height: null })).toMatchObject({ confirmations: 0 });
  });

  it('of another amount, another owner, or none, is refused', () => {
    expect(reason(() => prove({ amount: 70_001n }))).toBe('party-misbehaved wrong-amount');
    expect(reason(() => prove({ index: 1, amount: 5n }))).toBe('party-misbehaved wrong-script');
    expect(reason(() => prove({ index: 2 }))).toBe('party-misbehaved no-such-output');
  });

  it('of a forged transaction is refused: the amount is part of its id', () => {
    const forged = {
      ...funding,
      outputs: funding.outputs.map((output) => ({ ...output, amount: output.amount * 2n })),
    };
    expect(reason(() => prove({ amount: 140_000n }, forged))).toBe('party-misbehaved wrong-txid');
    expect(reason(() => prove({ txid: 'ab'.repeat(32) }))).toBe('party-misbehaved wrong-txid');
    const raw = serializeTransaction(funding).slice(0, -1);
    expect(reason(() => proveUtxo(COINS.btc, { listed, raw }, known))).toBe('party-misbehaved malformed-transaction');
  });

  it('that was mined is known as such, whatever the server says', () => {
    const [input] = funding.inputs;
    const mined: Transaction = {
      ...funding,
      inputs: input ? [{ ...input, txid: '0'.repeat(64), index: 0xffff_ffff }] : [],
    };
    const txid = txidOf(mined);
    expect(reason(() => prove({ txid, isCoinbase: false }, mined))).toBe('party-misbehaved wrong-coinbase');
    expect(reason(() => prove({ isCoinbase: true }))).toBe('party-misbehaved wrong-coinbase');
    const holdAt = (height: number) => {
      const utxo = prove({ txid, isCoinbase: true, height }, mined);
      return utxo === null ? 'nothing' : holdOf(COINS.btc, utxo);
    };
    expect(holdAt(TIP - 98)).toBe('immature');
    expect(holdAt(TIP - 99)).toBeNull();
  });

  it('to the bare key, which some servers list with its address, is left where it is', () => {
    const bare = { ...funding, outputs: [{ amount: 70_000n, script: keyScript(known.owner.publicKey) }] };
    expect(prove({ txid: txidOf(bare) }, bare)).toBeNull();
    const theirs = { ...funding, outputs: [{ amount: 70_000n, script: keyScript(new Uint8Array(33).fill(2)) }] };
    expect(reason(() => prove({ txid: txidOf(theirs) }, theirs))).toBe('party-misbehaved wrong-script');
  });

  it('of the future, or named twice, is refused', () => {
    expect(reason(() => prove({ height: TIP + 1 }))).toBe('party-misbehaved future-height');
    expect(reason(() => checkDistinct([listed, { ...listed, amount: 1n } as ListedUtxo]))).toBe(
      'party-misbehaved duplicate',
    );
    expect(reason(() => checkDistinct([listed, { ...listed, index: 1 }]))).toBe('nothing');
  });
});

describe('what was broadcast', () => {
  it('has the name that it has', () => {
    expect(reason(() => checkBroadcast(funding, txidOf(funding)))).toBe('nothing');
    expect(reason(() => checkBroadcast(funding, 'ab'.repeat(32)))).toBe('party-misbehaved other-txid');
  });
});
