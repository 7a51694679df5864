import { useAction } from '@/components/hooks/use-action';
import { useChange } from '@/components/hooks/use-change';
import { usePasskeysOffered } from '@/components/hooks/use-passkeys-offered';
import { isKeylessOnly } from '@/components/screens/shared/own-wallets';
import { grantText } from '@/lib/bus/passkey';
import type { ErrorFacts, UnlockMethod } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { DeviceUnlockScreen } from './Screen';

export function DeviceUnlock({ error }: { readonly error: ErrorFacts | null }) {
  const { call, sendSecret } = useWallet();
  const { passkeys, openTab } = usePageHost();
  const offered = usePasskeysOffered();
  const wallets = useSnapshot((snapshot) => snapshot.wallets) ?? [];
  const change = useChange();
  const setPasskey = async () => sendSecret('set-passkey', grantText(await passkeys.create(t('passkey.name'))));
  const back = useAction(() => call('flow.back', {}));
  return (
    <DeviceUnlockScreen
      methods={methodsFor(offered, isKeylessOnly(wallets))}
      error={change.error ?? back.error ?? error}
      busy={change.busy}
      onPasskey={() => void change.run('passkey', setPasskey)}
      onPassword={(password) => void change.run('password', () => sendSecret('set-password', password))}
      onUsePin={() => void change.run('pin', () => call('device-unlock.use-pin', {}))}
      onOpenTab={openTab}
      onBack={wallets.length === 0 ? back.run : undefined}
    />
  );
}

/** Nothing is offered before it is known whether the best of it can be. */
function methodsFor(passkeysOffered: boolean | null, pinEnough: boolean): readonly UnlockMethod[] {
  if (passkeysOffered === null) return [];
  return [...(passkeysOffered ? (['passkey'] as const) : []), 'password', ...(pinEnough ? (['pin'] as const) : [])];
}
