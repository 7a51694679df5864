import { base64 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { decode, type Message } from '@/e2e/simulators/onekey-mini/wire';
import { fromHex, toHex } from '@/lib/bytes';
import {
  addressesOf,
  deriveAccount,
  extendedKey,
  pathOf,
  placesBeforeSplit,
  placesOf,
} from '@/lib/chains/utxo/accounts';
import addressVectors from '@/lib/chains/utxo/address.vectors.json';
import { COIN_IDS, COINS, type CoinId, type Purpose } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import { signMessage } from '@/lib/chains/utxo/message';
import { hash256 } from '@/lib/chains/utxo/script';
import { signDraft } from '@/lib/chains/utxo/sign';
import vectors from '@/lib/chains/utxo/signed.vectors.json';
import { draftOfVector } from '@/lib/chains/utxo/testing/drafts';
import { scriptError } from '@/lib/chains/utxo/testing/interpreter';
import { ABANDON, ALL, addressAt, keysOf } from '@/lib/chains/utxo/testing/seed';
import { serializeTransaction, txidOf } from '@/lib/chains/utxo/transaction';
import type { SigningProgress } from './onekey/utxo-signing';
import { MNEMONIC } from './testing/place';
import { openUtxoPlace, PREVIOUS, paymentOf } from './testing/utxo-place';

const keys = keysOf(ALL);
const MESSAGE = 'This is an example of a signed message.';
const kinds = COIN_IDS.flatMap((coin) => COINS[coin].purposes.map((purpose) => [coin, purpose] as const));
/** Paths of the test network, on which a device signs once its checks are off. */
const safetyChecks = 'off';

describe('transactions on a Mini', () => {
  it.each(vectors.transactions.map((vector) => [vector.name, vector] as const))(
    'are the published bytes: %s',
    async (_, vector) => {
      const { device } = await openUtxoPlace({ safetyChecks });
      const draft = draftOfVector(vector);
      const raw = await device.sign({ draft, previous: PREVIOUS });
      if (vector.hex !== undefined) expect(toHex(raw)).toBe(vector.hex);
      else expect(toHex(hash256(raw).reverse())).toBe(vector.hash);
    },
  );

  it.each(kinds)('of %s on paths of purpose %s are those of software, and nodes take them', async (coin, purpose) => {
    const { device, screens } = await openUtxoPlace();
    const job = paymentOf(coin, purpose);
    const raw = await device.sign(job);
    expect(toHex(raw)).toBe(toHex(signDraft(job.draft, keys)));
    expect(scriptError(job.draft, raw)).toBeNull();
    expect(screens.map(({ title }) => title)).toEqual(['Send', 'Total']);
    expect(screens[0]?.lines[1]).toBe(addressAt(ABANDON, coin, 44, 0, 3).address);
  });

  it('of coins from before a split are signed on the paths of Bitcoin', async () => {
    for (const [coin, place] of [
      ['bch', placesBeforeSplit('bch')[0]],
      ['btg', placesBeforeSplit('btg')[0]],
    ] as const) {
      if (!place) throw new Error('no such paths');
      const { device } = await openUtxoPlace();
      const account = await device.account(place, 'not');
      expect(account).toEqual(deriveAccount(ALL, place));
      const own = addressesOf(account, 0)(0);
      const job = paymentOf(coin, place.purpose, 1);
      const [input] = job.draft.inputs;
      if (!input) throw new Error('no input');
      const funding = { version: 2, inputs: [{ ...input, script: new Uint8Array(), witness: [] }] };
      const previous = {
        ...funding,
        outputs: [{ amount: input.amount, script: own.script }],
        lockTime: 0,
        extraData: new Uint8Array(),
      };
      const spent = { ...input, ...own, txid: txidOf(previous), index: 0 };
      const draft: Draft = { ...job.draft, inputs: [spent] };
      const raw = await device.sign({ draft, previous: new Map([[spent.txid, serializeTransaction(previous)]]) });
      expect(toHex(raw)).toBe(toHex(signDraft(draft, keys)));
    }
  });

  it('are asked for in the order that is published of the Trezor One', async () => {
    const asked: string[] = [];
    const note = (direction: 'in' | 'out', { type, payload }: Message) => {
      if (direction === 'out' && type === 26) asked.push(`button ${decode(payload).numbers(1)[0]}`);
      if (direction === 'out' && type === 21) asked.push(questionOf(payload));
      return false;
    };
    const vector = vectors.transactions.find(({ name }) => name.startsWith('Bitcoin Cash, two inputs'));
    if (!vector) throw new Error('no vector');
    const { device } = await openUtxoPlace({ cable: { pulledAt: note } });
    await device.sign({ draft: draftOfVector(vector), previous: PREVIOUS });
    const spent = ['meta 502e85', 'input 0 502e85', 'output 0 502e85', 'output 1 502e85'];
    const whole = ['input 0', 'input 1', 'output 0'];
    const confirmed = ['button 3', 'button 8'];
    expect(asked).toEqual([...whole, ...confirmed, 'input 0', ...spent, 'input 1', ...spent, ...whole, 'finished']);
  });

  it('of many inputs tell how far they are', async () => {
    const { device } = await openUtxoPlace();
    const told: SigningProgress[] = [];
    const job = paymentOf('doge', 44, 12);
    const raw = await device.sign({ ...job, onProgress: (progress) => told.push(progress) });
    expect(toHex(raw)).toBe(toHex(signDraft(job.draft, keys)));
    const steps = Array.from({ length: 12 }, (_, at) => at + 1);
    expect(told).toEqual(
      (['checking', 'signing'] as const).flatMap((step) => steps.map((done) => ({ step, done, total: 12 }))),
    );
  });

  it('of Dash may spend one with a payload that is longer than a message', async () => {
    const { device } = await openUtxoPlace();
    const job = paymentOf('dash', 44, 1);
    const [input] = job.draft.inputs;
    if (!input) throw new Error('no input');
    const payload = Uint8Array.from([0xfd, 2_500 & 0xff, 2_500 >> 8, ...new Array<number>(2_500).fill(7)]);
    const previous = {
      version: 0x0005_0003,
      inputs: [{ txid: 'ab'.repeat(32), index: 1, script: new Uint8Array(), sequence: 0, witness: [] }],
      outputs: [{ amount: input.amount, script: input.script }],
      lockTime: 0,
      extraData: payload,
    };
    const draft = { ...job.draft, inputs: [{ ...input, txid: txidOf(previous), index: 0 }] };
    const raw = await device.sign({ draft, previous: new Map([[txidOf(previous), serializeTransaction(previous)]]) });
    expect(toHex(raw)).toBe(toHex(signDraft(draft, keys)));
  });

  it('of Litecoin may spend one that came out of MWEB', async () => {
    const { device } = await openUtxoPlace();
    const job = paymentOf('ltc', 84, 1);
    const [[txid, raw] = ['', new Uint8Array()]] = [...job.previous];
    const flagged = Uint8Array.of(...raw.slice(0, 4), 0, 8, ...raw.slice(4, -4), 0, ...raw.slice(-4));
    const signed = await device.sign({ ...job, previous: new Map([[txid, flagged]]) });
    expect(toHex(signed)).toBe(toHex(signDraft(job.draft, keys)));
  });

  it('with a fee that is surely a slip, or with a lock time, are asked about once more', async () => {
    const job = paymentOf('btc', 84);
    const outputs = job.draft.outputs
      .filter(({ own }) => own === null)
      .map((output) => ({ ...output, amount: 1_000n }));
    const { device, screens } = await openUtxoPlace();
    await device.sign({ ...job, draft: { ...job.draft, outputs, lockTime: 500_000 } });
    expect(screens.map(({ title }) => title)).toEqual(['Send', 'The fee is unexpectedly high', 'Locktime', 'Total']);
  });

  it('that a device cannot take are not begun', async () => {
    const seen: number[] = [];
    const pulledAt = (direction: 'in' | 'out', { type }: Message) => {
      if (direction === 'in') seen.push(type);
      return false;
    };
    const { device } = await openUtxoPlace({ cable: { pulledAt } });
    const job = paymentOf('btc', 84);
    const [input] = job.draft.inputs;
    if (!input) throw new Error('no input');
    const many = { ...job.draft, inputs: Array.from({ length: 513 }, (_, index) => ({ ...input, index })) };
    await expect(device.sign({ ...job, draft: many })).rejects.toMatchObject({ details: { reason: 'inputs' } });
    for (const script of [Uint8Array.of(0x51), Uint8Array.of(0x6a, 1, 1, 1, 1)]) {
      const odd = { ...job.draft, outputs: [{ amount: 0n, script, own: null }] };
      await expect(device.sign({ ...job, draft: odd })).rejects.toMatchObject({ details: { reason: 'output' } });
    }
    await expect(device.sign({ ...job, previous: new Map() })).rejects.toThrow('party-misbehaved');
    const [[txid, raw] = ['', new Uint8Array()]] = [...job.previous];
    const forged = new Map([[txid, raw.with(-6, 9)]]);
    await expect(device.sign({ ...job, previous: forged })).rejects.toMatchObject({
      details: { reason: 'wrong-txid' },
    });
    expect(seen).not.toContain(15);
  });

  it('with data without a recipient are signed', async () => {
    for (const length of [1, 75, 76, 150]) {
      const { device } = await openUtxoPlace();
      const job = paymentOf('btc', 84);
      const push = length < 76 ? [length] : [0x4c, length];
      const script = Uint8Array.of(0x6a, ...push, ...new Array<number>(length).fill(5));
      const draft = { ...job.draft, outputs: [...job.draft.outputs, { amount: 0n, script, own: null }] };
      expect(toHex(await device.sign({ ...job, draft }))).toBe(toHex(signDraft(draft, keys)));
    }
  });
});

/** As the published sequences write it. */
function questionOf(payload: Uint8Array): string {
  const request = decode(payload);
  const details = decode(request.bytes(2) ?? new Uint8Array());
  const name = ['input', 'output', 'meta', 'finished', 'data'][Number(request.numbers(1)[0] ?? 0n)] ?? '';
  if (name === 'finished') return name;
  const hash = details.bytes(2);
  const index = name === 'meta' ? '' : ` ${details.numbers(1)[0] ?? 0n}`;
  return `${name}${index}${hash ? ` ${toHex(hash).slice(0, 6)}` : ''}`;
}

describe('accounts on a Mini', () => {
  it.each(COIN_IDS)('of %s are those of the same words in software', async (coin) => {
    const { device, screens } = await openUtxoPlace({ mnemonic: MNEMONIC });
    for (const place of placesOf(coin, 2)) {
      const account = await device.account(place, 'on-device');
      expect(account).toEqual(deriveAccount(ABANDON, place));
      expect(screens.at(-1)?.lines).toEqual([extendedKey(account)]);
    }
  });

  it('show the addresses of every vector on the screen', async () => {
    const [abandon, all] = [await openUtxoPlace({ mnemonic: MNEMONIC }), await openUtxoPlace()];
    for (const row of addressVectors.abandon) {
      const [coin, purpose] = [row.coin as CoinId, row.purpose as Purpose];
      for (const [chain, address] of [row.receive, row.change].entries()) {
        await abandon.device.showAddress(coin, addressAt(ABANDON, coin, purpose, chain === 1 ? 1 : 0, 0));
        expect(abandon.screens.at(-1)).toMatchObject({ title: 'Address', lines: [address] });
      }
    }
    for (const { coin, purpose, chain, index, address } of addressVectors.all) {
      const own = addressAt(ALL, coin as CoinId, purpose as Purpose, chain as 0 | 1, index);
      await all.device.showAddress(coin as CoinId, own);
      expect(all.screens.at(-1)?.lines).toEqual([address]);
    }
    expect(abandon.screens).toHaveLength(2 * addressVectors.abandon.length);
  });

  it('are refused on paths of another chain', async () => {
    const { device } = await openUtxoPlace();
    for (const coinType of [60, 1, 3]) {
      const place = { coin: 'btc', purpose: 84, coinType, account: 0 } as const;
      expect(pathOf(place)).toHaveLength(3);
      await expect(device.account(place, 'not')).rejects.toThrow('device-refused');
    }
  });
});

describe('messages on a Mini', () => {
  it('are signed as published', async () => {
    const { device } = await openUtxoPlace();
    for (const { coin, purpose, signature } of vectors.messages) {
      const own = addressAt(ALL, coin as CoinId, purpose as Purpose, 0, 0);
      expect(await device.signMessage(coin as CoinId, own, MESSAGE)).toBe(base64.encode(fromHex(signature)));
    }
    const own = addressAt(ALL, 'btc', 44, 0, 1);
    const { decomposed, signature } = vectors.composedMessage;
    expect(await device.signMessage('btc', own, decomposed)).toBe(base64.encode(fromHex(signature)));
  });

  it.each(kinds.filter(([, purpose]) => purpose !== 86))(
    'of %s, purpose %s, are those of software',
    async (coin, purpose) => {
      const { device, screens } = await openUtxoPlace();
      const own = addressAt(ALL, coin, purpose, 0, 7);
      expect(await device.signMessage(coin, own, MESSAGE)).toBe(signMessage(COINS[coin], own, MESSAGE, keys));
      expect(screens.at(-1)?.lines).toEqual([own.address, MESSAGE]);
    },
  );

  it('are not asked for where they are too long or of p2tr', async () => {
    const { device } = await openUtxoPlace();
    const unsupported = { code: 'device-unsupported', details: { reason: 'message' } };
    const [own, taproot] = [addressAt(ALL, 'btc', 84, 0, 0), addressAt(ALL, 'btc', 86, 0, 0)];
    await expect(device.signMessage('btc', own, 'é'.repeat(513))).rejects.toMatchObject(unsupported);
    await expect(device.signMessage('btc', taproot, MESSAGE)).rejects.toMatchObject(unsupported);
    expect(await device.signMessage('btc', own, 'é'.repeat(512))).not.toBe('');
  });
});
