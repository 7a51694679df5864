import { randomBytes } from 'node:crypto';
import { fromBase64url } from '@/lib/bytes';
import { signInNonce } from '@/lib/keyless/wire/account';
import { codeChallengeOf, encodeRelayState, type RelayState } from '@/lib/keyless/wire/relay';
import { createDevice, type TestDevice } from '@/services/http/testing/device';

const random = (length: number) => new Uint8Array(randomBytes(length));

/** A sign-in as a device begins it. */
export interface Pending {
  readonly device: TestDevice;
  readonly verifier: Uint8Array;
  readonly state: RelayState;
  readonly stateText: string;
  /** Base64url. */
  readonly nonce: string;
  /** What the nonce was made of, besides the device key: 32 bytes. */
  readonly nonceOf: Uint8Array;
}

export async function begin(redirectIndex = 0): Promise<Pending> {
  const device = await createDevice();
  const verifier = random(32);
  const { thumbprint } = device;
  const nonceOf = random(32);
  const nonce = signInNonce(thumbprint, nonceOf);
  const state = {
    redirectIndex,
    nonce: fromBase64url(nonce),
    challenge: codeChallengeOf(verifier),
    thumbprint,
    random: random(16),
  };
  return { device, verifier, state, stateText: encodeRelayState(state), nonce, nonceOf };
}
