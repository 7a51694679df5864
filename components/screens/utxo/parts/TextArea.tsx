import { useId } from 'react';
import { classes } from '@/components/ui/classes';
import { Reason } from '@/components/ui/Field';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly maxLength?: number;
  readonly readOnly?: boolean;
  /** Bytes as text, not words. */
  readonly code?: boolean;
}

/** A field of several lines with its label and reason. */
export function TextArea(props: TextAreaProps) {
  const { label, value, onValue, error, rows = 4, maxLength, readOnly = false, code = false } = props;
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 text-start">
      <label htmlFor={id} className="text-ink-2 text-small">
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        rows={rows}
        {...(maxLength === undefined ? {} : { maxLength })}
        readOnly={readOnly}
        dir={code ? 'ltr' : 'auto'}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-help`}
        className={classes(
          'w-full resize-none rounded-field border px-3.5 py-3 outline-accent-text [overflow-wrap:anywhere] focus:outline-2 focus:-outline-offset-1',
          code ? 'font-mono text-small' : 'text-body',
          readOnly ? 'bg-sunken' : 'bg-surface',
          error === undefined ? 'border-line-strong' : 'border-danger outline-2 -outline-offset-1 outline-danger',
        )}
      />
      <div id={`${id}-help`} aria-live="polite" className="empty:hidden">
        {error !== undefined && <Reason>{error}</Reason>}
      </div>
    </div>
  );
}
