import { describe, expect, it } from 'vitest';
import { readBody } from './body';

/** Zeroes in pieces of 1,000 bytes, without end. */
function endless() {
  const seen = { pieces: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      seen.pieces += 1;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => {
      seen.cancelled = true;
    },
  });
  return { seen, response: new Response(body as unknown as BodyInit) };
}

describe('readBody', () => {
  it('gives the whole of a body that fits, and an empty one for none', async () => {
    expect(await readBody(new Response('halfkey'), 7)).toEqual(new TextEncoder().encode('halfkey'));
    expect(await readBody(new Response(null), 0)).toEqual(new Uint8Array());
  });

  it('stops reading where it becomes too long', async () => {
    const { seen, response } = endless();
    await expect(readBody(response, 3500)).rejects.toThrow(RangeError);
    expect(seen.cancelled).toBe(true);
    expect(seen.pieces).toBeLessThan(8);
  });
});
