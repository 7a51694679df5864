import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { ChoosePinScreen } from './Screen';
import { useCheckPin } from './use-check-pin';

export function ChoosePin({ error }: { readonly error: ErrorFacts | null }) {
  const { call, sendSecret } = useWallet();
  const checkPin = useCheckPin();
  const choose = useAction((pin: string) => sendSecret('choose-pin', pin));
  return (
    <ChoosePinScreen
      checkPin={checkPin}
      error={choose.error ?? error}
      busy={choose.busy}
      actionLabel={t('choose-pin.create')}
      onChosen={choose.run}
      onBack={() => call('flow.back', {}).catch(() => undefined)}
    />
  );
}
