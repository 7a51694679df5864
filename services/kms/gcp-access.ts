/** Access tokens for Google Cloud: of the machine's own service account, or of a service account's key. */
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';

const SCOPE = 'https://www.googleapis.com/auth/cloudkms';
const METADATA_URL = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';
const ASSERTION_LIFE_S = 3_600;
const TIMEOUT_MS = 5_000;
/** A token that ends sooner is replaced. */
const SPARE_MS = 120_000;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** What the console gives as the key of a service account; other members are of no use here. */
export const serviceAccountKey = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().min(1),
  token_uri: z.url({ protocol: /^https$/ }),
});
export type ServiceAccountKey = z.infer<typeof serviceAccountKey>;

export interface GcpAccessOptions {
  /** Absent: the machine's own account, from the metadata server. */
  readonly key?: ServiceAccountKey | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

/** @returns gives a token that is good for two minutes at least; asks for a new one once for all who wait for it */
export function createGcpAccess({ key, fetch, now }: GcpAccessOptions): () => Promise<string> {
  let known: { token: string; endsMs: number } | null = null;
  let renewing: Promise<string> | null = null;
  const renew = async () => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = key
      ? await fetch(key.token_uri, { method: 'POST', signal, body: await assertionOf(key, now()) })
      : await fetch(METADATA_URL, { signal, headers: { 'metadata-flavor': 'Google' } });
    if (!response.ok) throw new Error(`No access token: ${response.status}.`);
    const answer = tokenAnswer.parse(await response.json());
    known = { token: answer.access_token, endsMs: now() + answer.expires_in * 1000 };
    return known.token;
  };
  return async () => {
    if (known && known.endsMs - now() > SPARE_MS) return known.token;
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  };
}

/** RFC 7523, section 2.1. */
async function assertionOf(key: ServiceAccountKey, nowMs: number): Promise<URLSearchParams> {
  const issuedAtS = Math.floor(nowMs / 1000);
  const assertion = await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.private_key_id })
    .setIssuer(key.client_email)
    .setAudience(key.token_uri)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + ASSERTION_LIFE_S)
    .sign(createPrivateKey(key.private_key));
  return new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
}
