import { defineContentScript } from 'wxt/utils/define-content-script';
import { announce, occupyWindow } from '@/lib/provider/announce';
import { openLine } from '@/lib/provider/line';
import { once, performanceOf } from '@/lib/provider/natives';
import { createProvider } from '@/lib/provider/provider';

/** Before the page's own scripts, in its own world. By its name: the build runs nothing else of this file (`wxt.config.ts`). */
export function main(): void {
  const line = openLine(window, performanceOf(window));
  const provider = once(() => createProvider(line));
  announce(window, 'example.halfkey.wallet', provider);
  occupyWindow(window, provider);
}

export default defineContentScript({
  matches: ['http://*/*', 'https://*/*'],
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  runAt: 'document_start',
  world: 'MAIN',
  globalName: false,
  main,
});
