import { Note } from '@/components/ui/Note';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { refusalOf } from '../words';
import { ServerLies } from './ServerLies';

export interface RefusedProps {
  readonly coin: CoinId;
  readonly error: ErrorFacts;
}

/** Why something was not done, in words for its reason where there are some. */
export function Refused({ coin, error }: RefusedProps) {
  if (error.code === 'party-misbehaved') return <ServerLies coin={coin} error={error} />;
  const text = refusalOf(error);
  if (text === null) return <ErrorNote error={error} />;
  return (
    <div role="alert">
      <Note tone="warn" title={text} />
    </div>
  );
}
