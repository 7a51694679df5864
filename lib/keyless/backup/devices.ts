/** Which devices have a session of the account, as both servers tell it. */
import { z } from 'zod';
import { equalBytes, toHex } from '@/lib/bytes';
import { bytes, timeMs } from '../wire/schema';
import type { DevicesResponse } from '../wire/session';

/** As it is stored and shown. */
export const listedDevice = z.object({
  jkt: bytes(32),
  name: z.string(),
  lastSeenAtMs: timeMs,
  isThis: z.boolean(),
});
export type ListedDevice = z.output<typeof listedDevice>;

/** Each device once, whichever server knows it; this one first, then those that were seen last. */
export function mergeDevices(lists: readonly DevicesResponse['devices'][], own: Uint8Array): ListedDevice[] {
  const merged = new Map<string, ListedDevice>();
  for (const device of lists.flat()) {
    const known = merged.get(toHex(device.jkt));
    const lastSeenAtMs = Math.max(device.lastSeenAtMs, known?.lastSeenAtMs ?? 0);
    merged.set(toHex(device.jkt), { ...device, lastSeenAtMs, isThis: equalBytes(device.jkt, own) });
  }
  return [...merged.values()].sort((a, b) => Number(b.isThis) - Number(a.isThis) || b.lastSeenAtMs - a.lastSeenAtMs);
}
