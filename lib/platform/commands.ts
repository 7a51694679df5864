/** Shortcuts that work outside of the wallet's pages; the user can change them in the browser. */
import browser from 'webextension-polyfill';

/** As in the manifest; the browser itself does those that begin with an underscore. */
export type Command = 'lock';

/** To be called while the background starts. */
export function onCommand(listener: (command: Command) => void): void {
  browser.commands.onCommand.addListener((name) => {
    if (name === 'lock') listener(name);
  });
}
