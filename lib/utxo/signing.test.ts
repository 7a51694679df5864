import { base64 } from '@scure/base';
import { Transaction as Library } from '@scure/btc-signer';
import { describe, expect, it } from 'vitest';
import type { UtxoOutput } from '@/lib/bus/utxo/table';
import { fromHex, toHex } from '@/lib/bytes';
import { extendedKey } from '@/lib/chains/utxo/accounts';
import { COINS } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import { signMessage } from '@/lib/chains/utxo/message';
import { signDraft } from '@/lib/chains/utxo/sign';
import { ABANDON, ALL, accountOf, addressAt, keysOf } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { discovered, type Ground, groundOf, until, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc', account: '84-0-0' } as const;
const RECIPIENT = addressAt(ABANDON, 'btc', 84, 0, 7).address;
const FORM = {
  ...OF,
  recipients: [{ to: RECIPIENT, amount: '0.1', everything: false }],
  fee: { satPerVb: '2' },
  picked: null,
  legacyMeant: [],
};
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => [code, details?.reason].filter((part) => part !== undefined).join(' '),
  );
function paid(): Ground {
  const ground = groundOf('btc');
  const owners = [84, 86, 44].map((purpose) => ({
    to: addressAt(ALL, 'btc', purpose as 84, 0, 0),
    amount: 30_000_000n,
  }));
  ground.chain.pay(fundingOf(owners));
  return ground;
}
const received = async ({ chain }: Ground) => (await chain.backend.utxos(RECIPIENT)).map(({ amount }) => amount);

describe('a message', () => {
  const message = { ...OF, message: 'Hello' };

  it('is signed by the address that is meant, and holds', async () => {
    const world = paid().open();
    await discovered(world, 'btc');
    const { address } = addressAt(ALL, 'btc', 84, 0, 0);
    const answer = await world.call('message.sign', { ...message, address });
    const signature = 'signature' in answer ? answer.signature : '';
    expect(signature).toBe(signMessage(COINS.btc, addressAt(ALL, 'btc', 84, 0, 0), 'Hello', keysOf(ALL)));
    const verify = (text: string) => world.call('message.verify', { coin: 'btc', address, message: text, signature });
    expect([await verify('Hello'), await verify('Hallo')]).toEqual([{ valid: true }, { valid: false }]);
  });

  it('is refused with the reason', async () => {
    const world = paid().open();
    await discovered(world, 'btc');
    const { address } = addressAt(ALL, 'btc', 84, 0, 0);
    const sign = (change: object) => failure(world.call('message.sign', { ...message, address, ...change }));
    expect(await sign({ message: ' ' })).toBe('bad-text empty');
    expect(await sign({ message: 'ñ'.repeat(600) })).toBe('bad-text too-long');
    expect(await sign({ address: RECIPIENT })).toBe('bad-text not-own');
    const taproot = addressAt(ALL, 'btc', 86, 0, 0).address;
    expect(await sign({ account: '86-0-0', address: taproot })).toBe('bad-text taproot');
  });
});

describe('a PSBT', () => {
  it('goes out, comes back, is shown, and is signed as it was shown', async () => {
    const ground = paid();
    const world = ground.open();
    await discovered(world, 'btc');
    const { quoteId } = await world.call('send.prepare', FORM);
    const { psbt } = await world.call('psbt.write', { quoteId });
    const quote = await world.call('psbt.read', { ...OF, psbt });
    expect(quote).toMatchObject({ kind: 'psbt', recipients: [{ address: RECIPIENT, amount: '10000000' }] });
    expect(quote.change).toHaveLength(1);
    const signed = await world.call('psbt.sign', { quoteId: quote.quoteId, digest: quote.digest });
    const library = Library.fromPSBT(base64.decode('psbt' in signed ? signed.psbt : ''));
    expect(library.isFinal).toBe(true);
    expect(await received(ground)).toEqual([]);
    await world.call('send.confirm', { quoteId: quote.quoteId, digest: quote.digest });
    expect(await received(ground)).toEqual([10_000_000n]);
  });

  it('of others is refused with the reason', async () => {
    const world = paid().open();
    await discovered(world, 'btc');
    const read = (psbt: string, account = OF.account as string) =>
      failure(world.call('psbt.read', { ...OF, account, psbt }));
    expect(await read('hello')).toBe('bad-psbt malformed');
    expect(await read('cHNidP8=')).toBe('bad-psbt malformed');
    const { quoteId } = await world.call('send.prepare', FORM);
    const { psbt } = await world.call('psbt.write', { quoteId });
    expect(await read(psbt, '86-0-0')).toBe('bad-psbt foreign-input');
  });
});

describe('a device', () => {
  /** The accounts of the wallet as a device tells them; keys of the seed play it. */
  async function onDevice(): Promise<{ ground: Ground; world: World }> {
    const ground = paid();
    ground.types = { [WALLET]: 'hardware' };
    const world = ground.open();
    await world.call('backend.set', { coin: 'btc', kind: 'blockbook', url: 'ws://127.0.0.1:9130', own: false });
    const accounts = ([84, 86, 49, 44] as const).map((purpose) => {
      return { account: `${purpose}-0-0`, xpub: extendedKey(accountOf(ALL, 'btc', purpose)) };
    });
    await world.call('device.add', { walletId: WALLET, coin: 'btc', accounts });
    await world.call('discover.start', { walletId: WALLET, coin: 'btc', earlier: false });
    await until(
      async () => (await world.call('accounts.list', { walletId: WALLET, coin: 'btc' })).sync.state === 'idle',
    );
    return { ground, world };
  }
  const draftOf = (work: Extract<UtxoOutput<'device.work'>, { kind: 'transaction' }>): Draft => ({
    coin: work.coin,
    version: work.version,
    lockTime: work.lockTime,
    inputs: work.inputs.map((input) => ({
      ...input,
      amount: BigInt(input.amount),
      script: fromHex(input.script),
      publicKey: fromHex(input.publicKey),
    })),
    outputs: work.outputs.map(({ amount, script, own }) => ({
      amount: BigInt(amount),
      script: fromHex(script),
      own: own && { ...own, publicKey: fromHex(own.publicKey) },
    })),
  });
  async function asked(world: World) {
    const { quoteId, digest } = await world.call('send.prepare', FORM);
    const answer = await world.call('send.confirm', { quoteId, digest });
    const id = 'job' in answer ? answer.job : '';
    const work = await world.call('device.work', { id });
    if (work.kind !== 'transaction') throw new Error('no transaction');
    return { id, work };
  }

  it('is asked for what was shown, with what it spends, and what it signs is sent', async () => {
    const { ground, world } = await onDevice();
    const { id, work } = await asked(world);
    expect(work.quote).toMatchObject({ onDevice: true, recipients: [{ address: RECIPIENT }] });
    expect(work.previous.map(({ txid }) => txid)).toEqual(work.inputs.map(({ txid }) => txid));
    const answer = toHex(signDraft(draftOf(work), keysOf(ALL)));
    const { txid } = await world.call('device.deliver', { id, answer });
    expect(txid).toMatch(/^[0-9a-f]{64}$/);
    expect(await received(ground)).toEqual([10_000_000n]);
    expect(await failure(world.call('device.deliver', { id, answer }))).toBe('request-gone');
  });

  it('that alters an output is refused, and nothing is sent', async () => {
    const { ground, world } = await onDevice();
    const { id, work } = await asked(world);
    const draft = draftOf(work);
    const outputs = draft.outputs.map((output, at) => (at === 0 ? { ...output, amount: output.amount + 1n } : output));
    const deliver = (answer: string) => failure(world.call('device.deliver', { id, answer }));
    expect(await deliver(toHex(signDraft({ ...draft, outputs }, keysOf(ALL))))).toBe('device-misbehaved outputs');
    expect(await deliver(toHex(signDraft(draft, keysOf(ABANDON))))).toBe('device-misbehaved signature');
    expect(await deliver('nothing')).toBe('device-misbehaved malformed');
    expect(await received(ground)).toEqual([]);
    await world.call('device.refuse', { id });
    expect(await failure(world.call('device.work', { id }))).toBe('request-gone');
  });

  it('signs messages, which are checked as well', async () => {
    const { world } = await onDevice();
    const own = addressAt(ALL, 'btc', 84, 0, 0);
    const answer = await world.call('message.sign', { ...OF, address: own.address, message: 'Hello' });
    const id = 'job' in answer ? answer.job : '';
    expect(await world.call('device.work', { id })).toMatchObject({ kind: 'message', message: 'Hello' });
    const other = signMessage(COINS.btc, own, 'Hallo', keysOf(ALL));
    expect(await failure(world.call('device.deliver', { id, answer: other }))).toBe('device-misbehaved signature');
    const signature = signMessage(COINS.btc, own, 'Hello', keysOf(ALL));
    expect(await world.call('device.deliver', { id, answer: signature })).toMatchObject({ signature });
  });

  it('that tells keys of another place is not believed', async () => {
    const ground = paid();
    ground.types = { [WALLET]: 'hardware' };
    const world = ground.open();
    const add = (account: string, xpub: string) =>
      failure(world.call('device.add', { walletId: WALLET, coin: 'btc', accounts: [{ account, xpub }] }));
    const xpub = extendedKey(accountOf(ALL, 'btc', 84));
    expect(await add('84-0-1', xpub)).toBe('device-misbehaved xpub');
    expect(await add('84-0-0', 'xpub')).toBe('device-misbehaved xpub');
    expect(await add('84-2-0', xpub)).toBe('bad-message account');
    expect(await failure(world.call('accounts.add', { walletId: WALLET, coin: 'btc', purpose: 84 }))).toBe(
      'bad-account device',
    );
  });
});
