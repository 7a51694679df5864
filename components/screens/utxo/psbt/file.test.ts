import { expect, it } from 'vitest';
import { psbtBytes, readPsbtFile } from './file';

const BYTES = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff, 1, 0, 0xfe);
const TEXT = 'cHNidP8BAP4=';

it('reads a file of bytes and one of text as the same', async () => {
  expect(await readPsbtFile(new Blob([BYTES]))).toBe(TEXT);
  expect(await readPsbtFile(new Blob([`${TEXT}\n`]))).toBe(TEXT);
});

it('writes the bytes of a text', () => {
  expect(psbtBytes(TEXT)).toEqual(BYTES);
});

it('refuses a file that is too large before it is read', async () => {
  const large = new Blob([new Uint8Array(200_001)]);
  await expect(readPsbtFile(large)).rejects.toMatchObject({ code: 'bad-psbt', details: { reason: 'too-large' } });
});
