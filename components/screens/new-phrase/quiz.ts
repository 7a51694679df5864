import type { QuizQuestion } from './Screen';

const QUESTIONS = 3;
const CHOICES = 4;

/**
 * Three questions about different words of a phrase, in the order of the phrase, each with three wrong words of it.
 * @param below a random whole number from 0 to below `limit`
 */
export function quizOf(words: readonly string[], below: (limit: number) => number): QuizQuestion[] {
  const places = drawn(
    words.map((_, place) => place),
    QUESTIONS,
    below,
  ).sort((one, other) => one - other);
  return places.map((place) => {
    const right = words[place] ?? '';
    const others = [...new Set(words)].filter((word) => word !== right);
    const choices = drawn([right, ...drawn(others, CHOICES - 1, below)], CHOICES, below);
    return { place: place + 1, choices, right: choices.indexOf(right) };
  });
}

/** So many of them, each at most once, in random order. */
function drawn<Item>(items: readonly Item[], count: number, below: (limit: number) => number): Item[] {
  const left = [...items];
  const picked: Item[] = [];
  while (picked.length < count && left.length > 0) picked.push(...left.splice(below(left.length), 1));
  return picked;
}
