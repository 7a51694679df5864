/** What is in a picture of a file, a clipboard or a camera. Nothing of it leaves the page. */
import type { Picture, Pixels } from '@/lib/scan/codes';

/** `too-large` in bytes or in pixels. */
export type PictureFailure = 'too-large' | 'not-a-picture';

const LARGEST_FILE = 20_000_000;
/** Of the largest cameras; more would take memory that a page may not have. */
const MOST_PIXELS = 120_000_000;
/** As much of a frame as a code needs: the rest is time. */
const FRAME_SIDE = 1_280;

/** @param read what is done with it, while it is there */
export async function withPicture<Result>(
  file: Blob,
  read: (picture: Picture) => Promise<Result>,
): Promise<Result | PictureFailure> {
  if (file.size > LARGEST_FILE) return 'too-large';
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return 'not-a-picture';
  const { width, height } = bitmap;
  try {
    if (width * height > MOST_PIXELS) return 'too-large';
    return await read({ longestSide: Math.max(width, height), draw: (side) => drawn(bitmap, { width, height }, side) });
  } finally {
    bitmap.close();
  }
}

/** What a camera shows now; null while it shows nothing. */
export function frameOf(video: HTMLVideoElement): Pixels | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || width === 0) return null;
  return drawn(video, { width, height }, FRAME_SIDE);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawn(source: CanvasImageSource, { width, height }: Size, longest: number): Pixels {
  const shrink = Math.min(1, longest / Math.max(width, height));
  const [wide, high] = [width, height].map((side) => Math.max(1, Math.round(side * shrink))) as [number, number];
  const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  // Codes are dark on light: what shows through is light.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, wide, high);
  context.drawImage(source, 0, 0, wide, high);
  return context.getImageData(0, 0, wide, high);
}
