import type { ErrorFacts, ProviderView, WalletView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

type Named = Pick<WalletView, 'id' | 'type' | 'name' | 'device'>;

/** What a wallet is called: by the user, or by its kind, with a number where there are several of it. */
export function walletName(wallet: Named, wallets: readonly Named[], provider: ProviderView | undefined): string {
  if (wallet.name !== '') return wallet.name;
  if (wallet.type === 'keyless')
    return provider === undefined ? t('wallet.keyless') : t('wallet.keyless-of', { provider: provider.label });
  const kind = t(wallet.device === 'trezor' ? 'wallet.trezor' : `wallet.${wallet.type}`);
  const alike = wallets.filter(
    ({ type, device, name }) => type === wallet.type && device === wallet.device && name === '',
  );
  const place = alike.findIndex(({ id }) => id === wallet.id);
  return alike.length > 1 ? t('wallet.numbered', { kind, place: place + 1 }) : kind;
}

/** Why a wallet that is here already is refused, or undefined for any other error. */
export function duplicateText(error: ErrorFacts | null): string | undefined {
  if (error?.code !== 'wallet-duplicate') return undefined;
  switch (error.details.reason) {
    case 'keyless':
      return t('duplicate.keyless');
    case 'private-key':
      return t('duplicate.private-key');
    case 'hardware':
      return t('duplicate.hardware');
    case 'watch':
      return t('duplicate.watch');
    default:
      return t('duplicate.phrase');
  }
}
