/** What the user may allow and take back at any time: asked for by a page, looked up by the background. */
import browser, { type Manifest, type Permissions } from 'webextension-polyfill';

/** `notifications`, or the host of a URL. */
export type Grant = { readonly permission: Manifest.OptionalPermission } | { readonly origin: string };

function asked(grant: Grant): Permissions.Permissions {
  return 'origin' in grant ? { origins: [hostPattern(grant.origin)] } : { permissions: [grant.permission] };
}

/** Match patterns know no port in Firefox. */
function hostPattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

/** Shows the browser's question; only in the turn of a press. @returns what the user decided */
export function requestGrant(grant: Grant): Promise<boolean> {
  return browser.permissions.request(asked(grant)).catch(() => false);
}

export function hasGrant(grant: Grant): Promise<boolean> {
  return browser.permissions.contains(asked(grant)).catch(() => false);
}

/** Gives back what is no longer needed; what the manifest itself names stays. */
export async function dropGrant(grant: Grant): Promise<void> {
  // Firefox would take that back, too.
  if ('origin' in grant && requiredHosts().includes(hostPattern(grant.origin))) return;
  await browser.permissions.remove(asked(grant)).catch(() => false);
}

/** @returns stops listening. In the background it is to be called while that starts. */
export function onGrantsChanged(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  for (const event of [onAdded, onRemoved]) event.addListener(listener);
  return () => {
    for (const event of [onAdded, onRemoved]) event.removeListener(listener);
  };
}

/** Match patterns of the hosts that the manifest names: the servers of this build. Users can take them back. */
export const requiredHosts = (): string[] => browser.runtime.getManifest().host_permissions ?? [];

export function hasRequiredHosts(): Promise<boolean> {
  return browser.permissions.contains({ origins: requiredHosts() });
}

/** As `requestGrant`. */
export function requestRequiredHosts(): Promise<boolean> {
  return browser.permissions.request({ origins: requiredHosts() }).catch(() => false);
}
