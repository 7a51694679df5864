/** The system's notifications; nothing happens while the user has not allowed them. */
import browser from 'webextension-polyfill';
import { extensionUrl } from './extension';

export interface SystemNotice {
  /** A notice with the same id takes the place of the one before. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export async function showNotice({ id, title, text }: SystemNotice): Promise<void> {
  // Chromium knows no such thing before the user has allowed it.
  if (browser.notifications === undefined) return;
  await browser.notifications.create(id, {
    type: 'basic',
    iconUrl: extensionUrl('icons/128.png'),
    title,
    message: text,
  });
}

/** To be called while the background starts, and again once notifications are allowed. */
export function onNoticePressed(listener: (id: string) => void): void {
  browser.notifications?.onClicked.addListener(listener);
}
