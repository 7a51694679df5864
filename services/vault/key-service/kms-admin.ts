/** Rotation of the key service's keys: a new version, every share under it, and the old version out of use. */
import { toHex } from '@/lib/bytes';
import { type CanaryStore, rewrapCanary } from '@/services/kms/canary';
import { type KeyAdmin, type KeyProvider, KmsError } from '@/services/kms/key-provider';
import { type RewrapParts, rewrapBatch } from './rewrap';

export interface KmsAdminParts extends Omit<RewrapParts, 'currentVersion'> {
  readonly keys: KeyProvider & KeyAdmin;
  readonly canary: CanaryStore;
  /** Told of what was done, a line a batch. */
  readonly report: (line: Readonly<Record<string, string | number>>) => void;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Twice as long as a running process may take to notice a new version, by either driver. */
export const SETTLE_MS = 130_000;

export async function rotate({ keys, report }: KmsAdminParts): Promise<void> {
  report({ done: 'rotate', version: await keys.addVersion() });
}

/**
 * Brings everything under the current version, from the account behind `after` on. Stopped at any moment, it may be begun
 * anew from the last id that it told, or from the first.
 */
export async function rewrap(parts: KmsAdminParts, after: Uint8Array | null, batch: number): Promise<void> {
  const { keys, canary, envelope, vaultId, report } = parts;
  await rewrapCanary(envelope, canary, vaultId);
  const totals = { seen: 0, rewrapped: 0 };
  let last = after;
  do {
    const progress = await rewrapBatch({ ...parts, currentVersion: () => keys.currentVersion() }, last, batch);
    totals.seen += progress.seen;
    totals.rewrapped += progress.rewrapped;
    last = progress.last;
    if (last !== null) report({ ...totals, resume: toHex(last) });
  } while (last !== null);
  report({ done: 'rewrap', version: await keys.currentVersion(), ...totals });
}

/**
 * Puts a version out of use, if nothing is under it any more: now, and still after every process must have noticed the
 * current one.
 * @throws KmsError `misconfigured` with what to do first; nothing is changed then
 */
export async function retire(parts: KmsAdminParts, version: string): Promise<void> {
  const { keys, store, canary, report, wait } = parts;
  if (version === (await keys.currentVersion()))
    throw new KmsError('misconfigured', `Version ${version} is the current one; rotate first.`);
  const requireUnused = async () => {
    const behind = (await store.countUnderKey(version)) + ((await canary.read())?.kver === version ? 1 : 0);
    if (behind > 0)
      throw new KmsError('misconfigured', `${behind} rows are still under version ${version}; rewrap first.`);
  };
  await requireUnused();
  await wait(SETTLE_MS);
  await requireUnused();
  await keys.retireVersion(version);
  report({ done: 'retire', version });
}
