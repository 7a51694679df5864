import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Mark, type MarkProps } from '@/components/ui/Mark';
import { Lead, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';

export interface DonePageProps {
  readonly title: string;
  /** The line below the title. */
  readonly text: string;
  /** The two halves come together before one's eyes. */
  readonly motion?: MarkProps['motion'];
  /** Between the mark and the title. */
  readonly above?: ReactNode;
  /** What else has to be known. */
  readonly children?: ReactNode;
  readonly onDone: () => void;
}

/** Something about the backup has come to its good end. */
export function DonePage({ title, text, motion, above, children, onDone }: DonePageProps) {
  const footer = (
    <Button variant="primary" onClick={onDone}>
      {t('action.done')}
    </Button>
  );
  return (
    <Page body="text" place="middle" footer={footer}>
      <div className="grid justify-items-center gap-6 pb-6" aria-live="polite">
        <Mark size={88} state="joined" {...(motion === undefined ? {} : { motion })} />
        {above}
        <Lead title={title}>{text}</Lead>
        {children}
      </div>
    </Page>
  );
}
