/** The panel beside the browser's pages: Chromium's side panel, Firefox's sidebar. */
import browser from 'webextension-polyfill';

interface ChromiumPanel {
  open(options: { windowId: number }): Promise<void>;
}
declare const chrome: { readonly sidePanel?: ChromiumPanel };

/** A way to open the panel in this page's window, to be used in the turn of a press; null where there is none. */
export function sidePanelOpener(): (() => Promise<void>) | null {
  // Firefox, where the sidebar opens in the window of the press.
  if (browser.sidebarAction !== undefined) return () => browser.sidebarAction.open();
  const panel = chrome.sidePanel;
  if (panel === undefined) return null;
  // Asked now: at the press there is no time left for it.
  const ownWindow = browser.windows.getCurrent();
  ownWindow.catch(() => undefined);
  return async () => {
    const { id } = await ownWindow;
    if (id !== undefined) await panel.open({ windowId: id });
  };
}
