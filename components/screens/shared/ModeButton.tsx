import { Button } from '@/components/ui/Button';
import type { PinMode } from '@/components/ui/PinPad';
import { t } from '@/lib/i18n';

export interface ModeButtonProps {
  readonly mode: PinMode;
  readonly onMode: (mode: PinMode) => void;
}

/** Between the pad and a field that takes letters, too. */
export function ModeButton({ mode, onMode }: ModeButtonProps) {
  return (
    <Button variant="quiet" onClick={() => onMode(mode === 'digits' ? 'letters' : 'digits')}>
      {t(mode === 'digits' ? 'pin.use-letters' : 'pin.use-digits')}
    </Button>
  );
}
