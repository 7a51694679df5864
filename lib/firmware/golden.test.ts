import { sha256 } from '@noble/hashes/sha2.js';
import { expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { buildImage, signImage } from './testing/synthetic';

it.each([
  ['an unsigned Mini', buildImage(), '7fba189f2bf6c1068a922f5b3a70645790e9309e07d1207a24f2311179a282fd'],
  [
    'a signed Mini',
    signImage(buildImage(), [1, 2, 3, 4]),
    'cd52ec1fbec0490284fd4daf55d9a82e598c84a8a2ccd1714a3b2cf81199e481',
  ],
  [
    'an unsigned Trezor One',
    buildImage({ family: 'TRZF' }),
    '15c0cba428bb611371b3b8f5812d5554c5a4b4a8fa4b77cedfe9b0b7b780f0ea',
  ],
  [
    'a signed Trezor One',
    signImage(buildImage({ family: 'TRZF' }), [1, 3]),
    'bbf2845a1c12c22c0557633cb16ce25979d56f0e3edae6990a180b147375a11f',
  ],
])('%s has stayed what it was: layout, hashes and signatures', (_, image, hash) => {
  expect(toHex(sha256(image))).toBe(hash);
});
