import { Eye, FileText, KeyRound, ShieldCheck, Usb } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { isKeylessOnly } from '@/components/screens/shared/own-wallets';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { EraseSheets } from './EraseSheets';
import { consentsFor, type LockedWallet, nameOf } from './locked-wallets';

export interface ForgotScreenProps {
  /** What is sealed here; null while that is asked. */
  readonly wallets: readonly LockedWallet[] | null;
  /** Nothing is sealed here: the PIN is asked every time. */
  readonly pinOnly: boolean;
  readonly error: ErrorFacts | null;
  readonly busy: boolean;
  readonly onErase: () => void;
  /** Opens what is here by a recovery; another way to unlock is chosen then. */
  readonly onRecover: () => void;
  readonly onBack: () => void;
}

const ICON: Record<LockedWallet['type'], ReactNode> = {
  keyless: <ShieldCheck aria-hidden="true" size={18} />,
  phrase: <FileText aria-hidden="true" size={18} />,
  'private-key': <KeyRound aria-hidden="true" size={18} />,
  hardware: <Usb aria-hidden="true" size={18} />,
  watch: <Eye aria-hidden="true" size={18} />,
};

/** Nothing opens this browser any more: what can still be done, wallet by wallet. */
export function ForgotScreen({ wallets, pinOnly, error, busy, onErase, onRecover, onBack }: ForgotScreenProps) {
  const [erasing, setErasing] = useState(false);
  const recoverable = !pinOnly && isKeylessOnly(wallets ?? []);
  const footer = (
    <>
      {recoverable && (
        <Button variant="primary" onClick={onRecover}>
          {t('forgot.recover')}
        </Button>
      )}
      <Button variant={recoverable ? 'secondary' : 'primary'} onClick={onBack}>
        {t('forgot.back')}
      </Button>
      <Button variant="risky" disabled={wallets === null} onClick={() => setErasing(true)}>
        {t('forgot.erase')}
      </Button>
    </>
  );
  return (
    <Page
      header={<Header title={t('unlock.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
      body="text"
    >
      <div className="grid gap-4 pt-1">
        <Lead level="section" title={t(pinOnly ? 'forgot.title.pin' : 'forgot.title')}>
          {t(pinOnly ? 'forgot.text.pin' : 'forgot.text')}
        </Lead>
        {error !== null && <ErrorNote error={error} />}
        {wallets !== null && wallets.length > 0 && (
          <RowList label={t('forgot.wallets')}>
            {wallets.map((wallet) => (
              <Row
                key={wallet.id}
                leading={ICON[wallet.type]}
                title={nameOf(wallet)}
                detail={t(pinOnly && wallet.type === 'keyless' ? 'forgot.keyless.pin' : `forgot.${wallet.type}.how`)}
              />
            ))}
          </RowList>
        )}
        <Note tone="neutral" title={t('forgot.no-hurry.title')}>
          {t('forgot.no-hurry.text')}
        </Note>
      </div>
      <EraseSheets
        open={erasing}
        onClose={() => setErasing(false)}
        text={t('erase.text')}
        consents={consentsFor(wallets ?? [])}
        busy={busy}
        onErase={onErase}
      />
    </Page>
  );
}
