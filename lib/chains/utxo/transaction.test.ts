import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { COIN_IDS, COINS } from './coins';
import { checkOutput, parsePrevTx } from './previous';
import vectors from './signed.vectors.json';
import { parseTransaction, serializeTransaction, type Transaction, txidOf, weightOf } from './transaction';

/** trezor-firmware, tests/txcache/dash: mined, of version 3 and type 5 (DIP-4), with a payload of 38 bytes. */
const DASH_TXID = '15575a1c874bd60a819884e116c42e6791c8283ce1fc3b79f0d18531a61bbb8a';
const DASH: Transaction = {
  version: 0x0005_0003,
  inputs: [
    {
      txid: '0'.repeat(64),
      index: 0xffff_ffff,
      script: fromHex(
        '023a52042ab0355c08fabe6d6d0000000000000000000000000000000000000000000000000000000000000000010000000000000010000017cd0000000d2f6e6f64655374726174756d2f',
      ),
      sequence: 0,
      witness: [],
    },
  ],
  outputs: [
    { amount: 4_095_000_262n, script: fromHex('76a914cb594917ad4e5849688ec63f29a0f7f3badb5da688ac') },
    { amount: 4_095_000_260n, script: fromHex('76a9141e7754b21a4afe7d229b8ff46e613d1117a6515588ac') },
  ],
  lockTime: 0,
  extraData: fromHex('2601003a5200009e8ecb69a1493e3d573cc9ce8460b9a0d7b05e77ca17878c9faf73959392cef3'),
};

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const u32 = fc.nat({ max: 0xffff_ffff });
const input = fc.record({
  txid: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex),
  index: u32,
  script: bytes(300),
  sequence: u32,
  witness: fc.array(bytes(80), { maxLength: 3 }),
});
const output = fc.record({ amount: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), script: bytes(300) });
const transaction: fc.Arbitrary<Transaction> = fc.record({
  version: fc.constantFrom(1, 2),
  inputs: fc.array(input, { minLength: 1, maxLength: 5 }),
  outputs: fc.array(output, { minLength: 1, maxLength: 5 }),
  lockTime: u32,
  extraData: fc.constant(new Uint8Array()),
});
const bare = (one: Transaction): Transaction => ({
  ...one,
  inputs: one.inputs.map((each) => ({ ...each, witness: [] })),
});
const code = (work: () => unknown) => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return (error as { details?: { reason?: string } }).details?.reason ?? String(error);
  }
};

describe('transactions', () => {
  it('are written as they are read, with and without witnesses', () => {
    fc.assert(
      fc.property(transaction, fc.constantFrom(...COIN_IDS), (whole, id) => {
        const one = COINS[id].bech32 === null ? bare(whole) : whole;
        const raw = serializeTransaction(one);
        expect(toHex(serializeTransaction(parseTransaction(raw, COINS[id])))).toBe(toHex(raw));
        expect(txidOf(parseTransaction(raw, COINS[id]))).toBe(txidOf(bare(one)));
      }),
    );
  });

  it('cut short anywhere, or with a byte more, are refused', () => {
    fc.assert(
      fc.property(transaction, fc.constantFrom(...COIN_IDS), (whole, id) => {
        const raw = serializeTransaction(COINS[id].bech32 === null ? bare(whole) : whole);
        for (let length = 0; length < raw.length; length += 1)
          expect(() => parseTransaction(raw.slice(0, length), COINS[id])).toThrow(RangeError);
        expect(() => parseTransaction(Uint8Array.of(...raw, 0), COINS[id])).toThrow(RangeError);
      }),
      { numRuns: 30 },
    );
  });

  it('of any bytes are read or refused, and read ones are the same when written', () => {
    fc.assert(
      fc.property(bytes(200), fc.constantFrom(...COIN_IDS), (raw, id) => {
        let read: Transaction;
        try {
          read = parseTransaction(raw, COINS[id]);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(toHex(serializeTransaction(read))).toBe(toHex(raw));
      }),
    );
  });

  it('have the weight of BIP-141', () => {
    // Published transactions: one p2pkh input and two outputs; one p2tr input and one output.
    const weights = [vectors.transactions[0], vectors.transactions[8]].map((vector) =>
      weightOf(parseTransaction(fromHex(vector?.hex ?? ''), COINS.btc)),
    );
    expect(weights).toEqual([4 * 225, 4 * 94 + 68]);
  });

  it('with lengths that are written too long, or amounts above 2^63, are refused', () => {
    const raw = serializeTransaction(bare(DASH_PLAIN));
    const long = Uint8Array.of(...raw.slice(0, 4), 0xfd, 1, 0, ...raw.slice(5));
    expect(() => parseTransaction(long, COINS.btc)).toThrow(RangeError);
    const [first, ...rest] = DASH_PLAIN.outputs;
    const negative = serializeTransaction({
      ...DASH_PLAIN,
      outputs: [{ script: first?.script ?? new Uint8Array(), amount: 2n ** 63n }, ...rest],
    });
    expect(() => parseTransaction(negative, COINS.btc)).toThrow(RangeError);
  });
});

const DASH_PLAIN: Transaction = { ...DASH, version: 1, extraData: new Uint8Array() };

describe('transactions that are spent', () => {
  it('of Dash may have a payload', () => {
    const read = parsePrevTx(COINS.dash, serializeTransaction(DASH), DASH_TXID);
    expect(read.extraData.length).toBe(39);
    expect(read).toEqual(DASH);
    expect(code(() => parsePrevTx(COINS.btc, serializeTransaction(DASH), DASH_TXID))).toBe('malformed-transaction');
  });

  it('of Dash need a payload that is as long as it says', () => {
    for (const extraData of [DASH.extraData.slice(0, -1), Uint8Array.of(...DASH.extraData, 0), fromHex('26')])
      expect(() => parseTransaction(serializeTransaction({ ...DASH, extraData }), COINS.dash)).toThrow(RangeError);
  });

  it('of Litecoin may have the flag of MWEB, which is not part of their id', () => {
    const base = serializeTransaction(DASH_PLAIN);
    const txid = txidOf(DASH_PLAIN);
    const [version, body, lockTime] = [base.slice(0, 4), base.slice(4, -4), base.slice(-4)];
    const flagged = Uint8Array.of(...version, 0, 8, ...body, 0, ...lockTime);
    expect(parsePrevTx(COINS.ltc, flagged, txid)).toEqual(DASH_PLAIN);
    expect(code(() => parsePrevTx(COINS.btc, flagged, txid))).toBe('malformed-transaction');
    const private_ = Uint8Array.of(...version, 0, 8, ...body, 1, ...lockTime);
    expect(code(() => parsePrevTx(COINS.ltc, private_, txid))).toBe('malformed-transaction');
    const witness = Uint8Array.of(...version, 0, 9, ...body, 1, 1, 0xaa, 0, ...lockTime);
    expect(parsePrevTx(COINS.ltc, witness, txid).inputs[0]?.witness).toEqual([Uint8Array.of(0xaa)]);
  });

  it('are known by their id: every byte of the base counts', () => {
    fc.assert(
      fc.property(transaction, fc.nat(), fc.constantFrom(1, 16, 128), (one, where, bit) => {
        const raw = serializeTransaction(bare(one));
        const forged = raw.slice();
        const at = where % raw.length;
        forged[at] = (forged[at] ?? 0) ^ bit;
        expect(parsePrevTx(COINS.btc, raw, txidOf(one))).toEqual(bare(one));
        expect(['wrong-txid', 'malformed-transaction']).toContain(
          code(() => parsePrevTx(COINS.btc, forged, txidOf(one))),
        );
      }),
    );
  });

  it('have the output that is spent', () => {
    const [{ amount, script }] = DASH.outputs as [{ amount: bigint; script: Uint8Array }];
    const check = (listed: object) =>
      code(() => checkOutput(COINS.dash, DASH, { index: 0, amount, script, ...listed }));
    expect(check({})).toBe('nothing');
    expect(check({ amount: amount + 1n })).toBe('wrong-amount');
    expect(check({ script: script.slice(1) })).toBe('wrong-script');
    expect(check({ index: 2 })).toBe('no-such-output');
  });

  it('of Bitcoin Cash may carry a token on an output', () => {
    const [{ amount, script }] = DASH_PLAIN.outputs as [{ amount: bigint; script: Uint8Array }];
    const carrying = {
      ...DASH_PLAIN,
      outputs: [{ amount, script: Uint8Array.of(0xef, ...new Uint8Array(32), 0x10, 1, ...script) }],
    };
    expect(checkOutput(COINS.bch, DASH_PLAIN, { index: 0, amount, script })).toEqual({ carriesToken: false });
    expect(checkOutput(COINS.bch, carrying, { index: 0, amount, script })).toEqual({ carriesToken: true });
    expect(code(() => checkOutput(COINS.btc, carrying, { index: 0, amount, script }))).toBe('wrong-script');
  });
});
