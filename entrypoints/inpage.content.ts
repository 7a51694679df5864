import { defineContentScript } from 'wxt/utils/define-content-script';
import { announce, occupyWindow } from '@/lib/provider/announce';
import { ICON } from '@/lib/provider/icon';
import { createProvider } from '@/lib/provider/provider';
import { randomUuid } from '@/lib/provider/uuid';

/** Before the page's own scripts, in its own world. */
export default defineContentScript({
  matches: ['http://*/*', 'https://*/*'],
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  runAt: 'document_start',
  world: 'MAIN',
  globalName: false,
  main() {
    const provider = createProvider(window);
    announce(window, provider, { uuid: randomUuid(), name: 'Halfkey', icon: ICON, rdns: 'example.halfkey.wallet' });
    occupyWindow(window, provider);
  },
});
