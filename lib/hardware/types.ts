import type { AccessList, Address } from '@/lib/chains/types';

type Hex = `0x${string}`;

interface Common {
  readonly chainId: number;
  readonly nonce: number;
  /** Missing where a contract is created. */
  readonly to?: Address | undefined;
  readonly valueWei: bigint;
  readonly data: Hex;
  readonly gas: bigint;
}

/** What a device is asked to sign. */
export type HardwareTransaction =
  | (Common & { readonly type: 'legacy'; readonly gasPriceWei: bigint })
  | (Common & { readonly type: 'eip2930'; readonly gasPriceWei: bigint; readonly accessList: AccessList })
  | (Common & {
      readonly type: 'eip1559';
      readonly maxFeePerGasWei: bigint;
      readonly maxPriorityFeePerGasWei: bigint;
      readonly accessList: AccessList;
    });

/** An account of a device, as the wallet remembers it. */
export interface HardwareAccount {
  /** BIP-32, hardened steps with their high bit. */
  readonly path: readonly number[];
  readonly address: Address;
}

export type DeviceKind = 'onekey-mini' | 'trezor';

export interface DeviceFacts {
  readonly kind: 'onekey-mini';
  readonly label: string | undefined;
  readonly serial: string | undefined;
  /** `3.7.1` */
  readonly version: string | undefined;
  readonly buildId: string | undefined;
  readonly revision: string | undefined;
  readonly bootloader: string | undefined;
  readonly hasPin: boolean;
  readonly unlocked: boolean;
}

/** Whether something stands on the device's screen until it is confirmed there. */
export type Shown = 'on-device' | 'not';

/** What stands on the device's screen or is wanted of the person, while a call runs; `suite`: all of it in Trezor Suite. */
export type DevicePrompt = 'confirm' | 'pin' | 'passphrase' | 'suite' | 'none';

export type PassphraseAnswer = { readonly on: 'device' } | { readonly on: 'host'; readonly text: string };

/** How a call asks the person who sits before the page. */
export interface Person {
  /** Told at every change. */
  readonly onPrompt: (prompt: DevicePrompt) => void;
  /** Where the passphrase is typed. What is returned is used once and kept nowhere. */
  readonly passphrase: () => Promise<PassphraseAnswer>;
  /**
   * Where the digits of the PIN stand on the device's screen, of a device that cannot take them by itself.
   * @returns places of a pad of nine, as keypads number them: 7 8 9 above, 1 2 3 below
   */
  readonly pinPlaces: () => Promise<string>;
}

/** One device that is open. A call at a time; each checks what came back before it gives it on. */
export interface HardwareSigner {
  getAddress(path: readonly number[], shown: Shown): Promise<Address>;
  /** In the order of the paths, without a word on the screen. */
  getAddresses(paths: readonly (readonly number[])[]): Promise<readonly Address[]>;
  /** @returns the raw transaction; @throws WalletError `device-wrong-wallet` before anything is asked */
  signTransaction(account: HardwareAccount, transaction: HardwareTransaction): Promise<Hex>;
  /** EIP-191. @returns 65 bytes, the last of them 27 or 28 */
  signMessage(account: HardwareAccount, message: Uint8Array, chainId: number): Promise<Hex>;
  /** EIP-712. A Mini shows the two hashes. */
  signTypedData(account: HardwareAccount, data: HardwareTypedData, chainId: number): Promise<Hex>;
  /** Ends the call that runs, on the device, too. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

export interface OneKeySigner extends HardwareSigner {
  /** Asked anew. @throws WalletError as `openOneKey` does */
  facts(): Promise<DeviceFacts>;
  /** What the device says of the flash that it runs from: its own report, no proof. @param challenge 32 bytes */
  firmwareHash(challenge: Uint8Array): Promise<Uint8Array>;
}

export interface HardwareTypedData {
  /** 32 bytes each. */
  readonly domainHash: Uint8Array;
  readonly messageHash: Uint8Array;
  /** What was hashed, as JSON: for devices that hash by themselves. */
  readonly json: string;
}
