/**
 * Bitcoin and its relatives as one table; no other file holds a constant of a coin. Sources: SLIP-44, SLIP-132, the coins'
 * own `chainparams.cpp`, and for limits of devices `common/defs/bitcoin/*.json` of trezor-firmware.
 */

export const COIN_IDS = ['btc', 'ltc', 'bch', 'btg', 'dash', 'doge'] as const;
export type CoinId = (typeof COIN_IDS)[number];

/** The first step of a path, and with it the kind of script: BIP-44 p2pkh, 49 p2sh-p2wpkh, 84 p2wpkh, 86 p2tr. */
export type Purpose = 44 | 49 | 84 | 86;

/** Scripts that an address can stand for. */
export type AddressType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr';

/** A block that tells a chain from another with the same beginning. Hashes as explorers show them. */
export interface Checkpoint {
  readonly height: number;
  readonly hash: string;
  /** `other`: the block of another chain, so this one must have a different one there. */
  readonly of: 'this' | 'other';
}

export interface Coin {
  readonly id: CoinId;
  readonly name: string;
  readonly symbol: string;
  /** As hardware wallets of the Trezor protocol call it (`coin_name`). */
  readonly deviceName: string;
  /** Of SLIP-44, the second step of a path. */
  readonly coinType: number;
  /** The coin type of the chain that this one has split off from; coins from before are on its paths. */
  readonly splitFromCoinType: number | null;
  /** What accounts may be of, the usual one first. */
  readonly purposes: readonly Purpose[];
  /** Version bytes of base58check addresses. */
  readonly pubKeyHash: number;
  readonly scriptHash: number;
  /** A version of p2sh from before, still read, never written. */
  readonly oldScriptHash: number | null;
  /** Human-readable part of bech32, on chains with segregated witness. */
  readonly bech32: string | null;
  /** Prefix of CashAddr, in which addresses are then written. */
  readonly cashAddress: string | null;
  /** What test networks use: versions of base58check, human-readable parts, prefixes. */
  readonly testNetworks: { readonly versions: readonly number[]; readonly prefixes: readonly string[] };
  /** What may be paid to. On chains without segregated witness such an output can be taken by anybody. */
  readonly pays: readonly AddressType[];
  /** Version of extended public keys (SLIP-132). */
  readonly xpub: Readonly<Partial<Record<Purpose, number>>>;
  /** The least amount of an output that nodes pass on. */
  readonly dust: Readonly<Record<AddressType, bigint>>;
  /** What nodes want at least, and what is surely a slip, in the smallest unit for 1,000 virtual bytes. */
  readonly minFeePerKvB: bigint;
  readonly maxFeePerKvB: bigint;
  /** Signatures commit to it (replay protection); null on chains that sign as Bitcoin does. */
  readonly forkId: number | null;
  /** Whether a pending transaction can be replaced by a dearer one (BIP-125), and transactions travel as PSBT. */
  readonly replaceable: boolean;
  /** Blocks until what was mined can be spent. */
  readonly coinbaseMaturity: number;
  /** First byte of an output script with a token before it (CashTokens, CHIP-2022-02), or null. */
  readonly tokenPrefix: number | null;
  /** Whether a version may carry a type and a payload behind the lock time (DIP-2), or a flag of MWEB. */
  readonly extension: 'special-payload' | 'mweb' | null;
  /** The line before signed messages, without its line feed. */
  readonly messageMagic: string;
  /** Of payment requests (BIP-21). */
  readonly uriScheme: string;
  readonly checkpoints: readonly Checkpoint[];
}

const sameDust = (amount: bigint) => ({ p2pkh: amount, p2sh: amount, p2wpkh: amount, p2wsh: amount, p2tr: amount });

const BITCOIN_TEST = { versions: [111, 196], prefixes: ['tb', 'bcrt'] };
/** The first block after the split of Bitcoin Gold, and after that of Bitcoin Cash, on the chain of Bitcoin. */
const BITCOIN_491407 = '000000000000000000e5438564434edaf41e63829a637521a96235adf4653e1b';
const BITCOIN_478559 = '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148';

export const COINS: Readonly<Record<CoinId, Coin>> = {
  btc: {
    id: 'btc',
    name: 'Bitcoin',
    symbol: 'BTC',
    deviceName: 'Bitcoin',
    coinType: 0,
    splitFromCoinType: null,
    purposes: [84, 86, 49, 44],
    pubKeyHash: 0x00,
    scriptHash: 0x05,
    oldScriptHash: null,
    bech32: 'bc',
    cashAddress: null,
    testNetworks: BITCOIN_TEST,
    pays: ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh', 'p2tr'],
    xpub: { 44: 0x0488b21e, 49: 0x049d7cb2, 84: 0x04b24746, 86: 0x0488b21e },
    dust: { p2pkh: 546n, p2sh: 540n, p2wpkh: 294n, p2wsh: 330n, p2tr: 330n },
    minFeePerKvB: 1_000n,
    maxFeePerKvB: 2_000_000n,
    forkId: null,
    replaceable: true,
    coinbaseMaturity: 100,
    tokenPrefix: null,
    extension: null,
    messageMagic: 'Bitcoin Signed Message:',
    uriScheme: 'bitcoin',
    checkpoints: [{ height: 491_407, hash: BITCOIN_491407, of: 'this' }],
  },
  ltc: {
    id: 'ltc',
    name: 'Litecoin',
    symbol: 'LTC',
    deviceName: 'Litecoin',
    coinType: 2,
    splitFromCoinType: null,
    purposes: [84, 49, 44],
    pubKeyHash: 0x30,
    scriptHash: 0x32,
    oldScriptHash: 0x05,
    bech32: 'ltc',
    cashAddress: null,
    testNetworks: { versions: [111, 58], prefixes: ['tltc', 'rltc'] },
    pays: ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh'],
    xpub: { 44: 0x019da462, 49: 0x01b26ef6, 84: 0x04b24746 },
    // Older nodes pass on nothing below; newer ones take a tenth of it.
    dust: sameDust(5_460n),
    minFeePerKvB: 1_000n,
    maxFeePerKvB: 67_000_000n,
    forkId: null,
    replaceable: true,
    coinbaseMaturity: 100,
    tokenPrefix: null,
    extension: 'mweb',
    messageMagic: 'Litecoin Signed Message:',
    uriScheme: 'litecoin',
    checkpoints: [{ height: 0, hash: '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2', of: 'this' }],
  },
  bch: {
    id: 'bch',
    name: 'Bitcoin Cash',
    symbol: 'BCH',
    deviceName: 'Bcash',
    coinType: 145,
    splitFromCoinType: 0,
    purposes: [44],
    pubKeyHash: 0x00,
    scriptHash: 0x05,
    oldScriptHash: null,
    bech32: null,
    cashAddress: 'bitcoincash',
    testNetworks: { versions: [111, 196], prefixes: ['bchtest', 'bchreg'] },
    pays: ['p2pkh', 'p2sh'],
    xpub: { 44: 0x0488b21e },
    dust: sameDust(546n),
    minFeePerKvB: 1_000n,
    maxFeePerKvB: 14_000_000n,
    forkId: 0,
    replaceable: false,
    coinbaseMaturity: 100,
    tokenPrefix: 0xef,
    extension: null,
    messageMagic: 'Bitcoin Signed Message:',
    uriScheme: 'bitcoincash',
    // After the split of eCash, hence also after that of Bitcoin and of Bitcoin SV.
    checkpoints: [
      { height: 661_648, hash: '0000000000000000029e471c41818d24b8b74c911071c4ef0b4a0509f9b5a8ce', of: 'this' },
    ],
  },
  btg: {
    id: 'btg',
    name: 'Bitcoin Gold',
    symbol: 'BTG',
    deviceName: 'Bgold',
    coinType: 156,
    splitFromCoinType: 0,
    purposes: [49, 84, 44],
    pubKeyHash: 0x26,
    scriptHash: 0x17,
    oldScriptHash: null,
    bech32: 'btg',
    cashAddress: null,
    testNetworks: { versions: [111, 196], prefixes: ['tbtg', 'tbtgr'] },
    pays: ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh'],
    xpub: { 44: 0x0488b21e, 49: 0x049d7cb2, 84: 0x04b24746 },
    dust: sameDust(546n),
    minFeePerKvB: 1_000n,
    maxFeePerKvB: 380_000_000n,
    forkId: 79,
    replaceable: false,
    coinbaseMaturity: 100,
    tokenPrefix: null,
    extension: null,
    messageMagic: 'Bitcoin Gold Signed Message:',
    uriScheme: 'bitcoingold',
    checkpoints: [
      { height: 478_559, hash: BITCOIN_478559, of: 'this' },
      { height: 491_407, hash: BITCOIN_491407, of: 'other' },
    ],
  },
  dash: {
    id: 'dash',
    name: 'Dash',
    symbol: 'DASH',
    deviceName: 'Dash',
    coinType: 5,
    splitFromCoinType: null,
    purposes: [44],
    pubKeyHash: 0x4c,
    scriptHash: 0x10,
    oldScriptHash: null,
    bech32: null,
    cashAddress: null,
    testNetworks: { versions: [140, 19], prefixes: [] },
    pays: ['p2pkh', 'p2sh'],
    xpub: { 44: 0x02fe52cc },
    dust: sameDust(5_460n),
    minFeePerKvB: 1_000n,
    maxFeePerKvB: 45_000_000n,
    forkId: null,
    replaceable: false,
    coinbaseMaturity: 100,
    tokenPrefix: null,
    extension: 'special-payload',
    messageMagic: 'DarkCoin Signed Message:',
    uriScheme: 'dash',
    checkpoints: [{ height: 0, hash: '00000ffd590b1485b3caadc19b22e6379c733355108f107a430458cdf3407ab6', of: 'this' }],
  },
  doge: {
    id: 'doge',
    name: 'Dogecoin',
    symbol: 'DOGE',
    deviceName: 'Dogecoin',
    coinType: 3,
    splitFromCoinType: null,
    purposes: [44],
    pubKeyHash: 0x1e,
    scriptHash: 0x16,
    oldScriptHash: null,
    bech32: null,
    cashAddress: null,
    testNetworks: { versions: [113, 196], prefixes: [] },
    pays: ['p2pkh', 'p2sh'],
    xpub: { 44: 0x02facafd },
    dust: sameDust(1_000_000n),
    minFeePerKvB: 100_000n,
    maxFeePerKvB: 1_200_000_000_000n,
    forkId: null,
    replaceable: false,
    coinbaseMaturity: 240,
    tokenPrefix: null,
    extension: null,
    messageMagic: 'Dogecoin Signed Message:',
    uriScheme: 'dogecoin',
    checkpoints: [{ height: 0, hash: '1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691', of: 'this' }],
  },
};
