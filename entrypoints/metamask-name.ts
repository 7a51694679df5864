import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { takeMetaMaskName } from '@/lib/provider/metamask-name';

/** Put into the pages of a site that knows no other wallet, if its user wants that; after the inpage script. */
export default defineUnlistedScript(() => takeMetaMaskName(window));
