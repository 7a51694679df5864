const SENTENCES = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** A text in two: its first sentence, and what follows (empty where nothing does). */
export function firstSentence(text: string): readonly [first: string, rest: string] {
  const first = SENTENCES.segment(text).containing(0)?.segment ?? '';
  return [first.trimEnd(), text.slice(first.length)];
}
