/** The window in which users decide what sites ask for. There is one at most, also after the background was stopped. */
import browser from 'webextension-polyfill';
import { inTurn } from '@/lib/in-turn';
import { extensionUrl } from './extension';

const SIZE = { width: 392, height: 680 };

/** @param shown whether it was shown and not closed by ourselves; outlives the background */
export function approvalWindow(shown: { read(): Promise<boolean | null>; write(value: boolean): Promise<void> }) {
  const inOrder = inTurn();
  const url = extensionUrl('approval.html');
  const find = async () => (await browser.tabs.query({ url })).find(({ windowId }) => windowId !== undefined);
  const wasClosed = async () => (await shown.read()) === true && (await find()) === undefined;
  return {
    show: () =>
      inOrder(async () => {
        const open = await find();
        await shown.write(true);
        // It may have been closed at this moment: then its user has said no to what waits, and that is heard of.
        if (open?.windowId !== undefined)
          await browser.windows.update(open.windowId, { focused: true }).catch(() => undefined);
        else await browser.windows.create({ url, type: 'popup', focused: true, ...SIZE });
      }),
    wasClosed,
    close: () =>
      inOrder(async () => {
        await shown.write(false);
        const open = await find();
        // It may have been closed at this moment.
        if (open?.windowId !== undefined) await browser.windows.remove(open.windowId).catch(() => undefined);
      }),
    /** To be called while the background starts; the listener hears of it only where the user has closed it. */
    onClosed: (listener: () => void) =>
      browser.windows.onRemoved.addListener(() => {
        wasClosed()
          .then(async (closed) => {
            if (!closed) return;
            await shown.write(false);
            listener();
          })
          .catch(() => undefined);
      }),
  };
}
