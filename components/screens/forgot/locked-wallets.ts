import type { OutputOf } from '@/lib/bus/protocol';
import { formats, t } from '@/lib/i18n';

/** A wallet of a locked profile: its kind and its name, no address. */
export type LockedWallet = OutputOf<'unlock.wallets'>['wallets'][number];

/** The user's name for it, with its kind, or the kind alone. */
export function nameOf({ type, name, accounts }: LockedWallet): string {
  const kind = t(`forgot.${type}`);
  return name === '' ? t('forgot.unnamed', { kind, accounts }) : t('forgot.named', { name, kind });
}

/** What has to be said before they are erased: each kind that comes back only from somewhere else. */
export function consentsFor(wallets: readonly Pick<LockedWallet, 'type' | 'name'>[]): readonly string[] {
  const consents = (['keyless', 'phrase', 'private-key'] as const).flatMap((type) => {
    const ofType = wallets.filter((wallet) => wallet.type === type);
    if (ofType.length === 0) return [];
    if (type === 'keyless') return [t('erase.consent.keyless')];
    if (ofType.every(({ name }) => name === '')) return [t(`erase.consent.${type}.unnamed`)];
    const names = formats().list(ofType.map(({ name }) => name || t(`forgot.${type}`)));
    return [t(`erase.consent.${type}`, { names })];
  });
  return consents.length === 0 ? [t('erase.consent.nothing')] : consents;
}
