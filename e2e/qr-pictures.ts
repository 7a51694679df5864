/** Pictures as browsers and cameras take them, of those that tests draw. */
import type { Picture } from '@/lib/scan/testing/pictures';

const BMP_HEAD = 54;
const BMP_INFO = 40;
const BITS = 24;

/** BITMAPINFOHEADER, 24 bits a pixel, without compression, rows from the bottom. */
export function bmpOf({ width, height, data }: Picture): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(BMP_HEAD + row * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(BMP_HEAD, 10);
  bytes.writeUInt32LE(BMP_INFO, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(BITS, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 4);
      bytes.set([blue, green, red], BMP_HEAD + (height - 1 - y) * row + x * 3);
    }
  }
  return bytes;
}

const NO_COLOUR = 128;
const FIRST_LUMA = 16;
const LUMA_LEVELS = 219;

/** YUV4MPEG2: what Chromium shows in the place of a camera (`--use-file-for-fake-video-capture`). One frame, again and again. */
export function y4mOf({ width, height, data }: Picture): Buffer {
  const luma = Buffer.alloc(width * height);
  for (let pixel = 0; pixel < luma.length; pixel += 1)
    luma[pixel] = FIRST_LUMA + ((data[pixel * 4] ?? 0) * LUMA_LEVELS) / 255;
  const chroma = Buffer.alloc((width / 2) * (height / 2) * 2, NO_COLOUR);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), luma, chroma]);
}
