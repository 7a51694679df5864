/** Not longer than that, in UTF-16 units as fields and schemas count, and without half of a character at its end. */
export const shortened = (text: string, longest: number): string => text.slice(0, longest).replace(/\p{Cs}$/u, '');
