import { useEffect, useLayoutEffect, useState } from 'react';

/** The present, ms since the epoch, renewed every second while a wait is running. */
export function useNowMs(untilMs: number | null): number {
  const [nowMs, setNowMs] = useState(Date.now);
  const waiting = untilMs !== null && nowMs < untilMs;
  // A wait that begins is counted from now, not from when the page was opened; before anything of it is drawn.
  useLayoutEffect(() => {
    if (untilMs !== null) setNowMs(Date.now());
  }, [untilMs]);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [waiting]);
  return nowMs;
}

const SLOW_AFTER_MS = 8_000;

/** True once the same step has been running for eight seconds. */
export function useSlow(step: string): boolean {
  const [slowStep, setSlowStep] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setSlowStep(step), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [step]);
  return slowStep === step;
}
