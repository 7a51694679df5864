import { useEffect, useRef } from 'react';

/** Often enough for a lock after one idle minute, seldom enough not to keep the background awake. */
const EVERY_MS = 20_000;

/** Tells of any key or press on this page, at most every twenty seconds. */
export function useTouch(touch: () => void): void {
  const latest = useRef(touch);
  latest.current = touch;
  useEffect(() => {
    let toldAtMs = Number.NEGATIVE_INFINITY;
    const tell = () => {
      if (performance.now() - toldAtMs < EVERY_MS) return;
      toldAtMs = performance.now();
      latest.current();
    };
    addEventListener('pointerdown', tell);
    addEventListener('keydown', tell);
    return () => {
      removeEventListener('pointerdown', tell);
      removeEventListener('keydown', tell);
    };
  }, []);
}
