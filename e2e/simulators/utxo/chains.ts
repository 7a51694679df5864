/**
 * The six chains as their nodes and the Mini's firmware know them (`chainparams.cpp`, `common/defs/bitcoin/*.json`),
 * written for the simulators alone: they share no table and no code with the wallet.
 */

export interface Chain {
  /** As the device calls it. */
  readonly name: string;
  /** As a Blockbook calls it. */
  readonly shortcut: string;
  /** Coin types of paths that the device signs on; the first is its own. */
  readonly coinTypes: readonly number[];
  readonly p2pkh: number;
  readonly p2sh: number;
  readonly bech32?: string;
  readonly cashPrefix?: string;
  readonly taproot?: true;
  readonly forkId?: number;
  /** Versions of extended keys by the kind of input: p2pkh, p2wpkh, p2sh-p2wpkh, p2tr. */
  readonly xpub: Readonly<Record<number, number>>;
  readonly magic: string;
  /** In the smallest unit for 1,000 bytes; above it the device warns. */
  readonly maxFeePerKb: bigint;
  /** Hashes of blocks by which a wallet knows the chain. */
  readonly blocks: Readonly<Record<number, string>>;
}

const BITCOIN_491407 = '000000000000000000e5438564434edaf41e63829a637521a96235adf4653e1b';

export const CHAINS: Readonly<Record<'btc' | 'ltc' | 'bch' | 'btg' | 'dash' | 'doge', Chain>> = {
  btc: {
    name: 'Bitcoin',
    shortcut: 'BTC',
    coinTypes: [0],
    p2pkh: 0x00,
    p2sh: 0x05,
    bech32: 'bc',
    taproot: true,
    xpub: { 0: 0x0488b21e, 3: 0x04b24746, 4: 0x049d7cb2, 5: 0x0488b21e },
    magic: 'Bitcoin Signed Message:\n',
    maxFeePerKb: 2_000_000n,
    blocks: { 491407: BITCOIN_491407 },
  },
  ltc: {
    name: 'Litecoin',
    shortcut: 'LTC',
    coinTypes: [2],
    p2pkh: 0x30,
    p2sh: 0x32,
    bech32: 'ltc',
    xpub: { 0: 0x019da462, 3: 0x04b24746, 4: 0x01b26ef6 },
    magic: 'Litecoin Signed Message:\n',
    maxFeePerKb: 67_000_000n,
    blocks: { 0: '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2' },
  },
  bch: {
    name: 'Bcash',
    shortcut: 'BCH',
    coinTypes: [145, 0],
    p2pkh: 0x00,
    p2sh: 0x05,
    cashPrefix: 'bitcoincash',
    forkId: 0,
    xpub: { 0: 0x0488b21e },
    magic: 'Bitcoin Signed Message:\n',
    maxFeePerKb: 14_000_000n,
    blocks: { 661648: '0000000000000000029e471c41818d24b8b74c911071c4ef0b4a0509f9b5a8ce' },
  },
  btg: {
    name: 'Bgold',
    shortcut: 'BTG',
    coinTypes: [156, 0],
    p2pkh: 0x26,
    p2sh: 0x17,
    bech32: 'btg',
    forkId: 79,
    xpub: { 0: 0x0488b21e, 3: 0x04b24746, 4: 0x049d7cb2 },
    magic: 'Bitcoin Gold Signed Message:\n',
    maxFeePerKb: 380_000_000n,
    blocks: { 478559: '00000000000000000019f112ec0a9982926f1258cdcc558dd7c3b7e5dc7fa148' },
  },
  dash: {
    name: 'Dash',
    shortcut: 'DASH',
    coinTypes: [5],
    p2pkh: 0x4c,
    p2sh: 0x10,
    xpub: { 0: 0x02fe52cc },
    magic: 'DarkCoin Signed Message:\n',
    maxFeePerKb: 45_000_000n,
    blocks: { 0: '00000ffd590b1485b3caadc19b22e6379c733355108f107a430458cdf3407ab6' },
  },
  doge: {
    name: 'Dogecoin',
    shortcut: 'DOGE',
    coinTypes: [3],
    p2pkh: 0x1e,
    p2sh: 0x16,
    xpub: { 0: 0x02facafd },
    magic: 'Dogecoin Signed Message:\n',
    maxFeePerKb: 1_200_000_000_000n,
    blocks: { 0: '1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691' },
  },
};
