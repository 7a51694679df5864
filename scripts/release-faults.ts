import type { Copy } from '@/cli/read-copy';

/** A page for developers is known by its name. */
const FOR_DEVELOPERS = 'specimens';

/** Names that only tests may say; the wasm of the Juicebox client knows them all, so what counts is that no code asks. */
const FOR_TESTS = ['FastInsecure', 'simulatedUsb', 'Simulated Mini', 'Halfkey test key'];

/** Why a built extension must not be shipped, one sentence each; empty if nothing was found. */
export function releaseFaults(copy: Copy): string[] {
  const text = new TextDecoder();
  const pages = [...copy.keys()].filter((path) => path.includes(FOR_DEVELOPERS)).map((path) => `${path} is there`);
  const said = [...copy]
    .filter(([path]) => /\.(js|html|json)$/.test(path))
    .flatMap(([path, content]) => {
      const code = text.decode(content);
      return FOR_TESTS.filter((name) => code.includes(name)).map((name) => `${path} says ${name}`);
    });
  return [...pages, ...said, ...loadedTooSoon(copy)];
}

/** Bitcoin and its relatives have this one page; whatever else starts has nothing of them before it is wanted. */
const COINS_PAGE = 'utxo.html';
/** In the table of coins, and nowhere else. */
const COINS_MARK = 'DarkCoin Signed Message:';
const LOADED_AT_ONCE = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;
const LOADED_BY_PAGE = /(?:src|href)="\/([^"]+\.js)"/g;

function loadedTooSoon(copy: Copy): string[] {
  const starts = [...copy.keys()].filter((path) => path === 'background.js' || /^[\w-]+\.html$/.test(path));
  return starts
    .filter((path) => path !== COINS_PAGE)
    .flatMap((start) => {
      const found = [...loadedAtOnce(copy, start)].find((path) => textOf(copy, path).includes(COINS_MARK));
      return found === undefined ? [] : [`${start} loads ${found}, which is of Bitcoin and its relatives`];
    });
}

/** A file and all that it cannot start without. */
function loadedAtOnce(copy: Copy, start: string): ReadonlySet<string> {
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

const textOf = (copy: Copy, path: string): string => new TextDecoder().decode(copy.get(path));
const placeOf = (target: string, base: string): string =>
  new URL(target, `https://copy.invalid/${base}`).pathname.slice(1);
