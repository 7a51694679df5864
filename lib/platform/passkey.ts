/**
 * Passkeys with the PRF extension (WebAuthn Level 3, section 10.1.4), asked for in a page of the extension: the relying
 * party is the extension itself, its id stands in the page's address. The user is verified each time, so that the
 * authenticator always computes with the same one of its two secrets (CTAP 2.1, hmac-secret).
 */
import type { PasskeyGrant, PasskeyHandle, Passkeys } from '@/lib/bus/passkey';
import { fromBase64url, toBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

const RANDOM_BYTES = 32;
const TIMEOUT_MS = 120_000;
/** ES256, EdDSA, RS256: nobody ever checks a signature here, any key will do. */
const ALGORITHMS = [-7, -8, -257];
/** Bit 2 of the flags in the authenticator data, which stand behind the hash of the relying party's id. */
const USER_VERIFIED = 0b100;
const FLAGS_AT = 32;

/** What a browser that knows them has for passkeys. */
interface KeyClass {
  getClientCapabilities?(): Promise<Record<string, boolean | undefined>>;
  signalUnknownCredential?(options: { rpId: string; credentialId: string }): Promise<void>;
}

export interface PasskeyBrowser {
  /** `navigator.credentials` */
  readonly credentials: Pick<CredentialsContainer, 'create' | 'get'>;
  /** `PublicKeyCredential`, where there is one. */
  readonly keyClass: KeyClass | undefined;
  /** `location` of the page. */
  readonly location: { readonly protocol: string; readonly hostname: string };
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
}

/** Of the page this runs in. */
export const pagePasskeys = (): Passkeys =>
  openPasskeys({
    credentials: navigator.credentials,
    keyClass: 'PublicKeyCredential' in globalThis ? PublicKeyCredential : undefined,
    location,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });

export function openPasskeys({ credentials, keyClass, location, random }: PasskeyBrowser): Passkeys {
  const evaluate = async ({ credentialId, prfSalt }: PasskeyHandle): Promise<string> => {
    const answer = await asked(
      credentials.get({
        publicKey: {
          challenge: random(RANDOM_BYTES),
          allowCredentials: [{ type: 'public-key', id: bytesOf(credentialId) }],
          userVerification: 'required',
          timeout: TIMEOUT_MS,
          extensions: { prf: { eval: { first: bytesOf(prfSalt) } } },
        },
      }),
    );
    const output = outputOf(answer);
    if (output === undefined || !isUserVerified(answer)) throw new WalletError('passkey-unsupported');
    return output;
  };

  const forget = async (credentialId: string): Promise<void> => {
    await keyClass?.signalUnknownCredential?.({ rpId: location.hostname, credentialId }).catch(() => undefined);
  };

  const create = async (name: string): Promise<PasskeyGrant> => {
    const prfSalt = toBase64url(random(RANDOM_BYTES));
    const made = await asked(
      credentials.create({
        publicKey: {
          challenge: random(RANDOM_BYTES),
          rp: { name: 'Halfkey' },
          // Another one each time: an authenticator replaces what it has for the same user, and that still opens.
          user: { id: random(RANDOM_BYTES), name, displayName: name },
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
          authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
          attestation: 'none',
          timeout: TIMEOUT_MS,
          extensions: { prf: { eval: { first: bytesOf(prfSalt) } } },
        },
      }),
    );
    const handle = { credentialId: toBase64url(new Uint8Array(made.rawId)), prfSalt };
    try {
      // Many compute only when asked again, and some of those do not even say so before.
      return { ...handle, prfOutput: outputOf(made) ?? (await evaluate(handle)) };
    } catch (error) {
      await forget(handle.credentialId);
      throw error instanceof WalletError ? new WalletError(error.code, { reason: 'made' }) : error;
    }
  };

  return {
    offered: async () => {
      // Firefox: an address of its own for each installation, and no relying party made of it.
      if (keyClass === undefined || location.protocol !== 'chrome-extension:') return false;
      const capabilities = await keyClass.getClientCapabilities?.().catch(() => undefined);
      return capabilities?.['extension:prf'] !== false;
    },
    create,
    evaluate,
    forget,
  };
}

/** The credential that a ceremony ends with. Names of errors: WebAuthn Level 3, sections 5.1.3 and 5.1.4. */
async function asked(ceremony: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ceremony;
    if (credential?.type === 'public-key') return credential as PublicKeyCredential;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') throw new WalletError('passkey-cancelled');
  }
  throw new WalletError('passkey-unsupported');
}

function isUserVerified({ response }: PublicKeyCredential): boolean {
  if (!('authenticatorData' in response) || !(response.authenticatorData instanceof ArrayBuffer)) return false;
  return ((new Uint8Array(response.authenticatorData)[FLAGS_AT] ?? 0) & USER_VERIFIED) !== 0;
}

/** The PRF output, if the authenticator gave one of the right length. */
function outputOf(credential: PublicKeyCredential): string | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return undefined;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  return bytes.length === RANDOM_BYTES ? toBase64url(bytes) : undefined;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(fromBase64url(text));
