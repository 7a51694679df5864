import { useEffect, useRef } from 'react';

/** Asks now, and again while this page stays in view: something may arrive. */
export function useFresh(ask: () => void, everyMs: number): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const askInView = () => {
      if (document.visibilityState === 'visible') latest.current();
    };
    askInView();
    const timer = setInterval(askInView, everyMs);
    document.addEventListener('visibilitychange', askInView);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askInView);
    };
  }, [everyMs]);
}
