import { Note } from '@/components/ui/Note';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { u } from '@/lib/i18n/utxo';
import { lieText } from '../words';

export interface ServerLiesProps {
  readonly coin: CoinId;
  /** `party-misbehaved` with its reason. */
  readonly error: Pick<ErrorFacts, 'details'>;
}

/** A server said what cannot be: it was refused, and in which way. */
export function ServerLies({ coin, error }: ServerLiesProps) {
  return (
    <div role="alert">
      <Note tone="danger" title={u('server.lies')}>
        {lieText(error.details.reason, coin)}
      </Note>
    </div>
  );
}
