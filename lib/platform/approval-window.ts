/** The window in which users decide what sites ask for. There is one at most, also after the background was stopped. */
import browser from 'webextension-polyfill';
import { inTurn } from '@/lib/in-turn';
import { extensionUrl } from './extension';
import type { Cell } from './storage';

const SIZE = { width: 392, height: 680 };

/** @param shown which window is shown, none once it is closed by ourselves; outlives the background */
export function approvalWindow(shown: Cell<number>) {
  const inOrder = inTurn();
  const url = extensionUrl('approval.html');
  /** False where there is no such window. */
  const focus = (windowId: number): Promise<boolean> =>
    browser.windows.update(windowId, { focused: true }).then(
      () => true,
      () => false,
    );
  /** It may be there for another moment, and is not to be found again. */
  let closing: number | undefined;
  /** One that a background opened and was stopped before it noted it; its page has loaded since. */
  const findUnnoted = async (): Promise<number | null> => {
    const pages = await browser.tabs.query({ url });
    return pages.find(({ windowId }) => windowId !== closing)?.windowId ?? null;
  };
  const find = async () => (await shown.read()) ?? (await findUnnoted());
  return {
    show: () =>
      inOrder(async () => {
        const known = await find();
        if (known !== null && (await focus(known))) return shown.write(known);
        const { id } = await browser.windows.create({ url, type: 'popup', focused: true, ...SIZE });
        if (id !== undefined) await shown.write(id);
      }),
    /** By its user, while nobody listened. */
    wasClosed: async () => {
      const known = await shown.read();
      return known !== null && (await browser.windows.get(known).catch(() => null)) === null;
    },
    close: () =>
      inOrder(async () => {
        const known = await find();
        await shown.remove();
        if (known === null) return;
        closing = known;
        // It may have been closed at this moment.
        await browser.windows.remove(known).catch(() => undefined);
      }),
    /** To be called while the background starts; the listener hears of it only where the user has closed it. */
    onClosed: (listener: () => void) =>
      browser.windows.onRemoved.addListener((windowId) => {
        // By its number: one that we have closed may be told as gone while the next one is being opened.
        inOrder(async () => {
          if ((await shown.read()) !== windowId) return;
          await shown.remove();
          listener();
        }).catch(() => undefined);
      }),
  };
}
