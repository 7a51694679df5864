import { Direction as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export interface DirectionProps {
  /** The direction of the language. */
  readonly direction: 'ltr' | 'rtl';
  readonly children: ReactNode;
}

/** Tells tabs, segments and menus inside which way the language runs; the document's `dir` does not reach their keys. */
export function Direction({ direction, children }: DirectionProps) {
  return <Primitive.Provider dir={direction}>{children}</Primitive.Provider>;
}
