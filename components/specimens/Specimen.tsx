import type { ReactNode } from 'react';

export interface SpecimenProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** One part in one state, and the name of that. */
export function Specimen({ label, children }: SpecimenProps) {
  return (
    <div className="grid gap-1.5 text-center">
      {children}
      <span className="text-ink-3 text-tiny">{label}</span>
    </div>
  );
}

export const nothing = () => undefined;
