import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '@/services/http/api/problem';
import { createDpopVerifier, type DpopVerifier } from '@/services/http/sessions/dpop';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import { createDevice, type ProofParts, type TestDevice } from '@/services/http/testing/device';

const EXTERNAL_URL = 'https://vault.example.test/v1';
const URL_OF_REQUEST = `${EXTERNAL_URL}/backup`;

describe('a DPoP verifier', () => {
  let nowMs: number;
  let verifier: DpopVerifier;
  let device: TestDevice;
  beforeEach(async () => {
    nowMs = 1_800_000_000_000;
    device = await createDevice();
    const nonceKey = new Uint8Array(32).fill(7);
    verifier = createDpopVerifier({
      externalUrl: EXTERNAL_URL,
      nonceKey,
      store: memorySessionStore(),
      now: () => nowMs,
    });
  });

  const verify = (proof: string | undefined, accessToken?: string) =>
    verifier.verify({ method: 'POST', path: '/backup', proof, ...(accessToken && { accessToken }) });
  const good = (parts: Partial<ProofParts> = {}) =>
    device.proof({ method: 'POST', url: URL_OF_REQUEST, nonce: verifier.nonce(), ...parts });
  const reasonOf = async (outcome: Promise<unknown>) => {
    const error = await outcome.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof ServiceError ? `${error.status} ${error.options.members?.reason}` : error;
  };

  it('names the key of a good proof, whatever the clock of the device says', async () => {
    expect(await verify(await good())).toEqual({ jkt: device.jkt, thumbprint: device.thumbprint });
  });

  it('accepts an address with query and fragment, and another spelling of the host', async () => {
    const claims = { htu: 'HTTPS://Vault.Example.test:443/v1/backup?x=1#y' };
    expect((await verify(await good({ claims }))).jkt).toBe(device.jkt);
  });

  it('asks for its nonce when there is none, a foreign or an old one, and sends it', async () => {
    const stale = verifier.nonce();
    nowMs += 120_000;
    for (const nonce of [undefined, 'x', stale, `${verifier.nonce()}x`]) {
      const outcome = verify(await good({ nonce }));
      expect(await reasonOf(outcome)).toBe('401 use-dpop-nonce');
      await expect(outcome).rejects.toMatchObject({ options: { headers: { 'dpop-nonce': verifier.nonce() } } });
    }
  });

  it('accepts the nonce of the last full minute, and none of the future', async () => {
    const nonce = verifier.nonce();
    nowMs += 119_999 - (nowMs % 60_000);
    expect((await verify(await good({ nonce }))).jkt).toBe(device.jkt);
    const future = verifier.nonce();
    nowMs -= 60_000;
    expect(await reasonOf(verify(await good({ nonce: future })))).toBe('401 use-dpop-nonce');
  });

  it('accepts a proof once, as long as its nonce lives', async () => {
    const proof = await good();
    await verify(proof);
    expect(await reasonOf(verify(proof))).toBe('401 invalid-dpop-proof');
    nowMs += 60_000;
    expect(await reasonOf(verify(proof))).toBe('401 invalid-dpop-proof');
  });

  it('does not use up an identifier of a device when another one sends it', async () => {
    const claims = { jti: 'the-same-identifier' };
    const other = await createDevice();
    await verify(await other.proof({ method: 'POST', url: URL_OF_REQUEST, nonce: verifier.nonce(), claims }));
    expect((await verify(await good({ claims }))).jkt).toBe(device.jkt);
  });

  it('binds a proof to the access token', async () => {
    expect((await verify(await good({ accessToken: 'token' }), 'token')).jkt).toBe(device.jkt);
    expect(await reasonOf(verify(await good({ accessToken: 'other' }), 'token'))).toBe('401 invalid-dpop-proof');
    expect(await reasonOf(verify(await good(), 'token'))).toBe('401 invalid-dpop-proof');
    expect(await reasonOf(verify(await good({ accessToken: 'token' })))).toBe('401 invalid-dpop-proof');
  });

  const bad: Array<[string, () => Promise<string | undefined>]> = [
    ['no proof', async () => undefined],
    ['no JWT', async () => 'nonsense'],
    ['a giant', async () => `${await good()}${'x'.repeat(5000)}`],
    ['two proofs in one header', async () => `${await good()}, ${await good()}`],
    ['another method', () => good({ claims: { htm: 'GET' } })],
    ['another path', () => good({ url: `${EXTERNAL_URL}/other` })],
    ['another server', () => good({ url: 'https://issuer.example.test/v1/backup' })],
    ['the inner address', () => good({ url: 'http://127.0.0.1:8080/backup' })],
    ['no address', () => good({ claims: { htu: 'backup' } })],
    ['no identifier', () => good({ claims: { jti: undefined } })],
    ['an empty identifier', () => good({ claims: { jti: '' } })],
    ['a giant identifier', () => good({ claims: { jti: 'j'.repeat(129) } })],
    ['no time', () => good({ claims: { iat: undefined } })],
    ['numbers for names', () => good({ claims: { htm: 1 } })],
    ['another type', () => good({ header: { typ: 'JWT' } })],
    ['no type', () => good({ header: { typ: undefined } })],
    ['no key', () => good({ header: { jwk: undefined } })],
    ['a private key in the header', () => good({ header: { jwk: { ...device.jwk, d: device.jwk.x } } })],
    ['the key of somebody else', async () => good({ header: { jwk: (await createDevice()).jwk } })],
    ['an unknown critical header', () => good({ header: { crit: ['unknown'], unknown: 1 } })],
    ['a changed signature', async () => changeLast(await good())],
    ['an RSA key', () => signedWith('RS256')],
    ['an EdDSA key', () => signedWith('EdDSA')],
    ['no signature (alg none)', async () => unsigned(await good())],
    ['a shared secret', () => signedWithSecret()],
  ];
  it.each(bad)('refuses %s', async (_, build) => {
    expect(await reasonOf(verify(await build()))).toBe('401 invalid-dpop-proof');
  });

  const claimsNow = () => ({
    jti: crypto.randomUUID(),
    htm: 'POST',
    htu: URL_OF_REQUEST,
    iat: 1,
    nonce: verifier.nonce(),
  });

  async function signedWith(alg: string): Promise<string> {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const jwk = await exportJWK(publicKey);
    return new SignJWT(claimsNow()).setProtectedHeader({ alg, typ: 'dpop+jwt', jwk }).sign(privateKey);
  }

  function signedWithSecret(): Promise<string> {
    const jwk = { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
    return new SignJWT(claimsNow()).setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk }).sign(new Uint8Array(32));
  }
});

function changeLast(proof: string): string {
  const at = proof.length - 5;
  return proof.slice(0, at) + (proof[at] === 'A' ? 'B' : 'A') + proof.slice(at + 1);
}

function unsigned(proof: string): string {
  const [header = '', payload] = proof.split('.');
  const parsed = JSON.parse(Buffer.from(header, 'base64url').toString());
  return `${Buffer.from(JSON.stringify({ ...parsed, alg: 'none' })).toString('base64url')}.${payload}.`;
}
