/** Timers that outlive the background: the browser starts it again to deliver them. */
import browser from 'webextension-polyfill';

/** @param atMs when, ms since the epoch; browsers round up to about half a minute from now */
export async function setAlarm(name: string, atMs: number): Promise<void> {
  await browser.alarms.create(name, { when: atMs });
}

/** To be called while the background starts. */
export function onAlarm(listener: (name: string) => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => listener(name));
}
