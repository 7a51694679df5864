/** One request of the Juicebox protocol that no device may send: Delete. */
import { equalBytes, fromHex } from '@/lib/bytes';
import type { Realm } from '@/lib/keyless/wire/realm-set';

/** CBOR (RFC 8949) of `"Delete"` and of `{"Delete": "Ok"}`. */
const REQUEST = fromHex('6644656c657465');
const CONFIRMATION = fromHex('a16644656c657465624f6b');
/** The version of the protocol that realms ask for. */
export const JUICEBOX_VERSION = '0.3.7';
const TIMEOUT_MS = 10_000;

/** True only if the realm said that the row is gone. */
export async function deleteAtRealm(realm: Realm, token: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch(new URL('req', realm.address).href, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': JUICEBOX_VERSION },
      body: new Uint8Array(REQUEST),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.status === 200 && (await isConfirmation(response));
  } catch {
    return false;
  }
}

async function isConfirmation(response: Response): Promise<boolean> {
  let body = new Uint8Array();
  for await (const chunk of response.body ?? []) {
    body = Uint8Array.of(...body, ...chunk.slice(0, CONFIRMATION.length + 1));
    if (body.length > CONFIRMATION.length) return false;
  }
  return equalBytes(body, CONFIRMATION);
}
