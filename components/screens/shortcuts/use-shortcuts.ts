import { useEffect, useRef } from 'react';
import { type Shortcut, shortcutOf } from './keys';

export type ShortcutActions = Partial<Record<Shortcut, () => void>>;

const targetOf = ({ target }: KeyboardEvent): 'field' | 'page' =>
  target instanceof Element && target.matches('input, textarea') ? 'field' : 'page';

/** Does what a shortcut says, while this is on the page. Below an open sheet only the lock works. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, { target: targetOf(event), userAgent: navigator.userAgent });
      const act = shortcut && latest.current[shortcut];
      if (act === undefined) return;
      if (shortcut !== 'lock' && document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
