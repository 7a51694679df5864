import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** The one thing that can be done. */
  readonly action?: ReactNode;
  /** `status` where it took the place of something else: then it is read out. */
  readonly role?: 'status';
}

/** What stands where a list will be. */
export function EmptyState({ icon, title, children, action, role }: EmptyStateProps) {
  return (
    <div role={role} className="grid flex-1 place-content-center justify-items-center gap-1 px-6 py-8 text-center">
      {icon !== undefined && <span className="mb-2 text-ink-3">{icon}</span>}
      <p className="font-medium text-body">{title}</p>
      {children !== undefined && <p className="text-balance text-ink-2 text-small">{children}</p>}
      {action !== undefined && <span className="mt-3">{action}</span>}
    </div>
  );
}

export interface SkeletonProps {
  readonly className: string;
  /** Of what will stand there: words, or a round picture. */
  readonly shape?: 'words' | 'disc';
}

/** A quiet block where something is about to stand; its size comes from the class. */
export function Skeleton({ className, shape = 'words' }: SkeletonProps) {
  const round = shape === 'disc' ? 'rounded-full' : 'rounded-small';
  return <span aria-hidden="true" className={`inline-block animate-pulse bg-line ${round} ${className}`} />;
}
