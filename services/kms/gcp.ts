/** Google Cloud KMS over its REST interface, version 1 (cloud.google.com/kms/docs/reference/rest). */
import { z } from 'zod';
import { encode } from '@/lib/bytes';
import { KEY_BYTES, refused } from '@/services/kms/aead';
import { crc32c } from '@/services/kms/crc32c';
import { type KeyAdmin, type KeyProvider, KmsError, type WrappedKey } from '@/services/kms/key-provider';

export interface GcpProviderOptions {
  /** Resource name: `projects/P/locations/L/keyRings/R/cryptoKeys/K`, of purpose ENCRYPT_DECRYPT. */
  readonly keyName: string;
  /** A token of OAuth 2.0 that may use the key. @throws when there is none now */
  readonly accessToken: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  /** Without a final slash. */
  readonly endpoint?: string;
}

const KEY_NAME = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+$/;
const VERSION = /^[1-9][0-9]{0,8}$/;
const TIMEOUT_MS = 5_000;
/** How long another version may already be primary before it is noticed. */
const PRIMARY_FRESH_MS = 60_000;

const base64 = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
/** 64-bit integers travel as text (protobuf JSON mapping). */
const checksum = z.union([z.string().regex(/^\d+$/), z.number()]).transform(Number);
const keyAnswer = z.object({ primary: z.object({ name: z.string() }) });
const versionAnswer = z.object({ name: z.string() });
const encryptAnswer = z.object({
  name: z.string(),
  ciphertext: base64,
  ciphertextCrc32c: checksum,
  verifiedPlaintextCrc32c: z.literal(true),
  verifiedAdditionalAuthenticatedDataCrc32c: z.literal(true),
});
const decryptAnswer = z.object({ plaintext: base64, plaintextCrc32c: checksum });
const errorAnswer = z.object({ error: z.object({ status: z.string() }) });

const field = (name: string, bytes: Uint8Array) => ({
  [name]: Buffer.from(bytes).toString('base64'),
  [`${name}Crc32c`]: String(crc32c(bytes)),
});

/**
 * Wraps data keys by a key of Google Cloud KMS. The version is named when wrapping and authenticated, because the service
 * itself does not say which one it unwrapped with. Every field is sent with its checksum, and the answer's are verified.
 * A retired version is disabled; enabling it undoes that.
 * @throws KmsError `misconfigured` when the name is none
 */
export function openGcpProvider(options: GcpProviderOptions): KeyProvider & KeyAdmin {
  const { keyName } = options;
  if (!KEY_NAME.test(keyName) || keyName.length > 240)
    throw new KmsError('misconfigured', 'The name of the key must be projects/…/locations/…/keyRings/…/cryptoKeys/….');
  const id = `gcp:${keyName}`;
  const call = caller(options);
  const versionName = (version: string) => `${keyName}/cryptoKeyVersions/${version}`;
  let primary: { version: string; readAtMs: number } | null = null;

  const readPrimary = async () => {
    const { name } = (await call('GET', keyName, undefined, keyAnswer)).primary;
    primary = { version: name.split('/').at(-1) ?? '', readAtMs: performance.now() };
    return primary.version;
  };
  const currentVersion = async () =>
    primary === null || performance.now() - primary.readAtMs > PRIMARY_FRESH_MS ? readPrimary() : primary.version;
  const bound = (aad: Uint8Array, version: string) => encode('halfkey/kms-gcp/v1', aad, version);

  const wrap = async (dek: Uint8Array, aad: Uint8Array): Promise<WrappedKey> => {
    const version = await currentVersion();
    const body = { ...field('plaintext', dek), ...field('additionalAuthenticatedData', bound(aad, version)) };
    const answer = await call('POST', `${versionName(version)}:encrypt`, body, encryptAnswer);
    if (answer.name !== versionName(version) || crc32c(answer.ciphertext) !== answer.ciphertextCrc32c) throw garbled();
    return { kid: id, version, blob: answer.ciphertext };
  };
  const unwrap = async ({ kid, version, blob }: WrappedKey, aad: Uint8Array): Promise<Uint8Array> => {
    if (kid !== id || !VERSION.test(version)) throw refused();
    const body = { ...field('ciphertext', blob), ...field('additionalAuthenticatedData', bound(aad, version)) };
    const answer = await call('POST', `${keyName}:decrypt`, body, decryptAnswer).catch(async (error: unknown) => {
      // Told apart only now, so that unwrapping costs one request.
      if (error instanceof KmsError && error.code === 'refused')
        await call('GET', versionName(version), undefined, versionAnswer);
      throw error;
    });
    if (crc32c(answer.plaintext) !== answer.plaintextCrc32c) throw garbled();
    if (answer.plaintext.length !== KEY_BYTES) throw refused();
    return answer.plaintext;
  };
  return {
    id,
    wrap,
    unwrap,
    async rewrap(wrapped, aad) {
      const dek = await unwrap(wrapped, aad);
      try {
        return await wrap(dek, aad);
      } finally {
        dek.fill(0);
      }
    },
    currentVersion,
    health: async () => void (await readPrimary()),
    addVersion: async () => {
      const { name } = await call('POST', `${keyName}/cryptoKeyVersions`, {}, versionAnswer);
      const version = name.split('/').at(-1) ?? '';
      await call('POST', `${keyName}:updatePrimaryVersion`, { cryptoKeyVersionId: version }, keyAnswer);
      return readPrimary();
    },
    retireVersion: async (version) => {
      if (!VERSION.test(version)) throw new KmsError('key-missing', 'A version is a whole number from 1.');
      await call('PATCH', `${versionName(version)}?updateMask=state`, { state: 'DISABLED' }, versionAnswer);
    },
  };
}

function caller({ accessToken, fetch, endpoint = 'https://cloudkms.googleapis.com' }: GcpProviderOptions) {
  return async <Answer>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: object | undefined,
    schema: z.ZodType<Answer>,
  ): Promise<Answer> => {
    const response = await ask(method, path, body);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw errorOf(response.status, answer);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw garbled();
    return parsed.data;
  };

  async function ask(method: string, path: string, body: object | undefined): Promise<Response> {
    try {
      const headers = { authorization: `Bearer ${await accessToken()}`, 'content-type': 'application/json' };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return await fetch(`${endpoint}/v1/${path}`, {
        method,
        headers,
        signal,
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new KmsError('unavailable', 'Google Cloud KMS does not answer.', cause);
    }
  }
}

/** Statuses of google.rpc.Code as they travel: one of INVALID_ARGUMENT and FAILED_PRECONDITION is 400, too. */
function errorOf(status: number, answer: unknown): KmsError {
  const reason = errorAnswer.safeParse(answer).data?.error.status;
  if (reason === 'FAILED_PRECONDITION' || status === 404)
    return new KmsError('key-missing', 'The key version is disabled, destroyed or not there.');
  if (status === 400) return refused();
  return new KmsError('unavailable', `Google Cloud KMS answers with ${status}.`);
}

function garbled(): KmsError {
  return new KmsError('unavailable', 'The answer of Google Cloud KMS was damaged on its way.');
}
