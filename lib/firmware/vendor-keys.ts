/**
 * The public keys that the vendors' boot loaders hold for production firmware, compressed, in hex.
 * Source: `legacy/fw_signatures.c` of OneKeyHQ/firmware (commit 3570684) and of trezor/trezor-firmware (commit 24df50e).
 */
import type { Family } from './layout';

export interface SigningScheme {
  /** `message`: the fingerprint is signed like a Bitcoin message; `plain`: as it is. */
  readonly form: 'message' | 'plain';
  /** Valid signatures of different keys that a boot loader wants. */
  readonly threshold: number;
  /** Index 1 of the header is the first. */
  readonly keys: readonly string[];
}

export type VendorKeys = Record<Family, readonly SigningScheme[]>;

export const VENDOR_KEYS: VendorKeys = {
  MINI: [
    {
      form: 'message',
      threshold: 4,
      keys: [
        '039120571ac8cc9d55a291ba52a6ff236b365c830dee9e739c337d33e206444066',
        '035c4ee8d360b8ed1725a3f85368a14bb06ddc1ec54c5cdbbdfd97170f11ef32d6',
        '026dda87edc24289aea929299abb5a279e913734b60642ec7b734891c46cf096fb',
        '02a546fb3af222e8fd2e1835d2e3f9e1fa4379991c9a43108d4c209257f311e4fa',
        '03fea486ffa8df90b93c712313302e52d948dfc24941bc9ea7740bc20b9a49ebe5',
        '03204766d969b73a0cfdeb1c4f865a193355ba71425f8b7f815be3d15b5b373db0',
        '02e42fc66ab11b683b467d8d7fb13f356260eec3676adb64ec201ffaa13d2a5f1e',
      ],
    },
    {
      form: 'plain',
      threshold: 4,
      keys: [
        '035c4ee8d360b8ed1725a3f85368a14bb06ddc1ec54c5cdbbdfd97170f11ef32d6',
        '03757f1f9734fcdae4011c93400266b026dd099a6f100e9de90b16ae16262917e8',
        '026dda87edc24289aea929299abb5a279e913734b60642ec7b734891c46cf096fb',
        '039120571ac8cc9d55a291ba52a6ff236b365c830dee9e739c337d33e206444066',
        '02a546fb3af222e8fd2e1835d2e3f9e1fa4379991c9a43108d4c209257f311e4fa',
        '03204766d969b73a0cfdeb1c4f865a193355ba71425f8b7f815be3d15b5b373db0',
        '03fea486ffa8df90b93c712313302e52d948dfc24941bc9ea7740bc20b9a49ebe5',
      ],
    },
  ],
  TRZF: [
    {
      form: 'message',
      threshold: 2,
      keys: [
        '032300c1bb4539fcbfca2590bda3dd2093826f4ae437bddecc1a2e72520764ff7a',
        '0233baeaebc94a2a3e8b11f39a7133dbf427be292fcbceb887d71ef51e85395a19',
        '0357091fa254b55233d0bb4c48e106c91b92fd0788ebed9d3a916719f44c76c015',
      ],
    },
    {
      form: 'plain',
      threshold: 3,
      keys: [
        '02d571b7f148c5e4232c3814f777d8faeaf1a84216c78d569b71041ffc768a5b2d',
        '0363279c0c0866e50c05c799d32bd6bab0188b6de06536d1109d2ed9ce76cb335c',
        '0243aedbb6f7e71c563f8ed2ef64ec9981482519e7ef4f4aa98b27854e8c49126d',
        '02877c39fd7c62237e038235e9c075dab261630f78eeb8edb92487159fffedfdf6',
        '037384c51ae81add0a523adbb186c91b906ffb64c2c765802bf26dbd13bdf12c31',
      ],
    },
  ],
};
