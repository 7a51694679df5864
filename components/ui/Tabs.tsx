import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A number beside the label, for example of what is pending. */
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly initial: Value;
  readonly tabs: readonly Tab<Value>[];
}

/** A few lists in one place. */
export function Tabs<Value extends string>({ label, initial, tabs }: TabsProps<Value>) {
  return (
    <Primitive.Root defaultValue={initial} className="flex min-h-0 flex-1 flex-col">
      <Primitive.List aria-label={label} className="flex gap-5 border-line border-b px-gutter">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex min-h-10 items-center gap-1.5 border-transparent border-b-2 font-medium text-body text-ink-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && (
              <span className="grid min-h-[18px] min-w-[18px] place-items-center rounded-full bg-accent-soft px-1 text-accent-text text-tiny tabular-nums">
                {tab.count}
              </span>
            )}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content
          key={tab.value}
          value={tab.value}
          className="flex flex-1 flex-col px-gutter py-1 -outline-offset-2 data-[state=inactive]:hidden"
        >
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
