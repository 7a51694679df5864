import type { TaskDependencies } from '../upkeep/reset-work';
import { ownerKeyOf } from './generation';

/** Signs with the owner key of an account, which follows from the open wallet. @throws WalletError `locked` */
export const signAsOwner = (
  { wallet }: Pick<TaskDependencies, 'wallet'>,
  accountId: Uint8Array,
  statement: Uint8Array,
): Promise<Uint8Array> =>
  wallet.lendEntropy(async (entropy) => {
    const owner = ownerKeyOf(entropy, accountId);
    try {
      return owner.sign(statement);
    } finally {
      owner.wipe();
    }
  });
