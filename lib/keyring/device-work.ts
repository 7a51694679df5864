/** What a device is asked to sign, and whether what comes back is that. Nothing that a page says of a signature is believed. */
import { concat, type Hex, hashMessage, keccak256, pad, parseTransaction } from 'viem';
import { z } from 'zod';
import { signerOf } from '@/lib/chains/evm/digest';
import { serialize } from '@/lib/chains/evm/serialize';
import { unsignedRecord } from '@/lib/chains/quote';
import type { Address, UnsignedTransaction } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';

const hex = z.custom<Hex>((value) => typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value));
const hash = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value));

export const deviceWork = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transaction'), transaction: unsignedRecord }),
  /** EIP-191. */
  z.object({ kind: z.literal('message'), message: hex, chainId: z.int() }),
  /** EIP-712, by its two hashes; `json` is what was hashed, for devices that hash by themselves. */
  z.object({
    kind: z.literal('typed-data'),
    domainHash: hash,
    messageHash: hash,
    json: z.string(),
    chainId: z.int(),
  }),
]);
export type DeviceWork = z.output<typeof deviceWork>;

const misbehaved = (): WalletError => new WalletError('device-misbehaved');

/** @throws WalletError `device-misbehaved` if it is another transaction, or somebody else's */
function checkTransaction(unsigned: UnsignedTransaction, raw: Hex, signer: Address): void {
  const { r, s, v, yParity } = parseTransaction(raw);
  if (r === undefined || s === undefined) throw misbehaved();
  const parity = yParity ?? (Number(v ?? 0n) % 2 === 0 ? 1 : 0);
  if (serialize(unsigned, { r, s, yParity: parity, v: BigInt(27 + parity) }) !== raw.toLowerCase()) throw misbehaved();
  const signature = concat([pad(r, { size: 32 }), pad(s, { size: 32 }), parity === 0 ? '0x1b' : '0x1c']);
  checkSigner(keccak256(serialize(unsigned)), signature, signer);
}

function checkSigner(digest: Hex, signature: Hex, signer: Address): void {
  if (signerOf(digest, signature)?.toLowerCase() !== signer.toLowerCase()) throw misbehaved();
}

/**
 * @param answer the raw transaction, or r, s and v (27 or 28), 65 bytes
 * @throws WalletError `device-misbehaved` if it is not the signature of `signer` under exactly this work
 */
export function checkAnswer(work: DeviceWork, answer: Hex, signer: Address): void {
  try {
    if (work.kind === 'transaction') checkTransaction(work.transaction, answer, signer);
    else checkSignature(work, answer, signer);
  } catch {
    throw misbehaved();
  }
}

function checkSignature(work: Exclude<DeviceWork, { kind: 'transaction' }>, answer: Hex, signer: Address): void {
  if (!/^0x[0-9a-f]{128}(1b|1c)$/.test(answer)) throw misbehaved();
  const digest =
    work.kind === 'message'
      ? hashMessage({ raw: work.message })
      : keccak256(concat(['0x1901', work.domainHash, work.messageHash]));
  checkSigner(digest, answer, signer);
}
