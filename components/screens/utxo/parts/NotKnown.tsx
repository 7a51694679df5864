import { Button } from '@/components/ui/Button';
import { LoadingState, OfflineState } from '@/components/ui/ListStates';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';

export interface NotKnownProps {
  /** The server did not answer the last time. */
  readonly silent: boolean;
  readonly onAgain: () => void;
}

/** In the place of a list of which nobody has told yet. */
export function NotKnown({ silent, onAgain }: NotKnownProps) {
  if (!silent) return <LoadingState label={t('home.balance-unknown')} />;
  return (
    <OfflineState
      title={u('history.offline')}
      action={
        <Button size="small" onClick={onAgain}>
          {t('action.try-again')}
        </Button>
      }
    >
      {u('history.offline.text')}
    </OfflineState>
  );
}
