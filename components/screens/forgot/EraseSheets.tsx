import { useState } from 'react';
import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { Sheet } from '@/components/ui/Sheet';
import { t } from '@/lib/i18n';

export interface EraseSheetsProps {
  readonly open: boolean;
  /** What goes, and what stays. */
  readonly text: string;
  /** Each has to be ticked before the second question is asked. */
  readonly consents: readonly string[];
  readonly busy: boolean;
  readonly onErase: () => void;
  readonly onClose: () => void;
}

/** Erasing everything on this device, asked twice: what has to exist elsewhere, then once more. */
export function EraseSheets({ open, text, consents, busy, onErase, onClose }: EraseSheetsProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<'once' | 'twice'>('once');
  const close = () => {
    setTicked(new Set());
    setAsked('once');
    onClose();
  };
  const tick = (consent: string, checked: boolean) => {
    const next = new Set(ticked);
    if (checked) next.add(consent);
    else next.delete(consent);
    setTicked(next);
  };
  const keep = <Button onClick={close}>{t('erase.keep')}</Button>;
  if (asked === 'twice') {
    return (
      <Sheet
        open={open}
        onClose={close}
        title={t('erase.last.title')}
        titlePlace="title"
        description={t('erase.last.text')}
      >
        <div className="grid gap-2">
          {keep}
          <ArmingButton variant="delete" busyLabel={busy ? t('erase.busy') : undefined} onClick={onErase}>
            {t('erase.last.action')}
          </ArmingButton>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet open={open} onClose={close} title={t('erase.title')} titlePlace="title" description={text}>
      <div className="grid gap-2">
        {consents.map((consent) => (
          <Consent key={consent} checked={ticked.has(consent)} onChecked={(checked) => tick(consent, checked)}>
            {consent}
          </Consent>
        ))}
      </div>
      <div className="grid gap-2">
        {keep}
        <Button
          variant="risky"
          disabled={consents.some((consent) => !ticked.has(consent))}
          onClick={() => setAsked('twice')}
        >
          {t('erase.next')}
        </Button>
      </div>
    </Sheet>
  );
}
