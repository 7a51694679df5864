/** QR codes in pictures: what a camera sees, or a file shows. */
import { decodeQR, decodeQRBatch } from 'qr/decode.js';

/** RGBA, row by row from the top, as `ImageData` has it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A picture that can be drawn in any size. */
export interface Picture {
  readonly longestSide: number;
  /** @param longestSide px, not larger than its own */
  readonly draw: (longestSide: number) => Pixels;
}

/** `none`: no code that can be read. `several`: they say different things. `too-long`: more than any payment has to say. */
export type CodeFailure = 'none' | 'several' | 'too-long';
export type Scanned = { readonly text: string } | { readonly failure: CodeFailure };

/** As long as what may stand in a recipient's field (`lib/bus/utxo`). */
export const LONGEST_TEXT = 2_000;
/** More would take longer, and show no more of a code that somebody wants to be read. */
const LARGEST_SIDE = 1_600;
/** What cannot be read in one size often can in another: its edges fall on other pixels. */
const SIZES = [1, 0.7, 0.5];
/** For looking again and again at a picture in which nothing was found, of each size: the page waits as long (ADR 0005). */
const PATIENCE_MS = 500;

/** One of the many pictures that a camera gives: looked at quickly, the next one is better. */
export async function readFrame(frame: Pixels): Promise<Scanned> {
  const first = oneIn(frame);
  return first === null ? { failure: 'none' } : judged([first, ...(await allIn(frame, {}))]);
}

/** The only picture that there is: looked at longer, in several sizes. */
export async function readPicture({ longestSide, draw }: Picture): Promise<Scanned> {
  for (const size of SIZES) {
    const pixels = draw(Math.round(Math.min(longestSide, LARGEST_SIDE) * size));
    const texts = await allIn(pixels, { effort: Number.POSITIVE_INFINITY, timeLimit: PATIENCE_MS });
    if (texts.length > 0) return judged(texts);
  }
  return { failure: 'none' };
}

function judged(texts: readonly string[]): Scanned {
  const [text, other] = new Set(texts);
  if (text === undefined) return { failure: 'none' };
  if (other !== undefined) return { failure: 'several' };
  return text.length > LONGEST_TEXT ? { failure: 'too-long' } : { text };
}

function oneIn({ width, height, data }: Pixels): string | null {
  try {
    return decodeQR({ width, height, data });
  } catch {
    return null;
  }
}

type Effort = Pick<NonNullable<Parameters<typeof decodeQRBatch>[1]>, 'effort' | 'timeLimit'>;

async function allIn({ width, height, data }: Pixels, effort: Effort): Promise<string[]> {
  const [found = []] = await decodeQRBatch([{ width, height, data }], effort);
  return found.filter((one) => typeof one === 'string');
}
