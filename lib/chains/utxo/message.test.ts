import { base64 } from '@scure/base';
import { mnemonicToSeedSync } from '@scure/bip39';
import bitcore from 'bitcore-lib';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { pathText } from './accounts';
import { COIN_IDS, COINS, type CoinId, type Purpose } from './coins';
import { signMessage, verifyMessage } from './message';
import vectors from './signed.vectors.json';
import { ALL, addressAt, keysOf } from './testing/seed';

const MESSAGE = 'This is an example of a signed message.';
const ALL_SEED = toHex(mnemonicToSeedSync(new Array<string>(12).fill('all').join(' ')));
const keys = keysOf(ALL);
const text = (signature: string) => base64.encode(fromHex(signature));

describe('signed messages', () => {
  it('are those that devices make', () => {
    for (const { coin: id, purpose, address, signature } of vectors.messages) {
      const coin = id as CoinId;
      const own = addressAt(ALL, coin, purpose as Purpose, 0, 0);
      expect(own.address).toBe(address);
      expect(signMessage(COINS[coin], own, MESSAGE, keys)).toBe(text(signature));
      expect(verifyMessage(COINS[coin], address, MESSAGE, text(signature))).toBe(true);
    }
  });

  it('are accepted as Electrum makes them', () => {
    for (const { coin, address, signature } of vectors.electrumMessages)
      expect(verifyMessage(COINS[coin as CoinId], address, MESSAGE, text(signature))).toBe(true);
  });

  it('are signed in composed form, however they are typed', () => {
    const { address, decomposed, signature } = vectors.composedMessage;
    const own = addressAt(ALL, 'btc', 44, 0, 1);
    for (const form of [decomposed, decomposed.normalize('NFC')]) {
      expect(signMessage(COINS.btc, own, form, keys)).toBe(text(signature));
      expect(verifyMessage(COINS.btc, address, form, text(signature))).toBe(true);
    }
  });

  it('of every coin hold for their address and nothing else', () => {
    for (const coin of COIN_IDS)
      for (const purpose of COINS[coin].purposes.filter((one) => one !== 86)) {
        const [own, other] = [addressAt(ALL, coin, purpose, 0, 0), addressAt(ALL, coin, purpose, 0, 1)];
        const signature = signMessage(COINS[coin], own, MESSAGE, keys);
        const holds = (address: string, message: string, given: string) =>
          verifyMessage(COINS[coin], address, message, given);
        expect(holds(own.address, MESSAGE, signature)).toBe(true);
        expect(holds(other.address, MESSAGE, signature)).toBe(false);
        expect(holds(own.address, `${MESSAGE} `, signature)).toBe(false);
        const bytes = base64.decode(signature);
        for (const at of [0, 1, 32, 33, 64]) {
          const bent = bytes.slice();
          bent[at] = (bent[at] ?? 0) ^ 1;
          expect(holds(own.address, MESSAGE, base64.encode(bent)), `byte ${at}`).toBe(false);
        }
        // The first byte names a kind of address: 31, 35 and 39 and what follows them; below 31 the key is not compressed.
        for (const step of [-8, -4, 4, 8]) {
          const header = (bytes[0] ?? 0) + step;
          const isElectrum = header >= 31 && header < 35;
          if (!isElectrum)
            expect(holds(own.address, MESSAGE, base64.encode(bytes.with(0, header))), `${step}`).toBe(false);
        }
        for (const bad of ['', 'no base64!', base64.encode(bytes.slice(1)), base64.encode(new Uint8Array(65))])
          expect(holds(own.address, MESSAGE, bad)).toBe(false);
      }
  });

  it.each(COIN_IDS)('of %s hold by another library, with the header of devices', (id) => {
    const own = addressAt(ALL, id, 44, 0, 0);
    const { publicKey } = bitcore.HDPrivateKey.fromSeed(ALL_SEED).deriveChild(pathText(own.path));
    const address = bitcore.Address.fromPublicKey(publicKey, 'livenet', 'pubkeyhash');
    const usual = bitcore.Message.MAGIC_BYTES;
    bitcore.Message.MAGIC_BYTES = Buffer.from(vectors.messageHeaders[id]);
    try {
      const holds = (text: string) =>
        new bitcore.Message(text).verify(address, signMessage(COINS[id], own, MESSAGE, keys));
      expect(holds(MESSAGE)).toBe(true);
      expect(holds(`${MESSAGE} `)).toBe(false);
    } finally {
      bitcore.Message.MAGIC_BYTES = usual;
    }
  });

  it('of one coin do not hold for another with the same key', () => {
    const own = addressAt(ALL, 'bch', 44, 0, 0);
    const signature = signMessage({ ...COINS.bch, messageMagic: COINS.btg.messageMagic }, own, MESSAGE, keys);
    expect(verifyMessage(COINS.bch, own.address, MESSAGE, signature)).toBe(false);
  });

  it('are not made for p2tr, and none holds for it', () => {
    const own = addressAt(ALL, 'btc', 86, 0, 0);
    expect(() => signMessage(COINS.btc, own, MESSAGE, keys)).toThrow(RangeError);
    const signature = signMessage(COINS.btc, { ...own, scriptType: 'p2wpkh' }, MESSAGE, keys);
    expect(verifyMessage(COINS.btc, own.address, MESSAGE, signature)).toBe(false);
  });
});
