/** Twelve hues that stay apart from each other on both grounds. */
const HUES = [
  '#3E5BC0',
  '#2F7D8C',
  '#3B7F52',
  '#8A7A1E',
  '#B8742A',
  '#B5523C',
  '#A8456B',
  '#7C4FA0',
  '#5B6472',
  '#1F6F6B',
  '#9A5B2F',
  '#4A4A86',
] as const;

const TURNS = 8;

export interface IdenticonParts {
  readonly first: string;
  readonly second: string;
  /** Degrees, a multiple of 45. */
  readonly turn: number;
}

/** FNV-1a, 32 bits: even enough for a picture, and not meant for anything else. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (value ^ (value >>> 15)) >>> 0;
}

/**
 * Two different hues and a turn, the same for every spelling of an address.
 * @param avatar which of the pictures of this address; 0 is the first
 */
export function identiconParts(address: string, avatar = 0): IdenticonParts {
  const value = hash(avatar === 0 ? address.toLowerCase() : `${avatar} ${address.toLowerCase()}`);
  const first = value % HUES.length;
  const step = 1 + (Math.floor(value / HUES.length) % (HUES.length - 1));
  const turn = Math.floor(value / (HUES.length * HUES.length)) % TURNS;
  return {
    first: HUES[first] ?? HUES[0],
    second: HUES[(first + step) % HUES.length] ?? HUES[1],
    turn: turn * (360 / TURNS),
  };
}
