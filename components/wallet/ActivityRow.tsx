import { ArrowDownLeft, ArrowUpRight, Ban, X } from 'lucide-react';
import { Row } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import { formats, t } from '@/lib/i18n';
import { Amount } from './Amount';
import { shortAddress } from './address-text';

/** What became of something sent; `cancelling`: either it or its cancellation can still be mined. */
export type ActivityState = 'pending' | 'cancelling' | 'confirmed' | 'failed' | 'cancelled' | 'replaced';

export interface ActivityRowProps {
  readonly to: string;
  /** Name of the recipient, where it is known. */
  readonly toName?: string | undefined;
  readonly valueWei: bigint;
  readonly symbol: string;
  readonly decimals?: number;
  readonly state: ActivityState;
  readonly atMs: number;
  readonly onPress: () => void;
}

const DISC: Record<ActivityState | 'received', string> = {
  pending: 'bg-accent-soft text-accent-text',
  cancelling: 'bg-accent-soft text-accent-text',
  confirmed: 'bg-sunken text-ink-2',
  failed: 'bg-danger-soft text-danger',
  cancelled: 'bg-sunken text-ink-2',
  replaced: 'bg-sunken text-ink-2',
  received: 'bg-success-soft text-success',
};

const ICON = {
  pending: ArrowUpRight,
  cancelling: Ban,
  confirmed: ArrowUpRight,
  failed: X,
  cancelled: Ban,
  replaced: Ban,
  received: ArrowDownLeft,
};

export interface ActivityDiscProps {
  readonly state: ActivityState | 'received';
  /** Side in px. */
  readonly size?: number;
}

/** The picture of something sent, or received. */
export function ActivityDisc({ state, size = 36 }: ActivityDiscProps) {
  const Icon = ICON[state];
  return (
    <span
      style={{ width: size, height: size }}
      className={classes('grid place-items-center rounded-full', DISC[state])}
    >
      <Icon aria-hidden="true" size={size / 2} className="rtl:-scale-x-100" />
    </span>
  );
}

/** When, and what came of it; what is under way in accent, failed in danger. */
export function activityLine(state: ActivityState, atMs: number): { readonly text: string; readonly tone: string } {
  const when = formats().moment(atMs);
  switch (state) {
    case 'pending':
    case 'cancelling':
      return { text: t(`activity.${state}`), tone: 'text-accent-text' };
    case 'confirmed':
      return { text: when, tone: 'text-ink-2' };
    case 'failed':
      return { text: `${when} · ${t('activity.failed')}`, tone: 'text-danger' };
    case 'cancelled':
    case 'replaced':
      return { text: `${when} · ${t(`activity.${state}`)}`, tone: 'text-ink-2' };
    default:
      return state satisfies never;
  }
}

/** Whether the amount has left, or may still. */
const leaves = (state: ActivityState): boolean =>
  state === 'pending' || state === 'cancelling' || state === 'confirmed';

/** One thing that was sent. */
export function ActivityRow({ to, toName, valueWei, symbol, decimals = 18, state, atMs, onPress }: ActivityRowProps) {
  const { text, tone } = activityLine(state, atMs);
  return (
    <Row
      leading={<ActivityDisc state={state} />}
      title={<bdi>{t('activity.to', { whom: toName ?? shortAddress(to) })}</bdi>}
      detail={<span className={tone}>{text}</span>}
      trailing={<Amount wei={leaves(state) ? -valueWei : 0n} symbol={symbol} decimals={decimals} />}
      onPress={onPress}
    />
  );
}

export interface ReceivedRowProps {
  /** Null where only the balance is known. */
  readonly from: string | null;
  readonly fromName?: string | undefined;
  readonly units: bigint;
  readonly symbol: string;
  readonly decimals: number;
  readonly atMs: number;
  readonly onPress: () => void;
}

/** One thing that has arrived. */
export function ReceivedRow({ from, fromName, units, symbol, decimals, atMs, onPress }: ReceivedRowProps) {
  const whom = fromName ?? (from === null ? undefined : shortAddress(from));
  return (
    <Row
      leading={<ActivityDisc state="received" />}
      title={<bdi>{whom === undefined ? t('activity.received') : t('activity.from', { whom })}</bdi>}
      detail={t('activity.received.seen', { atMs })}
      trailing={<Amount wei={units} symbol={symbol} decimals={decimals} signed="always" />}
      onPress={onPress}
    />
  );
}
