/** What a password of this browser must be: somebody with the disk can try as many as Argon2id lets him. */

export const PASSWORD_LENGTH = { least: 10, most: 256 } as const;
const LEAST_DIFFERENT = 5;

export type PasswordWeakness = 'too-short' | 'too-long' | 'few-different' | 'common';

/** Beginnings of leaked lists; whatever contains one and little else is refused. */
const COMMON =
  /password|passw0rd|qwerty|iloveyou|letmein|welcome|admin|abc123|halfkey|bitcoin|ethereum|1234567|0987654/g;

/** Why a password is refused, or null. Counted in characters of its NFKC form. */
export function passwordWeakness(password: string): PasswordWeakness | null {
  const characters = Array.from(password.normalize('NFKC').toLowerCase());
  if (characters.length < PASSWORD_LENGTH.least) return 'too-short';
  if (characters.length > PASSWORD_LENGTH.most) return 'too-long';
  if (new Set(characters).size < LEAST_DIFFERENT) return 'few-different';
  const rest = characters.join('').replace(COMMON, '');
  return rest.length < characters.length && rest.length < LEAST_DIFFERENT ? 'common' : null;
}
