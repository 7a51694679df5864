import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { ButtonPair } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import type { WalletView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface RemoveWalletSheetProps {
  readonly open: boolean;
  readonly type: Exclude<WalletView['type'], 'keyless'>;
  readonly name: string;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** What goes with a wallet, and who can bring it back. */
export function RemoveWalletSheet({ open, type, name, onRemove, onClose }: RemoveWalletSheetProps) {
  const [agreed, setAgreed] = useState(false);
  const secret = type === 'watch' || type === 'hardware' ? null : type;
  const close = () => {
    setAgreed(false);
    onClose();
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={t('remove-wallet.title', { name })}
      titlePlace="title"
      description={t(`remove-wallet.text.${type}`)}
    >
      {secret !== null && (
        <Consent checked={agreed} onChecked={setAgreed}>
          {t(`remove-wallet.consent.${secret}`)}
        </Consent>
      )}
      <ButtonPair>
        <Button onClick={close}>{t('action.cancel')}</Button>
        <Button
          variant={secret === null ? 'secondary' : 'delete'}
          disabled={secret !== null && !agreed}
          onClick={onRemove}
        >
          {t('remove-wallet.action')}
        </Button>
      </ButtonPair>
    </Sheet>
  );
}
