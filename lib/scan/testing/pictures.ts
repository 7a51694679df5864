/** Pictures with QR codes in them, as cameras and files bring them. */
import encodeQR from 'qr';

/** RGBA, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Of the code's middle, px. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Pixels a module, need not be whole. */
  readonly scale: number;
  /** Degrees, clockwise. */
  readonly turn?: number;
  /** How much further away the right side is: 0.2 makes it a fifth smaller. */
  readonly tilt?: number;
  /** Grey levels of dark and light modules, 0 to 255. */
  readonly dark?: number;
  readonly light?: number;
}

const LIGHT = 255;
const QUIET_MODULES = 4;
/** Points a side that a pixel is the mean of. */
const SAMPLES = 2;

/** One code on a plain ground. */
export const drawCode = (text: string, shot: Shot): Picture => drawCodes([{ text, shot }]);

/** Several, on the ground of the first; a later one lies above. */
export function drawCodes(codes: readonly { readonly text: string; readonly shot: Shot }[]): Picture {
  const [first] = codes;
  if (first === undefined) throw new Error('no code');
  const { width, height } = first.shot;
  const picture = plain(width, height, first.shot.light ?? LIGHT);
  for (const { text, shot } of codes) drawInto(picture, encodeQR(text, 'raw', { border: QUIET_MODULES }), shot);
  return picture;
}

/** Nothing but one grey. */
export function plain(width: number, height: number, grey: number): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) data.fill(grey, pixel * 4, pixel * 4 + 3);
  return { width, height, data };
}

function drawInto({ width, height, data }: Picture, modules: readonly (readonly boolean[])[], shot: Shot): void {
  const { at = { x: width / 2, y: height / 2 }, scale, turn = 0, tilt = 0, dark = 0, light = LIGHT } = shot;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const greyAt = (x: number, y: number): number | null => {
    const [right, down] = [(x - at.x) * cos + (y - at.y) * sin, (y - at.y) * cos - (x - at.x) * sin];
    // What is further away is smaller: both lengths are stretched back.
    const away = 1 - (tilt * right) / (modules.length * scale);
    const column = Math.floor(right / scale / away + modules.length / 2);
    const row = Math.floor(down / scale / away + modules.length / 2);
    const module = modules[row]?.[column];
    return module === undefined ? null : module ? dark : light;
  };
  // From its middle to a corner, and what leans towards the eye is larger.
  const reach = modules.length * scale * Math.SQRT1_2 * (1 + tilt) + 1;
  for (let y = Math.max(0, Math.floor(at.y - reach)); y < Math.min(height, at.y + reach); y += 1) {
    for (let x = Math.max(0, Math.floor(at.x - reach)); x < Math.min(width, at.x + reach); x += 1) {
      const place = (y * width + x) * 4;
      data.fill(meanAround(x, y, greyAt) ?? data[place] ?? light, place, place + 3);
    }
  }
}

function meanAround(x: number, y: number, greyAt: (x: number, y: number) => number | null): number | null {
  let sum = 0;
  let count = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const grey = greyAt(x + ((sample % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES);
    if (grey === null) continue;
    sum += grey;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** @param random of 0 to 1 @param strength the most that a pixel changes, in grey levels */
export function withNoise({ width, height, data }: Picture, strength: number, random: () => number): Picture {
  const noisy = data.slice();
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const change = (random() * 2 - 1) * strength;
    for (let channel = 0; channel < 3; channel += 1)
      noisy[pixel * 4 + channel] = (data[pixel * 4 + channel] ?? 0) + change;
  }
  return { width, height, data: noisy };
}

/** Each pixel the mean of those around it. @param reach pixels to each side */
export function blurred(picture: Picture, reach: number): Picture {
  return blurredAlong(blurredAlong(picture, reach, 1, 0), reach, 0, 1);
}

function blurredAlong({ width, height, data }: Picture, reach: number, stepX: number, stepY: number): Picture {
  const soft = data.slice();
  const within = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let step = -reach; step <= reach; step += 1) {
        sum += data[(within(y + step * stepY, height) * width + within(x + step * stepX, width)) * 4] ?? 0;
      }
      const place = (y * width + x) * 4;
      soft.fill(sum / (2 * reach + 1), place, place + 3);
    }
  }
  return { width, height, data: soft };
}
