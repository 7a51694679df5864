import '@/lib/bus/jitless';
import { defineBackground } from 'wxt/utils/define-background';
import { serveWallet } from '@/lib/bus/serve';
import { onAlarm } from '@/lib/platform/alarms';
import { onCommand } from '@/lib/platform/commands';
import { onInstalled, openTab } from '@/lib/platform/extension';
import { onNoticePressed } from '@/lib/platform/notifications';
import { onGrantsChanged } from '@/lib/platform/permissions';
import { backgroundTransport } from '@/lib/platform/transport';
import { compose } from './compose';
import { acceptPort, walletHandlers } from './wallet-handlers';

/** Whichever notice it was: home is where it is told. */
const showTab = () => void openTab();

/** Everything is registered in the first turn: what the browser started the background for is delivered after it. */
export default defineBackground({
  type: 'module',
  main() {
    const wallet = compose();
    const transport = backgroundTransport();
    serveWallet(transport, walletHandlers(wallet));
    transport.onConnect(acceptPort(wallet));
    onAlarm(wallet.onAlarm);
    onInstalled(openTab);
    onCommand(wallet.onCommand);
    onNoticePressed(showTab);
    wallet.dapp.onWindowClosed(() => void wallet.start().then(wallet.dapp.windowClosed));
    onGrantsChanged(() => {
      onNoticePressed(showTab);
      wallet.onGrantsChanged();
    });
    wallet
      .start()
      .then(wallet.device.resume)
      .then(wallet.dapp.resume)
      .catch(() => undefined);
  },
});
