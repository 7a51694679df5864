import { createHash, createHmac } from 'node:crypto';
import { compactVerify, type JWSHeaderParameters } from 'jose';
import { z } from 'zod';
import { encode, equalBytes, toBase64url, u32, utf8 } from '@/lib/bytes';
import { type ServiceError, unauthenticated } from '@/services/http/api/problem';
import { createDeviceKeys, type DeviceKeys, type ProofKey } from '@/services/http/sessions/device-keys';
import { hasUniqueNames } from '@/services/http/sign-in/unique-names';

const NONCE_EPOCH_MS = 60_000;
const JTI_KEPT_MS = 120_000;
const MAX_PROOF_LENGTH = 4096;
const ES256 = { algorithms: ['ES256'] };

/** Remembers values that may be used once. Shared by all processes of a server. */
export interface OnceStore {
  /** Stores `key` until `expiresAtMs`; false if it is there already. Atomic. */
  insertOnce(key: string, expiresAtMs: number): Promise<boolean>;
}

export interface DpopOptions {
  /** The address that clients use, possibly with a path, without a final slash. */
  externalUrl: string;
  /** 32 bytes, the same in all processes of a server. */
  nonceKey: Uint8Array;
  store: OnceStore;
  now: () => number;
}

export interface DpopRequest {
  method: string;
  /** Path below `externalUrl`, with its first slash, without a query. */
  path: string;
  /** The `DPoP` header. */
  proof: string | undefined;
  /** The token that the proof must name by its hash; absent where none is presented. */
  accessToken?: string;
}

export interface DpopVerifier {
  /** The nonce for the next proof; send it as `DPoP-Nonce`. */
  nonce(): string;
  /**
   * Checks a proof (RFC 9449, section 4.3) and uses up its `jti`.
   * @throws ServiceError 401 with reason `use-dpop-nonce`, or `invalid-dpop-proof` for everything else.
   */
  verify(request: DpopRequest): Promise<ProofKey>;
}

const proofSchema = z.object({
  jti: z.string().min(8).max(128),
  htm: z.string(),
  htu: z.string().max(2048),
  iat: z.number(),
  nonce: z.string().max(128).optional(),
  ath: z.string().max(64).optional(),
});

/** Server side of DPoP (RFC 9449). The server's nonce says how fresh a proof is, so that device clocks do not matter. */
export function createDpopVerifier({ externalUrl, nonceKey, store, now }: DpopOptions): DpopVerifier {
  const nonceAt = (epoch: number) =>
    createHmac('sha256', nonceKey)
      .update(encode('halfkey/dpop-nonce/v1', u32(epoch)))
      .digest('base64url');
  const deviceKeys = createDeviceKeys();
  const epoch = () => Math.floor(now() / NONCE_EPOCH_MS);
  const accepts = (nonce: string) => [epoch(), epoch() - 1].some((at) => equalBytes(utf8(nonceAt(at)), utf8(nonce)));

  return {
    nonce: () => nonceAt(epoch()),
    async verify({ method, path, proof, accessToken }) {
      if (proof === undefined || proof.length > MAX_PROOF_LENGTH) throw invalidProof();
      const { claims, key } = await openProof(proof, deviceKeys);
      const ath = accessToken === undefined ? undefined : createHash('sha256').update(accessToken).digest('base64url');
      if (claims.htm !== method || !sameAddress(claims.htu, externalUrl + path) || claims.ath !== ath)
        throw invalidProof();
      if (claims.nonce === undefined || !accepts(claims.nonce)) throw nonceRequired(nonceAt(epoch()));
      // By key, so that nobody can use up the identifiers of another device.
      const once = createHash('sha256')
        .update(encode('halfkey/dpop-jti/v1', key.thumbprint, claims.jti))
        .digest();
      if (!(await store.insertOnce(toBase64url(once), now() + JTI_KEPT_MS))) throw invalidProof();
      return key;
    },
  };
}

async function openProof(
  proof: string,
  keys: DeviceKeys,
): Promise<{ claims: z.infer<typeof proofSchema>; key: ProofKey }> {
  try {
    const verified = await compactVerify(
      proof,
      async (header?: JWSHeaderParameters) => (await keys.read(header?.jwk)).publicKey,
      ES256,
    );
    const { payload, protectedHeader } = verified;
    const claims = proofSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    if (protectedHeader.typ !== 'dpop+jwt' || !hasUniqueNames(proof)) throw invalidProof();
    const { jkt, thumbprint } = await keys.read(protectedHeader.jwk);
    return { claims, key: { jkt, thumbprint } };
  } catch (cause) {
    throw invalidProof(cause);
  }
}

/** Compares two addresses without query and fragment (RFC 9449, section 4.3, point 9). */
function sameAddress(claimed: string, expected: string): boolean {
  if (!URL.canParse(claimed)) return false;
  const url = new URL(claimed);
  url.search = '';
  url.hash = '';
  return url.href === new URL(expected).href;
}

function invalidProof(cause?: unknown): ServiceError {
  return unauthenticated(
    'invalid-dpop-proof',
    { 'www-authenticate': 'DPoP error="invalid_dpop_proof", algs="ES256"' },
    cause,
  );
}

function nonceRequired(nonce: string): ServiceError {
  const challenge = 'DPoP error="use_dpop_nonce", algs="ES256"';
  return unauthenticated('use-dpop-nonce', { 'www-authenticate': challenge, 'dpop-nonce': nonce });
}
