/** The wallets that are open, each with what derives its addresses and keys, kept between calls until the lock. */
import { fromBase64url } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import type { OpenKeyring, WalletSecret } from './contents';
import { type Branch, openBranch, openKey } from './derive';

/** Lends the secret as bytes; they are wiped once what is made of them is there. */
export async function openWallet(secret: WalletSecret): Promise<Branch> {
  const bytes = new Secret(fromBase64url(secret.type === 'private-key' ? secret.key : secret.entropy));
  try {
    if (secret.type === 'private-key') return openKey(bytes);
    return await openBranch(bytes, secret.type === 'phrase' ? secret.passphrase : '');
  } finally {
    bytes.wipe();
  }
}

export interface Signers {
  /** @throws WalletError `locked`, also if it was locked on the way, or if this wallet is not open */
  of(walletId: string): Promise<Branch>;
  forget(): void;
}

/** @param read what is open, null while locked */
export function createSigners(read: () => Promise<OpenKeyring | null>): Signers {
  const open = new Map<string, Promise<Branch>>();
  /** Rises with each lock, so that who asked before it gets nothing after it. */
  let forgotten = 0;

  const forget = () => {
    forgotten += 1;
    for (const opening of open.values())
      opening.then(
        (branch) => branch.wipe(),
        () => undefined,
      );
    open.clear();
  };

  return {
    forget,
    of: async (walletId) => {
      const before = forgotten;
      const session = await read();
      if (session === null) forget();
      const secret = session?.contents[walletId];
      if (!secret || before !== forgotten) throw new WalletError('locked');
      const opening = open.get(walletId) ?? openWallet(secret);
      open.set(walletId, opening);
      const branch = await opening;
      if (before !== forgotten) throw new WalletError('locked');
      return branch;
    },
  };
}
