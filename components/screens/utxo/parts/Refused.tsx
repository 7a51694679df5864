import { Note } from '@/components/ui/Note';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { refusalOf } from '../words';

export interface RefusedProps {
  readonly error: ErrorFacts;
}

/** Why something was not done, in words for its reason where there are some. */
export function Refused({ error }: RefusedProps) {
  const text = refusalOf(error);
  if (text === null) return <ErrorNote error={error} />;
  return (
    <div role="alert">
      <Note tone="warn" title={text} />
    </div>
  );
}
