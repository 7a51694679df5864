import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { Page } from '@/components/ui/Page';
import { Identicon } from '@/components/wallet/Identicon';
import { NetworkIcon } from '@/components/wallet/NetworkIcon';
import type { Asker, ReviewChain } from '@/lib/bus/review';
import { t } from '@/lib/i18n';

/** The account that is asked, as it is shown. */
export interface ApprovalAccount {
  readonly name: string;
  readonly address: string;
  readonly avatar?: number | undefined;
}

export interface ApprovalQueue {
  /** From 1. */
  readonly place: number;
  readonly total: number;
}

/** The host that asks, without what every site has in front of it. */
export const hostOf = (origin: string): string => origin.replace(/^https:\/\//, '');

/** A page that has no origin of its own, or does not answer, is `null`. */
const embeddedText = (site: string, topOrigin: string | null): string =>
  topOrigin === null || topOrigin === 'null'
    ? t('approval.embedded.somewhere', { site })
    : t('approval.embedded', { site, top: hostOf(topOrigin) });

interface BarProps {
  readonly account: ApprovalAccount | null;
  readonly chain: Pick<ReviewChain, 'chainId' | 'name'> | null;
}

/** Account and network in place of a header: no page of the wallet looks like this. */
function Bar({ account, chain }: BarProps) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b bg-surface px-gutter py-1.5 text-small">
      {account === null ? (
        <span />
      ) : (
        <span className="flex min-w-0 items-center gap-2 font-medium">
          <Identicon address={account.address} avatar={account.avatar} size={22} />
          <span className="min-w-0 break-words">
            <span className="sr-only">{t('approval.account', { name: '' })}</span>
            {account.name}
          </span>
        </span>
      )}
      {chain !== null && (
        <span className="ms-auto flex min-w-0 items-center gap-1.5 text-ink-2">
          <NetworkIcon chainId={chain.chainId} name={chain.name} size={18} />
          <span className="min-w-0 break-words">{chain.name}</span>
        </span>
      )}
    </header>
  );
}

/** A frame is named with the page around it. The end of a host is who it is: long ones break, they are never cut. */
function Who({ asker, queue }: { readonly asker: Asker; readonly queue: ApprovalQueue }) {
  const host = hostOf(asker.origin);
  const isInside = asker.topOrigin !== null && asker.topOrigin !== asker.origin;
  return (
    <div className="flex items-center gap-3 pt-4">
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-small bg-sunken font-semibold text-heading text-ink-2 uppercase"
      >
        {host.slice(0, 1)}
      </span>
      <span className="grid min-w-0 flex-1">
        <bdi dir="ltr" className="text-start font-semibold text-origin [overflow-wrap:anywhere] rtl:text-end">
          {host}
        </bdi>
        {isInside && (
          <span className="flex items-center gap-1.5 text-small text-warn">
            <TriangleAlert aria-hidden="true" size={14} className="shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{embeddedText(host, asker.topOrigin)}</span>
          </span>
        )}
      </span>
      {queue.total > 1 && (
        <span className="shrink-0 self-start rounded-full bg-sunken px-2.5 py-1 font-label text-ink-2 text-tiny tabular-nums">
          {t('approval.queue', queue)}
        </span>
      )}
    </div>
  );
}

export interface ApprovalFooterProps {
  readonly danger: boolean;
  readonly action: string;
  readonly disabled: boolean;
  readonly busyLabel: string | undefined;
  /** Changes with what is shown: the button is armed anew. */
  readonly digest: string;
  readonly queue: ApprovalQueue;
  readonly onApprove: () => void;
  readonly onReject: () => void;
  readonly onRejectAll: () => void;
}

/** Reject left, the action right; where something can be lost, Reject is ink and at least as wide. Places never swap. */
export function ApprovalFooter(props: ApprovalFooterProps) {
  const { danger, action, disabled, busyLabel, digest, queue, onApprove, onReject, onRejectAll } = props;
  const busy = busyLabel !== undefined;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          variant={danger ? 'ink' : 'secondary'}
          onClick={onReject}
          disabled={busy}
          className={classes('min-w-fit', danger ? 'flex-[1.1_1_8rem]' : 'flex-[1_1_6rem]')}
        >
          {t('approval.reject')}
        </Button>
        <ArmingButton
          key={digest}
          variant={danger ? 'risky' : 'primary'}
          disabled={disabled}
          busyLabel={busyLabel}
          onClick={onApprove}
          className={classes('max-w-full', danger ? 'flex-[1_1_8rem]' : 'flex-[1.5_1_9rem]')}
        >
          {action}
        </ArmingButton>
      </div>
      {queue.total > 1 && (
        <Button variant="quiet" onClick={onRejectAll} disabled={busy} className="justify-self-center">
          {t('approval.reject-all')}
        </Button>
      )}
    </>
  );
}

export interface ApprovalFrameProps extends BarProps {
  readonly asker: Asker;
  readonly queue: ApprovalQueue;
  readonly title: string;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** Who, what, what changes, cost, details; in this order on every screen. */
export function ApprovalFrame({ account, chain, asker, queue, title, footer, children }: ApprovalFrameProps) {
  return (
    <Page header={<Bar account={account} chain={chain} />} footer={footer} body="text">
      <Who asker={asker} queue={queue} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-4">
        <h1 className="text-balance text-title [overflow-wrap:anywhere]">{title}</h1>
        {children}
      </div>
    </Page>
  );
}
