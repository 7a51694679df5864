/** Bitcoin and its relatives on the simulator, asked by Trezor's own client. It is of 2020: taproot is not in it. */
import { base64 } from '@scure/base';
import { afterEach, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { deriveAccount, extendedKey, pathText, placesOf } from '@/lib/chains/utxo/accounts';
import { addressOf } from '@/lib/chains/utxo/address';
import addressVectors from '@/lib/chains/utxo/address.vectors.json';
import { COIN_IDS, COINS, type CoinId, type Purpose } from '@/lib/chains/utxo/coins';
import previous from '@/lib/chains/utxo/previous.vectors.json';
import { hash256 } from '@/lib/chains/utxo/script';
import vectors from '@/lib/chains/utxo/signed.vectors.json';
import { draftOfVector, type SignedVector } from '@/lib/chains/utxo/testing/drafts';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { parseTransaction, type Transaction } from '@/lib/chains/utxo/transaction';
import { HAS_CLIENT, port, run, start, stop, trezorctl } from './testing/trezorctl';

const ABANDON_WORDS = `${'abandon '.repeat(11)}about`;
const ALL_WORDS = new Array<string>(12).fill('all').join(' ');
const TYPE: Readonly<Record<number, string>> = { 44: 'address', 49: 'p2shsegwit', 84: 'segwit' };
const SPEND = { p2pkh: 'SPENDADDRESS', 'p2sh-p2wpkh': 'SPENDP2SHWITNESS', p2wpkh: 'SPENDWITNESS', p2tr: '' };
const PAY = { p2pkh: 'PAYTOADDRESS', 'p2sh-p2wpkh': 'PAYTOP2SHWITNESS', p2wpkh: 'PAYTOWITNESS', p2tr: '' };

afterEach(stop);

/** As `trezorctl btc sign-tx` reads it. */
function jobOf(vector: SignedVector): string {
  const draft = draftOfVector(vector);
  const coin = COINS[draft.coin];
  return JSON.stringify({
    coin_name: coin.deviceName,
    details: { version: draft.version, lock_time: draft.lockTime },
    inputs: draft.inputs.map(({ path, txid, index, amount, sequence, scriptType }) => {
      const script_type = SPEND[scriptType];
      return { address_n: path, prev_hash: txid, prev_index: index, amount: Number(amount), sequence, script_type };
    }),
    outputs: draft.outputs.map(({ amount, script, own }) =>
      own
        ? { address_n: own.path, amount: Number(amount), script_type: PAY[own.scriptType] }
        : { address: addressOf(coin, script), amount: Number(amount), script_type: 'PAYTOADDRESS' },
    ),
    prev_txes: Object.fromEntries(
      Object.entries(previous.transactions).flatMap(([txid, hex]) =>
        draft.inputs.some((input) => input.txid === txid)
          ? [[txid, partsOf(parseTransaction(fromHex(hex), coin))]]
          : [],
      ),
    ),
  });
}

const partsOf = ({ version, lockTime, inputs, outputs, extraData }: Transaction) => ({
  version,
  lock_time: lockTime,
  inputs: inputs.map(({ txid, index, script, sequence }) => {
    return { prev_hash: txid, prev_index: index, script_sig: toHex(script), sequence };
  }),
  bin_outputs: outputs.map(({ amount, script }) => ({ amount: Number(amount), script_pubkey: toHex(script) })),
  ...(extraData.length > 0 ? { extra_data: toHex(extraData) } : {}),
});

describe.skipIf(!HAS_CLIENT)('trezorctl btc', { timeout: 120_000 }, () => {
  const known = vectors.transactions.filter(({ coin }) => coin !== 'btc');
  it.each(known.map((vector) => [vector.name, vector] as const))(
    'is given the published bytes: %s',
    async (_, vector) => {
      await start({ mnemonic: ALL_WORDS });
      const text = await run('trezorctl', ['-p', `udp:127.0.0.1:${port()}`, 'btc', 'sign-tx', '-'], jobOf(vector));
      const raw = fromHex(/[0-9a-f]{100,}/.exec(text)?.[0] ?? '');
      if (vector.hex !== undefined) expect(toHex(raw)).toBe(vector.hex);
      else expect(toHex(hash256(raw).reverse())).toBe(vector.hash);
    },
  );

  it('is given the addresses of every coin, and those of an account', async () => {
    await start({ mnemonic: ABANDON_WORDS });
    for (const { coin, purpose, receive } of addressVectors.abandon.filter((row) => row.purpose !== 86)) {
      const { path } = addressAt(ABANDON, coin as CoinId, purpose as Purpose, 0, 0);
      const kind = ['-c', COINS[coin as CoinId].deviceName, '-t', TYPE[purpose] ?? ''];
      expect(await trezorctl('btc', 'get-address', ...kind, '-n', pathText(path), '-d')).toContain(receive);
    }
  });

  it('is given the extended keys of every coin', async () => {
    await start({ mnemonic: ABANDON_WORDS });
    for (const coin of COIN_IDS) {
      const [place] = placesOf(coin).filter(({ purpose }) => purpose !== 86);
      if (!place) throw new Error('no account');
      const account = deriveAccount(ABANDON, place);
      const path = `m/${place.purpose}'/${place.coinType}'/0'`;
      const kind = ['-c', COINS[coin].deviceName, '-t', TYPE[place.purpose] ?? ''];
      expect(await trezorctl('btc', 'get-public-node', ...kind, '-n', path)).toContain(extendedKey(account));
    }
  });

  it('is given the published signatures of messages', async () => {
    await start({ mnemonic: ALL_WORDS });
    for (const { coin, purpose, signature } of vectors.messages) {
      const { path } = addressAt(ALL, coin as CoinId, purpose as Purpose, 0, 0);
      const kind = ['-c', COINS[coin as CoinId].deviceName, '-t', TYPE[purpose] ?? '', '-n', pathText(path)];
      const text = await trezorctl('btc', 'sign-message', ...kind, 'This is an example of a signed message.');
      expect(text).toContain(base64.encode(fromHex(signature)));
    }
  });

  it('is refused an amount that the previous transaction does not have, and a bech32 address of Dash', async () => {
    const vector = vectors.transactions.find(({ coin }) => coin === 'dash');
    if (!vector) throw new Error('no vector');
    const sign = async (job: string) => {
      await start({ mnemonic: ALL_WORDS });
      return run('trezorctl', ['-p', `udp:127.0.0.1:${port()}`, 'btc', 'sign-tx', '-'], job).finally(stop);
    };
    const richer = jobOf(vector).replace('"amount":1000000000', '"amount":1000000001');
    await expect(sign(richer)).rejects.toThrow(/Invalid amount specified/);
    const elsewhere = jobOf(vector).replace(
      /"address":"[^"]+"/,
      '"address":"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"',
    );
    await expect(sign(elsewhere)).rejects.toThrow(/Failed to compile output/);
  });
});
