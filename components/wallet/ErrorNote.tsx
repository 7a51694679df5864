import { Note } from '@/components/ui/Note';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { NEXT_STEP } from '@/lib/errors';
import { asSentence, errorText, inARow } from '@/lib/i18n';

export interface ErrorNoteProps {
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails };
}

/** What happened, whether anything was lost, what to do. Red only where going on could cost the wallet. */
export function ErrorNote({ error }: ErrorNoteProps) {
  const { title, lost, next } = errorText(error);
  return (
    <div role="alert">
      <Note tone={NEXT_STEP[error.code] === 'stop' ? 'danger' : 'warn'} title={asSentence(title)}>
        {inARow(lost, next)}
      </Note>
    </div>
  );
}
