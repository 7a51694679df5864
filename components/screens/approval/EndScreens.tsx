import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Lead, Page } from '@/components/ui/Page';
import type { Asker } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import { ApprovalFrame, type ApprovalQueue, hostOf } from './Frame';

export interface LockedApprovalProps {
  readonly onUnlock: () => void;
  readonly onReject: () => void;
}

/** While the wallet is locked nobody is told who asks, or what: whoever finds the window open may be anybody. */
export function LockedApproval({ onUnlock, onReject }: LockedApprovalProps) {
  return (
    <Page
      place="middle"
      body="text"
      footer={
        <>
          <Button variant="primary" onClick={onUnlock}>
            {t('approval.locked.action')}
          </Button>
          <Button variant="quiet" onClick={onReject}>
            {t('approval.reject-all')}
          </Button>
        </>
      }
    >
      <div className="grid justify-items-center gap-4">
        <Mark size={48} />
        <Lead title={t('approval.locked.title')}>{t('approval.locked.text')}</Lead>
      </div>
    </Page>
  );
}

/** The page that has asked is no more. */
export function GoneApproval({ onClose }: { readonly onClose: () => void }) {
  return (
    <Page
      place="middle"
      body="text"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('approval.close')}
        </Button>
      }
    >
      <Lead title={t('approval.gone.title')}>{t('approval.gone.text')}</Lead>
    </Page>
  );
}

export interface PhishingBlockProps {
  readonly asker: Asker;
  readonly queue: ApprovalQueue;
  readonly onReject: () => void;
  readonly onShow: () => void;
}

/** Before anything else of a site on the list is shown. */
export function PhishingBlock({ asker, queue, onReject, onShow }: PhishingBlockProps) {
  return (
    <ApprovalFrame
      account={null}
      chain={null}
      asker={asker}
      queue={queue}
      title={t('approval.phishing.title')}
      footer={
        <>
          <Button variant="ink" onClick={onReject}>
            {t('approval.phishing.leave')}
          </Button>
          <ArmingButton variant="risky" onClick={onShow}>
            {t('approval.phishing.show')}
          </ArmingButton>
        </>
      }
    >
      <Note tone="danger" title={t('approval.phishing.text', { site: hostOf(asker.origin) })} />
    </ApprovalFrame>
  );
}
