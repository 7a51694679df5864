import type { ReactNode } from 'react';
import { Logo } from './Mark';

export interface TabPageProps {
  /** Of the product, beside the mark. */
  readonly name: string;
  /** Where in it this is. */
  readonly place: string;
  readonly trailing?: ReactNode;
  readonly children: ReactNode;
}

/** A page of its own in a tab: a header of 60 with mark and place, and a body that scrolls. */
export function TabPage({ name, place, trailing, children }: TabPageProps) {
  return (
    <div className="flex h-full flex-col bg-bg">
      <header className="flex min-h-15 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-gutter py-2 lg:px-7">
        <Logo name={name} />
        <h1 className="border-line text-body text-ink-2 sm:border-s sm:ps-4">{place}</h1>
        {trailing !== undefined && <div className="ms-auto">{trailing}</div>}
      </header>
      <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</main>
    </div>
  );
}
