import type { CDPSession, Page } from '@playwright/test';

/** An authenticator of the browser that answers by itself, for the passkeys of one page. */
export interface Authenticator {
  /** Ids of what it holds, base64. */
  ids(): Promise<string[]>;
  unplug(): Promise<void>;
}

/** @param kind `no-prf`: its passkeys only sign; `unwilling`: its user does not say yes */
export async function plugInAuthenticator(
  page: Page,
  kind: 'willing' | 'no-prf' | 'unwilling' = 'willing',
): Promise<Authenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: kind !== 'unwilling',
      hasPrf: kind !== 'no-prf',
      automaticPresenceSimulation: true,
    },
  });
  return {
    ids: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ credentialId }) => credentialId);
    },
    unplug: async () => {
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      await cdp.detach();
    },
  };
}

/** From now on, everything that the page's passkeys compute, in base64url: in this process only, nowhere in the page. */
export async function overhearPrf(page: Page): Promise<string[]> {
  const heard: string[] = [];
  await page.exposeFunction('hearPrf', (output: string) => void heard.push(output));
  await page.evaluate(() => {
    const { hearPrf } = globalThis as unknown as { hearPrf(output: string): Promise<void> };
    const { credentials } = navigator;
    for (const ceremony of ['create', 'get'] as const) {
      const original = credentials[ceremony].bind(credentials) as (options: object) => Promise<Credential | null>;
      credentials[ceremony] = async (options: object) => {
        const answer = (await original(options)) as PublicKeyCredential | null;
        const first = answer?.getClientExtensionResults().prf?.results?.first;
        if (first instanceof ArrayBuffer) {
          const text = btoa(String.fromCharCode(...new Uint8Array(first)));
          await hearPrf(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
        }
        return answer;
      };
    }
  });
  return heard;
}
