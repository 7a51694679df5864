export interface SpinnerProps {
  /** Side in px. */
  readonly size?: number;
}

/** An arc that turns, in the colour of the text around it. The words beside it say what is being done. */
export function Spinner({ size = 18 }: SpinnerProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      className="shrink-0 animate-turn"
    >
      <circle cx="10" cy="10" r="8" stroke="currentColor" strokeWidth="2.2" opacity="0.3" />
      <path d="M10 2a8 8 0 0 1 0 16" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
