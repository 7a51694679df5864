import type { ReviewWish } from '@/lib/bus/dapp';
import type { SiteView } from '@/lib/bus/sites';
import { createDapp } from '@/lib/dapp/dapp';
import { createDocuments } from '@/lib/dapp/documents';
import { createLimits } from '@/lib/dapp/limits';
import { makeReview } from '@/lib/dapp/make-review';
import { createRequests, isOpen } from '@/lib/dapp/requests';
import { createSites } from '@/lib/dapp/sites';
import { approvalWindow } from '@/lib/platform/approval-window';
import { extensionVersion } from '@/lib/platform/extension';
import { wakeBridge } from '@/lib/platform/page-bridge';
import { metaMaskName } from '@/lib/platform/site-scripts';
import { openAllowances } from './dapp-allowances';
import type { DappParts } from './dapp-parts';
import { reviewSide } from './dapp-review';
import { chainSide, walletSide } from './dapp-sides';
import { environment } from './environment';

/** Web sites: what they may see, what they ask for. */
export function openDapp(parts: DappParts) {
  const { cells, networks } = parts;
  const { now, random } = environment;
  const window = approvalWindow(cells.approvalWindow);
  const firstChainId = async () => (await networks.selected()).chainId;
  const sites = createSites({ stored: cells.sites, nameScripts: metaMaskName, firstChainId, now });
  const requests = createRequests(cells.requests);
  const allowances = openAllowances(parts);
  const dapp = createDapp({
    ...{ window, sites, requests, now, random, grants: allowances.grants },
    documents: createDocuments({
      stored: cells.documents,
      wake: wakeBridge,
      setTimer: environment.setTimer,
    }),
    wallet: walletSide(parts),
    chains: chainSide(parts),
    limits: createLimits({ stored: cells.siteLimits, now }),
    batches: cells.batches,
    told: cells.sitesTold,
    changed: parts.changed,
    version: extensionVersion(),
  });
  return {
    ...dapp,
    sites,
    ...allowances,
    onWindowClosed: window.onClosed,
    review: (key: string, wish: ReviewWish) =>
      makeReview({ ...reviewSide(parts), requests, show: dapp.show, now }, key, wish),
    /** What pages are told; sites only while the wallet is open. */
    shown: async (lock: 'open' | 'locked') => ({
      requests: (await requests.list()).filter(isOpen).map(({ key, from, asked }) => {
        const { origin, topOrigin } = from;
        return { key, origin, topOrigin, kind: asked.kind };
      }),
      sites: (lock === 'open' ? [...(await sites.list())] : []) satisfies SiteView[],
    }),
  };
}
