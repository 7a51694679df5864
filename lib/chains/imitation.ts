/** Tokens that call themselves as another one does, or almost. */

interface Named {
  readonly symbol: string;
  readonly name: string;
}

/** Letters and digits that are taken for another one (a small part of Unicode TR 39's confusables). */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '5': 's',
  '8': 'b',
  $: 's',
  '₮': 't',
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'l',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  υ: 'u',
  у: 'y',
  х: 'x',
  α: 'a',
  ο: 'o',
  τ: 't',
};

/** What is left of a name when everything is gone that the eye does not hold on to. */
function skeleton(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase();
  return Array.from(plain, (letter) => LOOKS_LIKE[letter] ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The symbol of the first of the trusted ones that a token only looks like, or null. It is none of them itself. */
export function imitated(token: Named, trusted: readonly Named[]): string | null {
  const [symbol, name] = [skeleton(token.symbol), skeleton(token.name)];
  const found = trusted.find((one) => skeleton(one.symbol) === symbol || (name !== '' && skeleton(one.name) === name));
  return found?.symbol ?? null;
}
