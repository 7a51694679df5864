/** A transaction that is fixed in every part, signed and sent: repeating it sends nothing else. */
import { getContractAddress } from 'viem';
import type { AccountRef } from './account-ref';
import type { Activity } from './activity';
import type { SendingDeps, Signed } from './sending';
import type { Address, UnsignedTransaction } from './types';

export interface FixedTransaction {
  readonly account: AccountRef;
  readonly from: Address;
  readonly transaction: UnsignedTransaction;
  /** The highest possible fee. */
  readonly feeWei: string;
}

export interface SendOnceDeps extends Pick<SendingDeps, 'now'> {
  sign(account: AccountRef, transaction: UnsignedTransaction): Promise<Signed>;
  readonly activity: Activity;
}

/**
 * One that was written down before is not written down again: it is handed to the node until it is mined.
 * @throws WalletError `locked`, `transaction-refused`
 */
export async function sendOnce(
  { activity, sign, now }: SendOnceDeps,
  { account, from, transaction, feeWei }: FixedTransaction,
): Promise<`0x${string}`> {
  const { raw, hash } = await sign(account, transaction);
  if ((await activity.list()).some((one) => one.hash === hash)) return hash;
  const { chainId, nonce, valueWei } = transaction;
  const to = transaction.to ?? getContractAddress({ from, nonce: BigInt(nonce) });
  const amounts = { valueWei: valueWei.toString(), feeWei };
  await activity.send({ hash, raw, chainId, account, from, to, nonce, ...amounts, state: 'pending', atMs: now() });
  return hash;
}
