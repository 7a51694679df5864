/** What the files of a built extension load before anything of them runs. */
import type { Copy } from '@/cli/read-copy';

const LOADED_AT_ONCE = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;
const LOADED_BY_PAGE = /(?:src|href)="\/([^"]+\.js)"/g;

/** What the browser starts with: the background, and every page. */
export const startsOf = (copy: Copy): string[] =>
  [...copy.keys()].filter((path) => path === 'background.js' || /^[\w-]+\.html$/.test(path));

/** A file and all that it cannot start without. */
export function loadedAtOnce(copy: Copy, start: string): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (path: string): void => {
    if (all.has(path) || !copy.has(path)) return;
    all.add(path);
    const [pattern, base] = path.endsWith('.html') ? [LOADED_BY_PAGE, ''] : [LOADED_AT_ONCE, path];
    for (const [, target = ''] of textOf(copy, path).matchAll(pattern)) visit(placeOf(target, base));
  };
  visit(start);
  return all;
}

export const textOf = (copy: Copy, path: string): string => new TextDecoder().decode(copy.get(path));
const placeOf = (target: string, base: string): string =>
  new URL(target, `https://copy.invalid/${base}`).pathname.slice(1);
