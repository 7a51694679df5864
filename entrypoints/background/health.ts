/** How the backup is: asked when a page opens and every few hours, shown with its age. */
import type { BackupView } from '@/lib/bus/backup';
import { toBase64url, toHex } from '@/lib/bytes';
import type { StatusWatch } from '@/lib/keyless/backup/status';
import { askRealms } from '@/lib/keyless/parties/realms-up';
import { decodeActivation } from '@/lib/keyless/wire/statement';
import type { Cells } from './cells';
import { environment } from './environment';
import { pins } from './pins';

/** Between two questions of pages that open. */
const LEAST_AGE_MS = 20_000;
export const POLL_EVERY_MS = 6 * 3_600_000;

export interface HealthParts {
  readonly cells: Pick<Cells, 'status' | 'device'>;
  readonly watch: StatusWatch;
}

export function openHealth({ cells, watch }: HealthParts) {
  let realms: readonly { readonly host: string; readonly up: boolean }[] | null = null;
  return {
    poll: watch.poll,
    noted: watch.noted,
    /** Unless it was asked a moment ago. */
    pollIfOld: async (): Promise<void> => {
      const status = await cells.status.read();
      if (status === null || environment.now() - status.askedAtMs > LEAST_AGE_MS) await watch.poll();
    },
    /** Everybody, the realms by their greeting, too: it spends nothing. */
    askAll: async (): Promise<void> => {
      const device = await cells.device.read();
      if (device === null) return;
      const { realmSetId } = decodeActivation(device.statement);
      const realmSet = pins.realmSets.get(toHex(realmSetId)) ?? pins.currentRealmSet;
      const [answers] = await Promise.all([askRealms(environment.fetch, realmSet), watch.poll()]);
      realms = answers;
    },
    shown: async (): Promise<BackupView['health']> => {
      const status = await cells.status.read();
      if (status === null) return null;
      const { triesToldAtMs: _, recoveriesToldAtMs: __, generation: ___, order, devices, ...rest } = status;
      const shownOrder = order && { order: order.order, deadlineMs: order.deadlineMs };
      const shownDevices = devices?.map(({ jkt, ...device }) => ({ ...device, jkt: toBase64url(jkt) })) ?? null;
      return { ...rest, order: shownOrder, devices: shownDevices, realms: realms && [...realms] };
    },
  };
}
