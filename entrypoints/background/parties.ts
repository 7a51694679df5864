import { config } from '@/config';
import { remoteRealms } from '@/lib/keyless/parties/realm-channel';
import { createSessions, type Sessions } from '@/lib/keyless/sign-in/sessions';
import { openDeviceKeys } from '@/lib/platform/device-keys';
import { deviceName, redirectUrl } from '@/lib/platform/extension';
import { openOffscreenLine, openWorkerLine } from '@/lib/platform/realm-host';
import { openSignIn } from '@/lib/platform/sign-in-window';
import type { Cells } from './cells';
import { environment } from './environment';
import { pins } from './pins';

const openRealmLine = import.meta.env.FIREFOX
  ? async () =>
      openWorkerLine(() => new Worker(new URL('../offscreen/realm-worker.ts', import.meta.url), { type: 'module' }))
  : openOffscreenLine;

/** As this browser signs in to them. */
const providers = config.identityProviders.map(({ firefox, ...provider }) =>
  import.meta.env.FIREFOX ? { ...provider, ...firefox } : provider,
);

/** Of one operation: three requests after one another to each realm, each at most 15 s, and the hashing of the PIN. */
const REALMS_TIMEOUT_MS = 120_000;

/** Where the tokens of one account are kept. */
export type PartyCells = Pick<Cells, 'session' | 'statusTokens' | 'signedOut'>;

/** Vault, issuer and realms of this build, as this device signs in to them. */
export function openParties({ session, statusTokens, signedOut }: PartyCells): Sessions {
  return createSessions({
    ...environment,
    session,
    statusTokens,
    signedOut,
    launch: openSignIn,
    redirectUrl: redirectUrl(),
    relay: config.relay,
    providers,
    vaultUrl: config.vault.url,
    issuerUrl: config.issuer.url,
    pins,
    realms: remoteRealms(openRealmLine, REALMS_TIMEOUT_MS),
    keyPairs: openDeviceKeys(indexedDB),
    subtle: crypto.subtle,
    deviceName,
  });
}
