import { CircleCheck, Info, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';
import { firstSentence } from './first-sentence';

export type NoteTone = 'neutral' | 'success' | 'warn' | 'danger';

const LOOK = {
  neutral: { box: 'border-transparent bg-sunken', icon: 'text-ink-2', Icon: Info },
  success: { box: 'border-success-line bg-success-soft', icon: 'text-success', Icon: CircleCheck },
  warn: { box: 'border-warn-line bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  danger: { box: 'border-danger-line bg-danger-soft', icon: 'text-danger', Icon: ShieldAlert },
} as const;

export interface NoteProps {
  readonly tone: NoteTone;
  /** The first sentence, bold. Where nothing else is told, further ones in it are not. */
  readonly title: string;
  readonly children?: ReactNode;
}

/** An icon, a bold first sentence and one more. */
export function Note({ tone, title, children }: NoteProps) {
  const { box, icon, Icon } = LOOK[tone];
  const [first, rest] = children === undefined ? firstSentence(title) : [title, children];
  return (
    <div
      className={classes(
        'flex gap-2.5 justify-self-stretch rounded-field border px-3 py-2.5 text-start text-small',
        box,
      )}
    >
      <Icon aria-hidden="true" size={18} className={classes('shrink-0', icon)} />
      <p className="wrap-anywhere min-w-0 text-ink-2">
        <strong className="font-semibold text-ink">{first}</strong>
        {/* Chinese sets no space after a full stop. */}
        <span className="[:lang(zh)_&]:hidden"> </span>
        {rest}
      </p>
    </div>
  );
}
