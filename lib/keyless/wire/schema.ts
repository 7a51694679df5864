/** Building blocks of the wire schemas. Bytes travel as base64url, times as whole milliseconds since the epoch. */
import { z } from 'zod';
import { fromBase64url, toBase64url } from '@/lib/bytes';

/** Exactly `length` bytes. */
export const bytes = (length: number) => bytesBetween(length, length);

/** Between `least` and `most` bytes. */
export const bytesBetween = (least: number, most: number) =>
  z.codec(
    z.string().max(Math.ceil((most * 4) / 3)),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length >= least && value.length <= most),
    {
      decode: (text, context) => {
        try {
          return fromBase64url(text);
        } catch {
          context.issues.push({ code: 'custom', message: 'not base64url', input: text });
          return z.NEVER;
        }
      },
      encode: toBase64url,
    },
  );

const u32 = () => z.int().min(0).max(0xffff_ffff);

export const u32Number = u32();
/** 0 before the first backup. */
export const generationNumber = u32();
export const timeMs = z.int().min(0).max(8.64e15);
