/** What was stored by older versions, brought to the shape of this one. Secrets stay sealed as they are. */
import { z } from 'zod';
import { toBase64url } from '@/lib/bytes';
import type { Migration } from '@/lib/platform/storage';

const WALLET_ID_BYTES = 16;

const version1 = z.object({
  wallet: z
    .object({
      accounts: z.array(z.unknown()),
      selectedIndex: z.number(),
      unlock: z.enum(['password', 'pin']).nullable(),
    })
    .exactOptional(),
  activity: z.array(z.looseObject({ accountIndex: z.number() })).exactOptional(),
});

/** One keyless wallet becomes the first of a profile that can have many. */
const toProfile =
  (walletId: string): Migration =>
  ({ wallet, activity, ...rest }) => {
    const old = version1.parse({ ...(wallet ? { wallet } : {}), ...(activity ? { activity } : {}) });
    const profile = old.wallet && {
      wallets: [{ id: walletId, type: 'keyless', name: '', accounts: old.wallet.accounts }],
      selected: { walletId, index: old.wallet.selectedIndex },
      unlock: old.wallet.unlock === null ? [] : [old.wallet.unlock],
    };
    const sent = old.activity?.map(({ accountIndex, ...one }) => ({
      ...one,
      account: { walletId, index: accountIndex },
    }));
    return { ...rest, ...(profile ? { profile } : {}), ...(sent ? { activity: sent } : {}) };
  };

/** Nothing moves: an older build must not take a profile with a hardware wallet for damaged storage. */
const knowsHardware: Migration = (items) => ({ ...items });

/** @param random for the ids that older versions did not have */
export const migrations = (random: (length: number) => Uint8Array): readonly Migration[] => [
  toProfile(toBase64url(random(WALLET_ID_BYTES))),
  knowsHardware,
];
