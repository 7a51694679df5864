import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useChange } from '@/components/hooks/use-change';
import { usePasskeysOffered } from '@/components/hooks/use-passkeys-offered';
import { isKeylessOnly } from '@/components/screens/shared/own-wallets';
import { useToaster } from '@/components/ui/Toast';
import { passwordChangeText } from '@/lib/bus/password-change';
import type { Snapshot } from '@/lib/bus/snapshot';
import { unlockChangeText } from '@/lib/bus/unlock-change';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { Prove } from '../prove';
import type { OpenSheet } from './kept-method';
import { UnlockSettingsScreen } from './Screen';
import { titleOf, type Wanted } from './wanted';

export interface UnlockSettingsProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

export function UnlockSettings({ snapshot, onBack }: UnlockSettingsProps) {
  const { call, sendSecret } = useWallet();
  const { passkeys, openTab } = usePageHost();
  const { show } = useToaster();
  const change = useChange();
  const lock = useAction(() => call('session.lock', {}));
  const idle = useAction((idleLockMinutes: number) => call('settings.change', { idleLockMinutes }));
  const offered = usePasskeysOffered();
  const [open, setOpen] = useState<OpenSheet>(null);
  const [proving, setProving] = useState<Wanted | null>(null);
  const { methods, passkey } = snapshot.unlock;
  // Where the passkey's record is damaged nobody can prove anything.
  const provable = methods.includes('password') || methods.includes('pin') || passkey !== null;

  /** The authenticator hears of it only once the wallet no longer needs it. */
  const dropOld = () => (passkey === null ? undefined : passkeys.forget(passkey.credentialId));
  const make = async (wanted: Wanted, unlock: UnlockProof | null) => {
    switch (wanted.change) {
      case 'set-passkey': {
        const grant = await passkeys.create(t('passkey.name'));
        await sendSecret('add-passkey', unlockChangeText({ unlock, grant }));
        await dropOld();
        show(t('unlock-settings.changed.passkey'));
        break;
      }
      case 'add-password':
        await sendSecret('add-password', unlockChangeText({ unlock, password: wanted.next }));
        show(t('unlock-settings.changed.password'));
        break;
      case 'remove':
        if (methods.length === 1) await sendSecret('use-pin', unlockChangeText({ unlock }));
        else await sendSecret('remove-unlock', unlockChangeText({ unlock, method: wanted.method }));
        if (wanted.method === 'passkey') await dropOld();
        show(t('unlock-settings.removed'));
        break;
      default:
        wanted satisfies never;
    }
    setOpen(null);
  };
  const run = (wanted: Wanted, unlock: UnlockProof | null) => change.run(wanted.method, () => make(wanted, unlock));
  /** Resolves to whether it was done: not yet where a proof is asked for first. */
  const want = async (wanted: Wanted): Promise<boolean> => {
    if (!provable) return run(wanted, null);
    change.forgetError();
    setProving(wanted);
    return false;
  };
  const finish = async (wanted: Wanted, unlock: UnlockProof) => {
    if (wanted.change !== 'set-passkey') await make(wanted, unlock);
    // A passkey that is made is left behind if it is refused: nobody makes one who cannot prove anything.
    else await sendSecret('check-unlock', unlockChangeText({ unlock }));
    setProving(null);
    // On the sheet, which says what the browser asks.
    if (wanted.change === 'set-passkey') void run(wanted, unlock);
  };
  if (proving !== null)
    return (
      <Prove
        unlock={snapshot.unlock}
        title={titleOf(proving, methods.includes(proving.method))}
        lead={t('reveal.lead')}
        text={t('unlock-settings.prove')}
        actionLabel={t('action.continue')}
        passkeyLabel={t('reveal.passkey')}
        onProof={(unlock) => finish(proving, unlock)}
        onBack={() => setProving(null)}
      />
    );
  return (
    <UnlockSettingsScreen
      methods={methods}
      keylessOnly={isKeylessOnly(snapshot.wallets)}
      passkeysOffered={offered === true}
      idleLockMinutes={snapshot.settings.idleLockMinutes}
      busy={change.busy}
      error={change.error ?? lock.error ?? idle.error}
      open={open}
      onOpen={setOpen}
      onSetPasskey={() => void want({ change: 'set-passkey', method: 'passkey' })}
      onAddPassword={(next) => want({ change: 'add-password', method: 'password', next })}
      onChangePassword={(current, next) =>
        change.run('password', async () => {
          await sendSecret('change-password', passwordChangeText({ current, next }));
          show(t('unlock-settings.changed.password'));
        })
      }
      onRemove={(method) => void want({ change: 'remove', method })}
      onIdleLock={idle.run}
      onLock={lock.run}
      onForgetError={change.forgetError}
      onOpenTab={openTab}
      onBack={onBack}
    />
  );
}
