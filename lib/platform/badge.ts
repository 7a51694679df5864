/** The few letters at the icon of the wallet in the browser's bar. */
import browser from 'webextension-polyfill';

/** The accent of light pages; the badge knows no themes. */
const GROUND = '#2F4AC4';

/** @param text at most four letters; empty: no badge */
export async function setBadge(text: string): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: GROUND });
  await browser.action.setBadgeText({ text });
}
