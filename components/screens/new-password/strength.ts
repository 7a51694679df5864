/** How a password for this browser is judged while it is typed. */
export type Strength = 'short' | 'weak' | 'fair' | 'good';

/** Characters that the seal asks for at least. */
export const PASSWORD_LEAST = 10;

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

/**
 * A rough guess at how many guesses it takes: bits by length and kinds of characters, with repeated characters
 * counting little. It gives words to the eye, no promise.
 */
export function strengthOf(password: string): Strength {
  const characters = Array.from(password);
  if (characters.length < PASSWORD_LEAST) return 'short';
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  const different = new Set(characters).size;
  const bits = different * (2.5 + kinds * 0.6) + (characters.length - different) * 0.8;
  if (bits < 30) return 'weak';
  return bits < 45 ? 'fair' : 'good';
}
