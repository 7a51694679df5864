import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { Preferences, Snapshot } from '@/lib/bus/snapshot';
import { type OptionalPermission, usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { GeneralSettingsScreen } from './Screen';

export interface GeneralSettingsProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

export function GeneralSettings({ snapshot, onBack }: GeneralSettingsProps) {
  const { call } = useWallet();
  const { ask } = usePageHost();
  const [refused, setRefused] = useState(false);
  const change = useAction((some: Partial<Preferences>) => call('settings.change', some));
  /**
   * The wish is noted before the browser asks: its question may close the popup. A wish counts only while the browser
   * allows it, so an answer that nobody waits for any more is heard all the same.
   */
  const wish = async (permission: OptionalPermission, on: Partial<Preferences>, off: Partial<Preferences>) => {
    setRefused(false);
    const noted = change.run(on);
    const allowed = await ask(permission);
    await noted;
    if (allowed) return;
    setRefused(true);
    await change.run(off);
  };
  return (
    <GeneralSettingsScreen
      settings={snapshot.settings}
      priceSource={snapshot.priceSource}
      refused={refused}
      error={change.error}
      onTheme={(theme) => change.run({ theme })}
      onLanguage={(language) => change.run({ language })}
      onHideAmounts={(hideAmounts) => change.run({ hideAmounts })}
      onFiatCurrency={(fiatCurrency) =>
        fiatCurrency === null
          ? change.run({ fiatCurrency })
          : wish('price-source', { fiatCurrency }, { fiatCurrency: null })
      }
      onNotifications={(notifications) =>
        notifications
          ? wish('notifications', { notifications }, { notifications: false })
          : change.run({ notifications })
      }
      onPinReminders={(pinReminders) => change.run({ pinReminders })}
      onBack={onBack}
    />
  );
}
