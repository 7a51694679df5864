/** What belongs to a query: every word of it has to stand in one of the texts, whatever the case and the accents. */
export function matches(query: string, texts: readonly string[]): boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const all = texts.map(plain);
  const words = plain(query).split(/\s+/).filter(Boolean);
  return words.length > 0 && words.every((word) => all.some((text) => text.includes(word)));
}
