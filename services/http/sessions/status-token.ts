import { createHash } from 'node:crypto';

const STATUS_LIFE_MS = 90 * 24 * 3_600_000;

/** What a server keeps of a status token: its SHA-256, 32 bytes. */
export function hashOfStatusToken(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** When a status token used now ends, in ms since the epoch. */
export function statusExpiry(nowMs: number): number {
  return nowMs + STATUS_LIFE_MS;
}
