import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { ALL, addressAt } from '../testing/seed';
import { fundingOf } from '../testing/wallet';
import { serializeTransaction, txidOf } from '../transaction';
import { LONGEST_ANSWER } from './answers';
import { esploraBackend } from './esplora';

const owner = addressAt(ALL, 'btc', 84, 0, 0);
const funding = fundingOf([{ to: owner, amount: 12_345n }]);
const raw = serializeTransaction(funding);
const txid = txidOf(funding);
const HASH = 'ab'.repeat(32);
const AT = 'https://esplora.example/api';

type Answer = string | Uint8Array<ArrayBuffer> | Response;

/** Answers by method and path, and what was asked. */
function server(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly what: string; readonly init: RequestInit | undefined }[] = [];
  const fetchFn = async (input: string | URL | Request, init?: RequestInit) => {
    const what = `${init?.method ?? 'GET'} ${String(input).slice(AT.length)}`;
    asked.push({ what, init });
    const answer = answers[what] ?? new Response('Not found', { status: 404 });
    return answer instanceof Response ? answer : new Response(answer);
  };
  return { asked, backend: esploraBackend(AT, fetchFn as typeof fetch) };
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details.reason ?? ''}`.trim(),
  );
const confirmed = (block_height: number) => ({
  confirmed: true,
  block_height,
  block_hash: HASH,
  block_time: 1_700_000_000,
});
const stats = (tx_count: number) => ({
  funded_txo_count: 0,
  funded_txo_sum: 0,
  spent_txo_count: 0,
  spent_txo_sum: 0,
  tx_count,
});

describe('an Esplora', () => {
  it('is asked as its documentation says', async () => {
    const { asked, backend } = server({
      'GET /blocks/tip/height': '900000',
      'GET /block-height/491407': HASH,
      [`GET /address/${owner.address}`]: JSON.stringify({
        address: owner.address,
        chain_stats: stats(0),
        mempool_stats: stats(1),
      }),
      [`GET /address/${owner.address}/utxo`]: JSON.stringify([
        { txid, vout: 0, status: confirmed(899_999), value: 12_345 },
        { txid: HASH, vout: 1, status: { confirmed: false }, value: 1 },
      ]),
      [`GET /address/${owner.address}/txs`]: JSON.stringify([
        { txid, status: { confirmed: false } },
        ...Array.from({ length: 25 }, () => ({ txid: HASH, status: confirmed(7) })),
      ]),
      [`GET /address/${owner.address}/txs/chain/${HASH}`]: JSON.stringify([{ txid, status: confirmed(6) }]),
      [`GET /tx/${txid}/raw`]: Uint8Array.from(raw),
      'GET /fee-estimates': JSON.stringify({ '1': 87.882, '6': 1.0001 }),
      'POST /tx': txid,
    });
    expect(await backend.info()).toEqual({ symbol: null, tipHeight: 900_000 });
    expect(await backend.blockHash(491_407)).toBe(HASH);
    expect(await backend.isUsed(owner.address)).toBe(true);
    expect(await backend.utxos(owner.address)).toEqual([
      { txid, index: 0, amount: 12_345n, height: 899_999, isCoinbase: null },
      { txid: HASH, index: 1, amount: 1n, height: null, isCoinbase: null },
    ]);
    const first = await backend.history(owner.address, null);
    expect([first.transactions.length, first.transactions[0], first.next]).toEqual([
      26,
      { txid, height: null, timeMs: null },
      HASH,
    ]);
    expect(await backend.history(owner.address, first.next)).toEqual({
      transactions: [{ txid, height: 6, timeMs: 1_700_000_000_000 }],
      next: null,
    });
    expect(toHex(await backend.transaction(txid))).toBe(toHex(raw));
    expect([await backend.feePerKvB(1), await backend.feePerKvB(6), await backend.feePerKvB(3)]).toEqual([
      87_882n,
      1_001n,
      null,
    ]);
    expect(await backend.broadcast(raw)).toBe(txid);
    expect(asked.at(-1)?.init?.body).toBe(toHex(raw));
    for (const { init } of asked)
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
  });

  it('that refuses a transaction is understood, and its words stay here', async () => {
    const text = 'sendrawtransaction RPC error: {"code":-26,"message":"min relay fee not met, 100 < 141"}';
    const { backend } = server({ 'POST /tx': new Response(text, { status: 400 }) });
    expect(await failure(backend.broadcast(raw))).toBe('transaction-refused fee-too-low');
  });

  it('that does not know a transaction says so', async () => {
    const { backend } = server({});
    expect(await failure(backend.transaction(txid))).toBe('party-misbehaved refusal');
  });

  it.each([429, 500, 502, 503])('behind something that answers %i has refused nothing', async (status) => {
    const busy = () => new Response('Try later', { status });
    const { backend } = server({ 'POST /tx': busy(), [`GET /tx/${txid}/raw`]: busy() });
    expect(await failure(backend.broadcast(raw))).toBe('chain-unreachable');
    expect(await failure(backend.transaction(txid))).toBe('chain-unreachable');
  });

  it('that answers in another shape, or without end, is not believed', async () => {
    const bad = [
      '{}',
      'no JSON',
      JSON.stringify([{ txid, vout: 0, status: confirmed(1), value: 1.5 }]),
      JSON.stringify([{ txid, vout: 0, status: confirmed(1), value: 2 ** 53 }]),
      JSON.stringify([{ txid, vout: 0, status: confirmed(1), value: '1' }]),
      JSON.stringify([{ txid: 'ab', vout: 0, status: confirmed(1), value: 1 }]),
      `[]${' '.repeat(LONGEST_ANSWER)}`,
    ];
    for (const answer of bad)
      expect(await failure(server({ 'GET /address/a/utxo': answer }).backend.utxos('a'))).toBe(
        'party-misbehaved answer',
      );
    expect(await failure(server({ 'POST /tx': 'thanks' }).backend.broadcast(raw))).toBe('party-misbehaved answer');
  });

  it('that does not answer cannot be reached', async () => {
    expect(await failure(server({}).backend.info())).toBe('chain-unreachable');
    const down = esploraBackend(AT, () => Promise.reject(new TypeError('fetch failed')));
    expect(await failure(down.info())).toBe('chain-unreachable');
    expect(await failure(down.broadcast(raw))).toBe('chain-unreachable');
  });
});
