import type { Copy } from '@/cli/read-copy';
import { loadedAtOnce, startsOf, textOf } from './loaded-at-once';

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
export const COINS_PAGE = 'utxo.html';
/** What few want is loaded by nobody else: a text that is in it and nowhere else, and the page that may have it. */
const WHEN_WANTED = [
  { mark: 'DarkCoin Signed Message:', what: 'is of Bitcoin and its relatives', page: COINS_PAGE },
  { mark: 'imageOnBitmap', what: 'reads QR codes', page: null },
];

function loadedTooSoon(copy: Copy): string[] {
  return startsOf(copy).flatMap((start) =>
    WHEN_WANTED.filter(({ page }) => page !== start).flatMap(({ mark, what }) => {
      const found = [...loadedAtOnce(copy, start)].find((path) => textOf(copy, path).includes(mark));
      return found === undefined ? [] : [`${start} loads ${found}, which ${what}`];
    }),
  );
}
