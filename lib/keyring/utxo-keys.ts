/** Keys of Bitcoin and its relatives, from the seed each time anew: none of them is kept between two questions. */
import { HDKey } from '@scure/bip32';
import { fromBase64url } from '@/lib/bytes';
import { type DigestRequest, signUtxoDigest } from '@/lib/chains/digest-signature';
import { seedOf } from '@/lib/crypto/mnemonic';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import type { WalletSecret } from './contents';
import type { KeyringDeps } from './types';
import { type WalletType, walletAt } from './wallets';

/** An extended public key (BIP-32): compressed, 33 bytes, and its chain code, 32. */
export interface ExtendedPublicKey {
  readonly publicKey: Uint8Array;
  readonly chainCode: Uint8Array;
  readonly parentFingerprint: number;
}

/** Of the master key (BIP-32, "Key identifiers"), and of the asked places. */
export interface ExtendedPublicKeys {
  readonly fingerprint: number;
  readonly keys: readonly ExtendedPublicKey[];
}

export type Path = readonly number[];

const ACCOUNT_DEPTH = 3;
const HARDENED = 0x8000_0000;
const PURPOSES = [44, 49, 84, 86];
/** SLIP-44: Bitcoin, Litecoin, Dogecoin, Dash, Bitcoin Cash, Bitcoin Gold. */
const COIN_TYPES = [0, 2, 3, 5, 145, 156];

export interface UtxoKeys {
  /** Whether a wallet has keys of these coins: from its seed, on a device, or none. @throws WalletError `bad-message` */
  signsBy(walletId: string): Promise<'seed' | 'device' | 'nothing'>;
  /** @throws WalletError `locked`; `bad-message` for a wallet without a seed, or a path of other coins */
  extended(walletId: string, paths: readonly Path[]): Promise<ExtendedPublicKeys>;
  /** One signature a request. @throws as above */
  sign(walletId: string, requests: readonly DigestRequest[]): Promise<readonly Uint8Array[]>;
}

const SIGNS_BY: Readonly<Record<WalletType, 'seed' | 'device' | 'nothing'>> = {
  keyless: 'seed',
  phrase: 'seed',
  hardware: 'device',
  'private-key': 'nothing',
  watch: 'nothing',
};

export function createUtxoKeys({ profile, session }: Pick<KeyringDeps, 'profile' | 'session'>): UtxoKeys {
  const signsBy: UtxoKeys['signsBy'] = async (walletId) => {
    const known = await profile.read();
    if (!known) throw new WalletError('bad-message', { reason: 'wallet' });
    return SIGNS_BY[walletAt(known, walletId).type];
  };
  const secretOf = async (walletId: string): Promise<WalletSecret> => {
    if ((await signsBy(walletId)) !== 'seed') throw new WalletError('bad-message', { reason: 'wallet' });
    const secret = (await session.read())?.contents[walletId];
    if (!secret) throw new WalletError('locked');
    return secret;
  };
  return {
    signsBy,
    extended: async (walletId, paths) =>
      withMaster(await secretOf(walletId), (master) => ({
        fingerprint: master.fingerprint,
        keys: paths.map((path) => publicAt(master, path)),
      })),
    sign: async (walletId, requests) => withMaster(await secretOf(walletId), (master) => signAll(master, requests)),
  };
}

function publicAt(master: HDKey, path: Path): ExtendedPublicKey {
  const key = accountAt(master, path);
  const { publicKey, chainCode, parentFingerprint } = key;
  key.wipePrivateData();
  if (!publicKey || !chainCode) throw new Error('no key at this path');
  return { publicKey, chainCode, parentFingerprint };
}

function signAll(master: HDKey, requests: readonly DigestRequest[]): Uint8Array[] {
  const accounts = new Map<string, HDKey>();
  const accountOf = (path: Path): HDKey => {
    const name = path.slice(0, ACCOUNT_DEPTH).join();
    const known = accounts.get(name) ?? accountAt(master, path.slice(0, ACCOUNT_DEPTH));
    accounts.set(name, known);
    return known;
  };
  try {
    return requests.map((request) => {
      const key = below(accountOf(request.path), request.path.slice(ACCOUNT_DEPTH));
      const { privateKey } = key;
      if (!privateKey) throw new Error('no key at this path');
      const signature = signUtxoDigest(request, privateKey);
      key.wipePrivateData();
      return signature;
    });
  } finally {
    for (const account of accounts.values()) account.wipePrivateData();
  }
}

async function withMaster<Result>(secret: WalletSecret, work: (master: HDKey) => Result): Promise<Result> {
  if (secret.type === 'private-key') throw new WalletError('bad-message', { reason: 'wallet' });
  const passphrase = secret.type === 'phrase' ? secret.passphrase : '';
  const entropy = new Secret(fromBase64url(secret.entropy));
  const seed = await entropy.use((bytes) => seedOf(bytes, passphrase)).finally(() => entropy.wipe());
  const master = HDKey.fromMasterSeed(seed);
  seed.fill(0);
  try {
    return work(master);
  } finally {
    master.wipePrivateData();
  }
}

/** Three hardened steps of these coins, or no key at all: accounts of other chains are not to be had this way. */
function accountAt(master: HDKey, path: Path): HDKey {
  const [purpose = 0, coinType = 0, account = 0, ...more] = path;
  const isKnown = PURPOSES.includes(purpose - HARDENED) && COIN_TYPES.includes(coinType - HARDENED);
  if (!isKnown || account < HARDENED || more.length > 0) throw new WalletError('bad-message', { reason: 'path' });
  return below(master, path);
}

function below(parent: HDKey, steps: Path): HDKey {
  let key = parent;
  for (const step of steps) {
    const child = key.deriveChild(step);
    if (key !== parent) key.wipePrivateData();
    key = child;
  }
  return key;
}
