/** The keys of the wallet's own pages, all with Alt: letters alone would be in the way of typing. */

export type Shortcut = 'help' | 'lock' | 'search' | 'accounts' | 'settings' | 'hide';

/** The key's place, as `KeyboardEvent.code`: a Mac writes other letters while Option is held. */
export const SHORTCUT_KEYS: Readonly<Record<Shortcut, string>> = {
  lock: 'KeyL',
  search: 'KeyK',
  accounts: 'KeyA',
  settings: 'KeyS',
  hide: 'KeyX',
  help: 'KeyH',
};

export const SHORTCUTS: readonly Shortcut[] = ['lock', 'search', 'accounts', 'settings', 'hide', 'help'];

type Press = Pick<KeyboardEvent, 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat'>;

/** Where a key was pressed. */
export interface PressPlace {
  readonly target: 'field' | 'page';
  readonly userAgent: string;
}

const isMac = (userAgent: string): boolean => userAgent.includes('Mac');

/** The shortcut that was pressed, if it was one. In a field of a Mac it is none: Option writes letters there, such as `ł`. */
export function shortcutOf(press: Press, { target, userAgent }: PressPlace): Shortcut | undefined {
  const { code, altKey, ctrlKey, metaKey, shiftKey, repeat } = press;
  if (!altKey || ctrlKey || metaKey || shiftKey || repeat) return undefined;
  if (target === 'field' && isMac(userAgent)) return undefined;
  return SHORTCUTS.find((shortcut) => SHORTCUT_KEYS[shortcut] === code);
}

/** As it stands on the keyboard: `Alt+L`, `⌥L` on a Mac. */
export function keyName(shortcut: Shortcut, userAgent: string): string {
  const letter = SHORTCUT_KEYS[shortcut].slice(-1);
  return isMac(userAgent) ? `⌥${letter}` : `Alt+${letter}`;
}
