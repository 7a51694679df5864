import '@/lib/bus/jitless';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from '@/config';
import { isCustomNode } from '@/config/origins';
import { buildHash, extensionVersion, openFile, openTab } from '@/lib/platform/extension';
import { pagePasskeys } from '@/lib/platform/passkey';
import {
  dropGrant,
  hasRequiredHosts,
  onGrantsChanged,
  requestGrant,
  requestRequiredHosts,
  requiredHosts,
} from '@/lib/platform/permissions';
import { sidePanelOpener } from '@/lib/platform/side-panel';
import { pageTransport } from '@/lib/platform/transport';
import type { OptionalPermission, PageHost, Surface, TabPlace } from '@/lib/state/page-host';
import { linkWallet } from '@/lib/state/wallet-link';
import { App } from './screens/App';

async function ask(permission: OptionalPermission): Promise<boolean> {
  if (permission === 'notifications') return requestGrant({ permission });
  return config.priceSource !== undefined && (await requestGrant({ origin: config.priceSource.url }));
}

async function askForNode(rpcUrl: string): Promise<boolean> {
  if (!URL.canParse(rpcUrl) || !isCustomNode(config, new URL(rpcUrl))) return true;
  return requestGrant({ origin: rpcUrl });
}

/** A popup goes away as soon as something else is looked at. */
function thenClose(open: () => Promise<void>): () => Promise<void> {
  return async () => {
    await open();
    window.close();
  };
}

async function openPlace(surface: Surface, place: TabPlace, detail?: string): Promise<void> {
  const hash = detail === undefined ? place : `${place}:${detail}`;
  if (surface === 'tab') location.hash = hash;
  else await openTab(hash);
  if (surface === 'popup') window.close();
}

function hostOf(surface: Surface): PageHost {
  const openPanel = surface === 'popup' ? sidePanelOpener() : null;
  return {
    surface,
    version: extensionVersion(),
    openSidePanel: openPanel && thenClose(openPanel),
    openTab: surface === 'popup' ? thenClose(() => openTab()) : null,
    openPlace: (place, detail) => void openPlace(surface, place, detail),
    buildHash,
    openFile: (name) => void openFile(name),
    passkeys: pagePasskeys(),
    servers: {
      hosts: requiredHosts().map((pattern) => pattern.replace(/^[^:]+:\/\/|\/\*$/g, '')),
      granted: hasRequiredHosts,
      request: requestRequiredHosts,
      onChange: onGrantsChanged,
    },
    ask,
    askForNode,
    askForSite: (origin) => requestGrant({ origin }),
    dropNode: (rpcUrl) => dropGrant({ origin: rpcUrl }),
  };
}

/** Draws the wallet into the page's root. The popup, the side panel and the tab show the same. */
export function mountPage(surface: Surface): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('no root');
  const link = linkWallet(pageTransport(), setTimeout);
  createRoot(root).render(
    <StrictMode>
      <App link={link} host={hostOf(surface)} />
    </StrictMode>,
  );
}
