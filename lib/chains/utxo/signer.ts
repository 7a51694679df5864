/** Who signs: the wallet's own keys or a device, behind one interface. What comes back is verified by `verifySigned`. */
import type { OwnAddress } from './accounts';
import { COINS, type CoinId } from './coins';
import type { Draft } from './draft';
import { signMessage } from './message';
import { type KeySource, signDraft } from './sign';

/** How far a signer is that takes its time. `checking`: it reads what is spent; `signing`: it signs input by input. */
export interface SigningProgress {
  readonly step: 'checking' | 'signing';
  /** Inputs that are done, of `total`. */
  readonly done: number;
  readonly total: number;
}

export interface SignRequest {
  readonly draft: Draft;
  /** The transactions whose outputs are spent, as they travel, by their ids. Only devices want them. */
  readonly previous: ReadonlyMap<string, Uint8Array>;
  readonly onProgress?: (progress: SigningProgress) => void;
}

export interface UtxoSigner {
  /** @returns what a node takes. @throws WalletError: of a device with a code of its own */
  sign(request: SignRequest): Promise<Uint8Array>;
  /** @returns base64. Not to be asked for an address of p2tr, which needs BIP-322: it throws */
  signMessage(coin: CoinId, address: OwnAddress, message: string): Promise<string>;
}

/** @param keys lent only while a call runs */
export const softwareSigner = (keys: KeySource): UtxoSigner => ({
  sign: async ({ draft }) => signDraft(draft, keys),
  signMessage: async (coin, address, message) => signMessage(COINS[coin], address, message, keys),
});
