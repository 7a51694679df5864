/** The two places of a sealed record, in an area of a test. */
import type { Area } from '@/lib/platform/storage';
import type { SealedPlace } from '../sealed-store';

export function areaPlaces(area: Area): { sealed: SealedPlace; sealedNext: SealedPlace } {
  const place = (key: string): SealedPlace => ({
    read: async () => (await area.get([key]))[key] ?? null,
    write: (record) => area.set({ [key]: record }),
    remove: () => area.remove([key]),
  });
  return { sealed: place('sealed'), sealedNext: place('sealedNext') };
}
