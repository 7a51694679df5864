import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, type Picture, readFrame, readPicture } from './codes';
import { blurred, drawCode, drawCodes, plain, type Shot, withNoise } from './testing/pictures';

const TEXT = 'bitcoin:bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu?amount=0.25&label=Zoë';
const SHOT: Shot = { width: 640, height: 480, scale: 6 };

/** The same numbers every time. */
function drawnLots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As a canvas draws it smaller. */
const pictureOf = (text: string, shot: Shot): Picture => ({
  longestSide: Math.max(shot.width, shot.height),
  draw: (side) => {
    const factor = side / Math.max(shot.width, shot.height);
    const [width, height] = [Math.round(shot.width * factor), Math.round(shot.height * factor)];
    return drawCode(text, { ...shot, width, height, scale: shot.scale * factor });
  },
});
const onlyIn = (pixels: ReturnType<typeof plain>): Picture => ({ longestSide: pixels.width, draw: () => pixels });

describe('a code in front of a camera', () => {
  it.each<[string, Partial<Shot>]>([
    ['held straight', {}],
    ['far away', { scale: 2.5 }],
    ['turned a little', { turn: 17 }],
    ['lying on its side', { turn: 90 }],
    ['upside down', { turn: 180 }],
    ['held at an angle', { tilt: 0.05, turn: 25 }],
    ['at the edge of the picture', { at: { x: 175, y: 300 } }],
    ['light on dark', { dark: 255, light: 0 }],
    ['in poor light', { dark: 100, light: 150 }],
  ])('is read %s', async (_, change) => {
    expect(await readFrame(drawCode(TEXT, { ...SHOT, ...change }))).toEqual({ text: TEXT });
  });

  it('is read through noise and out of focus', async () => {
    const sharp = drawCode(TEXT, SHOT);
    expect(await readFrame(withNoise(sharp, 80, drawnLots(1)))).toEqual({ text: TEXT });
    expect(await readFrame(blurred(sharp, 2))).toEqual({ text: TEXT });
  });

  it('is none where there is none, or nothing of it is left', async () => {
    expect(await readFrame(plain(640, 480, 120))).toEqual({ failure: 'none' });
    expect(await readFrame(withNoise(plain(640, 480, 120), 100, drawnLots(2)))).toEqual({ failure: 'none' });
    expect(await readFrame(blurred(drawCode(TEXT, SHOT), 12))).toEqual({ failure: 'none' });
    expect(await readFrame(drawCode(TEXT, { ...SHOT, at: { x: 0, y: 0 } }))).toEqual({ failure: 'none' });
  });

  it('is not chosen from several; the same one twice is one', async () => {
    const left = { ...SHOT, width: 1_280, height: 720, scale: 5, at: { x: 300, y: 360 } };
    const right = { ...left, at: { x: 950, y: 360 } };
    const other = `${TEXT}2`;
    expect(
      await readFrame(
        drawCodes([
          { text: TEXT, shot: left },
          { text: other, shot: right },
        ]),
      ),
    ).toEqual({
      failure: 'several',
    });
    expect(
      await readFrame(
        drawCodes([
          { text: TEXT, shot: left },
          { text: TEXT, shot: right },
        ]),
      ),
    ).toEqual({ text: TEXT });
  });

  it('has an end', async () => {
    const large: Shot = { width: 1_000, height: 1_000, scale: 5 };
    const longest = 'A'.repeat(LONGEST_TEXT);
    expect(await readFrame(drawCode(longest, large))).toEqual({ text: longest });
    expect(await readFrame(drawCode(`${longest}A`, large))).toEqual({ failure: 'too-long' });
  });
});

describe('a picture', () => {
  it('is looked at in several sizes before nothing is found', async () => {
    const sides: number[] = [];
    const draw = (side: number) => {
      sides.push(side);
      return plain(32, 32, 255);
    };
    expect(await readPicture({ longestSide: 4_000, draw })).toEqual({ failure: 'none' });
    expect(sides).toEqual([1_600, 1_120, 800]);
  });

  it('with several codes is refused', async () => {
    const two = drawCodes([
      { text: TEXT, shot: { ...SHOT, width: 1_280, height: 720, scale: 5, at: { x: 300, y: 360 } } },
      { text: 'other', shot: { ...SHOT, scale: 8, at: { x: 950, y: 360 } } },
    ]);
    expect(await readPicture(onlyIn(two))).toEqual({ failure: 'several' });
  });

  it('of any payment is read at any turn and in any light, and never as something else', async () => {
    const payment = fc.tuple(
      fc.constantFrom('bitcoin:bc1q', 'ethereum:0x', '1', 'bitcoincash:q'),
      fc.stringMatching(/^[a-z0-9]{20,80}$/),
    );
    const shot = fc.record({
      scale: fc.double({ min: 4, max: 6, noNaN: true }),
      turn: fc.integer({ min: 0, max: 359 }),
      dark: fc.integer({ min: 0, max: 90 }),
      light: fc.integer({ min: 190, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(payment, shot, async ([scheme, rest], how) => {
        const picture = pictureOf(scheme + rest, { width: 480, height: 480, ...how });
        expect(await readPicture(picture)).toEqual({ text: scheme + rest });
      }),
      { numRuns: 20 },
    );
  });
});
