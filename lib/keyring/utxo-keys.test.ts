import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { toBase64url, toHex } from '@/lib/bytes';
import { pathOf, placesOf } from '@/lib/chains/utxo/accounts';
import { COIN_IDS } from '@/lib/chains/utxo/coins';
import { ABANDON, accountOf, addressAt } from '@/lib/chains/utxo/testing/seed';
import { entropyOf } from '@/lib/crypto/mnemonic';
import type { OpenKeyring, WalletSecret } from './contents';
import { createUtxoKeys } from './utxo-keys';
import type { WalletType } from './wallets';

const ID = 'A'.repeat(22);
const ENTROPY = toBase64url(entropyOf(`${'abandon '.repeat(11)}about`));
const DIGEST = new Uint8Array(32).fill(7);

function keysOf(type: WalletType, secret: WalletSecret | null) {
  const account = { index: 0, name: '', address: `0x${'1'.repeat(40)}` as const };
  const wallets = [{ id: ID, type, name: '', accounts: [account] }];
  const open: OpenKeyring | null = secret && { key: null, contents: { [ID]: secret } };
  const kept = { write: async () => undefined, remove: async () => undefined };
  return createUtxoKeys({
    profile: { ...kept, read: async () => ({ wallets, selected: null, unlock: [] }) },
    session: { ...kept, read: async () => open },
  });
}
const ofPhrase = (passphrase = '') => keysOf('phrase', { type: 'phrase', entropy: ENTROPY, passphrase });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => [code, details?.reason].filter((part) => part !== undefined).join(' '),
  );

describe('keys of Bitcoin and its relatives', () => {
  it.each(COIN_IDS)('of %s are those of the seed, for every kind of account', async (coin) => {
    const places = placesOf(coin);
    const { fingerprint, keys } = await ofPhrase().extended(ID, places.map(pathOf));
    expect(fingerprint).toBe(ABANDON.fingerprint);
    for (const [at, { purpose }] of places.entries()) {
      const { publicKey, chainCode, parentFingerprint } = accountOf(ABANDON, coin, purpose);
      expect(keys[at]).toEqual({ publicKey, chainCode, parentFingerprint });
    }
  });

  it('are others under a passphrase', async () => {
    const [place] = placesOf('btc');
    const paths = place ? [pathOf(place)] : [];
    const [plain, other] = await Promise.all([ofPhrase(), ofPhrase('x')].map((keys) => keys.extended(ID, paths)));
    expect(toHex(plain?.keys[0]?.publicKey ?? DIGEST)).not.toBe(toHex(other?.keys[0]?.publicKey ?? DIGEST));
  });

  it('sign digests of each kind, the same each time', async () => {
    const [segwit, taproot] = [addressAt(ABANDON, 'btc', 84, 1, 5), addressAt(ABANDON, 'btc', 86, 0, 3)];
    const requests = [
      { path: segwit.path, digest: DIGEST, kind: 'der' },
      { path: segwit.path, digest: DIGEST, kind: 'recovered' },
      { path: taproot.path, digest: DIGEST, kind: 'taproot' },
    ] as const;
    const signatures = await ofPhrase().sign(ID, requests);
    const [der = DIGEST, recovered = DIGEST, tweaked = DIGEST] = signatures;
    expect(secp256k1.verify(der, DIGEST, segwit.publicKey, { prehash: false, format: 'der' })).toBe(true);
    expect(toHex(secp256k1.recoverPublicKey(recovered, DIGEST, { prehash: false }))).toBe(toHex(segwit.publicKey));
    expect(schnorr.verify(tweaked, DIGEST, taproot.script.slice(2))).toBe(true);
    expect(await ofPhrase().sign(ID, requests)).toEqual(signatures);
  });

  it('are not there while it is locked, for a single key, on a device, or under another path', async () => {
    const [place] = placesOf('btc');
    const paths = place ? [pathOf(place)] : [];
    expect(await failure(keysOf('phrase', null).extended(ID, paths))).toBe('locked');
    const single = keysOf('private-key', { type: 'private-key', key: toBase64url(DIGEST) });
    expect(await failure(single.extended(ID, paths))).toBe('bad-message wallet');
    expect(await failure(keysOf('hardware', null).sign(ID, []))).toBe('bad-message wallet');
    expect(await failure(ofPhrase().extended('B'.repeat(22), paths))).toBe('bad-message wallet');
    const ethereum = [44, 60, 0].map((step) => step + 0x8000_0000);
    const request = { path: [...ethereum, 0, 0], digest: DIGEST, kind: 'der' } as const;
    expect(await failure(ofPhrase().sign(ID, [request]))).toBe('bad-message path');
  });
});
