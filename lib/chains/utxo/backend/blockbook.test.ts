import { afterEach, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { type Answers, type FakeBlockbook, fakeBlockbook, HANG_UP } from '../testing/fake-blockbook';
import { ALL, addressAt } from '../testing/seed';
import { fundingOf } from '../testing/wallet';
import { serializeTransaction, txidOf } from '../transaction';
import { LONGEST_ANSWER } from './answers';
import { blockbookBackend } from './blockbook';
import { type SocketLine, socketLine } from './socket-line';

const owner = addressAt(ALL, 'doge', 44, 0, 0);
const funding = fundingOf([{ to: owner, amount: 9_007_199_254_740_993n }]);
const txid = txidOf(funding);
const HASH = 'ab'.repeat(32);

const open: { server: FakeBlockbook; line: SocketLine }[] = [];
afterEach(async () => {
  for (const { server, line } of open.splice(0)) {
    line.close();
    await server.close();
  }
});

async function speaking(answers: Answers, timeoutMs = 10_000) {
  const server = await fakeBlockbook(answers);
  const line = socketLine({ connect: server.connect, timeoutMs });
  open.push({ server, line });
  return { server, backend: blockbookBackend(line) };
}
const refused = (message: string) => ({ error: { message } });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details.reason ?? ''}`.trim(),
  );

describe('a Blockbook', () => {
  it('is asked as its documentation says, over one line', async () => {
    const { server, backend } = await speaking({
      getInfo: () => ({ name: 'Dogecoin', shortcut: 'DOGE', bestHeight: 5_000_000, bestHash: HASH, version: '0.4' }),
      getBlockHash: () => ({ hash: HASH }),
      getAccountInfo: ({ details }) =>
        details === 'basic'
          ? { address: owner.address, balance: '0', txs: 0, unconfirmedTxs: 1 }
          : {
              page: 1,
              totalPages: 3,
              txs: 60,
              unconfirmedTxs: 0,
              transactions: [
                { txid, blockHeight: -1, blockTime: 1_700_000_000 },
                { txid: HASH, blockHeight: 7, blockTime: 0 },
              ],
            },
      getAccountUtxo: () => [
        { txid, vout: 0, value: '9007199254740993', height: 4_999_999, confirmations: 2 },
        { txid: HASH, vout: 1, value: '1', confirmations: 0 },
        { txid: HASH, vout: 2, value: '2', height: 5_000_000, confirmations: 1, coinbase: true },
      ],
      getTransaction: () => ({ txid, hex: toHex(serializeTransaction(funding)), vin: [] }),
      estimateFee: ({ blocks }) => [{ feePerUnit: (blocks as number[])[0] === 1 ? '1000123' : '-1' }],
      sendTransaction: () => ({ result: txid }),
    });
    expect(await backend.info()).toEqual({ symbol: 'DOGE', tipHeight: 5_000_000 });
    expect(await backend.blockHash(0)).toBe(HASH);
    expect(await backend.isUsed(owner.address)).toBe(true);
    expect(await backend.utxos(owner.address)).toEqual([
      { txid, index: 0, amount: 9_007_199_254_740_993n, height: 4_999_999, isCoinbase: false },
      { txid: HASH, index: 1, amount: 1n, height: null, isCoinbase: false },
      { txid: HASH, index: 2, amount: 2n, height: 5_000_000, isCoinbase: true },
    ]);
    expect(await backend.history(owner.address, null)).toEqual({
      transactions: [
        { txid, height: null, timeMs: 1_700_000_000_000 },
        { txid: HASH, height: 7, timeMs: null },
      ],
      next: '2',
    });
    expect((await backend.history(owner.address, '3')).next).toBeNull();
    expect(toHex(await backend.transaction(txid))).toBe(toHex(serializeTransaction(funding)));
    expect([await backend.feePerKvB(1), await backend.feePerKvB(6)]).toEqual([1_000_123n, null]);
    expect(await backend.broadcast(serializeTransaction(funding))).toBe(txid);
    expect(server.lines()).toBe(1);
    expect(server.asked.map(({ method, params }) => [method, params])).toEqual([
      ['getInfo', {}],
      ['getBlockHash', { height: 0 }],
      ['getAccountInfo', { descriptor: owner.address, details: 'basic' }],
      ['getAccountUtxo', { descriptor: owner.address }],
      ['getAccountInfo', { descriptor: owner.address, details: 'txs', page: 1, pageSize: 25 }],
      ['getAccountInfo', { descriptor: owner.address, details: 'txs', page: 3, pageSize: 25 }],
      ['getTransaction', { txid }],
      ['estimateFee', { blocks: [1] }],
      ['estimateFee', { blocks: [6] }],
      ['sendTransaction', { hex: toHex(serializeTransaction(funding)) }],
    ]);
  });

  it('may answer many questions in any order', async () => {
    const { backend, server } = await speaking({
      getAccountInfo: ({ descriptor }) => ({ txs: descriptor === 'b' ? 1 : 0, unconfirmedTxs: 0 }),
    });
    expect(await Promise.all(['a', 'b', 'c'].map((address) => backend.isUsed(address)))).toEqual([false, true, false]);
    expect(server.lines()).toBe(1);
  });

  it('that refuses a transaction is understood, and its words stay here', async () => {
    const texts: Readonly<Record<string, string>> = {
      '-26: min relay fee not met, 100 < 226': 'fee-too-low',
      '-26: insufficient fee, rejecting replacement': 'fee-too-low',
      '-25: bad-txns-inputs-missingorspent': 'inputs-spent',
      '-26: txn-mempool-conflict': 'inputs-spent',
      '-27: Transaction already in block chain': 'already-known',
      '-26: txn-already-in-mempool': 'already-known',
      '-26: dust': 'dust',
      'something else': 'other',
    };
    for (const [text, reason] of Object.entries(texts)) {
      const { backend } = await speaking({ sendTransaction: () => refused(text) });
      expect(await failure(backend.broadcast(Uint8Array.of(1)))).toBe(`transaction-refused ${reason}`);
    }
    const { backend } = await speaking({ getInfo: () => refused('no') });
    expect(await failure(backend.info())).toBe('party-misbehaved refusal');
  });

  it('that answers in another shape is not believed', async () => {
    const utxo = { txid: HASH, vout: 0, value: '1' };
    const bad: Answers[] = [
      { getAccountUtxo: () => ({}) },
      { getAccountUtxo: () => [{ ...utxo, value: 1 }] },
      { getAccountUtxo: () => [{ ...utxo, value: '-1' }] },
      { getAccountUtxo: () => [{ ...utxo, value: '1.5' }] },
      { getAccountUtxo: () => [{ ...utxo, vout: -1 }] },
      { getAccountUtxo: () => [{ ...utxo, txid: 'ab' }] },
      { getAccountUtxo: () => 'no JSON' },
      { getAccountUtxo: () => '{"data":[]}' },
    ];
    for (const answers of bad) {
      const { backend } = await speaking(answers);
      expect(await failure(backend.utxos('a'))).toBe('party-misbehaved answer');
    }
  });

  it('that answers without end, not at all, or hangs up, is given up, and asked anew the next time', async () => {
    const long = await speaking({
      getInfo: () => `{"id":"1","data":{"shortcut":"DOGE","bestHeight":1}}${' '.repeat(LONGEST_ANSWER)}`,
    });
    expect(await failure(long.backend.info())).toBe('party-misbehaved answer');
    const silent = await speaking({ getInfo: () => undefined }, 50);
    expect(await failure(silent.backend.info())).toBe('chain-unreachable');
    let times = 0;
    const gone = await speaking({
      getInfo: () => {
        times += 1;
        return times === 1 ? HANG_UP : { shortcut: 'DOGE', bestHeight: 1 };
      },
    });
    expect(await failure(gone.backend.info())).toBe('chain-unreachable');
    expect(await gone.backend.info()).toEqual({ symbol: 'DOGE', tipHeight: 1 });
    expect(gone.server.lines()).toBe(2);
  });

  it('that is not there cannot be reached', async () => {
    const { server, backend } = await speaking({});
    await server.close();
    open.splice(0);
    expect(await failure(backend.info())).toBe('chain-unreachable');
  });
});
