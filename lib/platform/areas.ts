/** The browser's storage areas: `local` outlives the browser, `session` ends with it and is never written to disk. */
import browser, { type Storage } from 'webextension-polyfill';
import { WalletError } from '@/lib/errors';
import type { Area } from './storage';

function areaOf(storage: Storage.StorageArea): Area {
  return {
    get: (keys) => orFail(storage.get(keys === null ? null : [...keys])),
    set: (items) => orFail(storage.set(items)),
    remove: (keys) => orFail(storage.remove([...keys])),
    clear: () => orFail(storage.clear()),
  };
}

async function orFail<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    // Quota, a full disk or a damaged profile: the browser says it in prose only.
    throw new WalletError('storage-failed');
  }
}

export const localArea = (): Area => areaOf(browser.storage.local);
export const sessionArea = (): Area => areaOf(browser.storage.session);

/**
 * Closes both areas to content scripts, where the browser knows how. Firefox does not: its content scripts never reach
 * `session`, but read and write `local`, so no secret may stand there in plain (docs/threat-model.md).
 */
export async function restrictAreas(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    if ('setAccessLevel' in area && typeof area.setAccessLevel === 'function')
      await area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
