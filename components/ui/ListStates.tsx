import { CircleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState, Skeleton } from './EmptyState';

export interface LoadingStateProps {
  /** Read out, and all there is to hear. */
  readonly label: string;
  /** About as many as will come. */
  readonly rows?: number;
}

/** Where rows are about to stand: their shape, without a word. */
export function LoadingState({ label, rows = 3 }: LoadingStateProps) {
  return (
    <div role="status" className="grid">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <span key={row} aria-hidden="true" className="flex min-h-14 items-center gap-3">
          <Skeleton shape="disc" className="size-9" />
          <span className="grid flex-1 gap-1.5">
            <Skeleton className="h-3.5 w-28" />
            <Skeleton className="h-3 w-20" />
          </span>
          <Skeleton className="h-3.5 w-16" />
        </span>
      ))}
    </div>
  );
}

export interface FailedStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The one thing that can be done. */
  readonly action?: ReactNode;
}

/** Where a list should be, and something stood in its way. */
export function ErrorState({ title, children, action }: FailedStateProps) {
  return (
    <EmptyState
      icon={<CircleAlert aria-hidden="true" size={22} className="text-danger" />}
      title={title}
      action={action}
      role="status"
    >
      {children}
    </EmptyState>
  );
}

/** The same without a network: nothing is wrong with the wallet. */
export function OfflineState({ title, children, action }: FailedStateProps) {
  return (
    <EmptyState icon={<WifiOff aria-hidden="true" size={22} />} title={title} action={action} role="status">
      {children}
    </EmptyState>
  );
}
