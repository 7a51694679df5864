export interface HashProps {
  readonly value: string;
}

/** 64 digits in groups of eight, four on a line. */
export function Hash({ value }: HashProps) {
  const groups = value.match(/.{8}/g) ?? [];
  return (
    <p dir="ltr" title={value} className="flex max-w-[290px] flex-wrap gap-x-2.5 font-mono text-small">
      {groups.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        <span key={place}>{group}</span>
      ))}
    </p>
  );
}
