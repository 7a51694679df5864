import { defineContentScript } from 'wxt/utils/define-content-script';
import { announce, occupyWindow } from '@/lib/provider/announce';
import { askForHandover, openLine } from '@/lib/provider/line';
import { performanceOf } from '@/lib/provider/natives';
import { createProvider, type Provider } from '@/lib/provider/provider';

/** Before the page's own scripts, in its own world. By its name: the build runs nothing else of this file (`wxt.config.ts`). */
export function main(): void {
  const handover = askForHandover(window);
  let made: Provider | undefined;
  const provider = () => {
    made ??= createProvider(openLine(handover, () => performanceOf(window)));
    return made;
  };
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
