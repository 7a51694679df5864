import { useEffect, useRef } from 'react';

/** Does `work` when the page has been drawn for the first time, and never again, whatever it works with. */
export function useOnce(work: () => void): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    work();
  });
}
