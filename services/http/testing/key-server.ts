/** The keys of an identity provider of a test, behind a `fetch` that can rotate, fail and count. */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface KeyServer {
  readonly fetch: typeof globalThis.fetch;
  /** How often the keys were asked for. */
  asked(): number;
  /** Adds a key that signs from now on; the ones before stay among the published. */
  rotate(): Promise<void>;
  /** Adds a key that does not sign yet. */
  publish(): Promise<void>;
  /** From now on the last published key signs. */
  signWithNewest(): void;
  /** From now on nobody answers, or somebody does again. */
  set(state: 'up' | 'down'): void;
  /** Answers are held back until the returned function is called. */
  hold(): () => void;
  /** Sent with the keys. */
  cacheControl: string | null;
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
}

export const JWKS_URL = 'https://provider.example.test/keys';

export async function createKeyServer(): Promise<KeyServer> {
  const pairs: { kid: string; privateKey: CryptoKey; jwk: JWK }[] = [];
  let [count, signing, state] = [0, 0, 'up'];
  let gate: Promise<void> = Promise.resolve();
  const publish = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const kid = `key-${pairs.length + 1}`;
    pairs.push({ kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } });
  };
  await publish();
  const server: KeyServer = {
    cacheControl: null,
    asked: () => count,
    publish,
    signWithNewest: () => {
      signing = pairs.length - 1;
    },
    rotate: async () => {
      await publish();
      server.signWithNewest();
    },
    set: (next) => {
      state = next;
    },
    hold: () => {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    fetch: async () => {
      count += 1;
      const keys = pairs.map(({ jwk }) => jwk);
      await gate;
      if (state === 'down') throw new TypeError('fetch failed');
      const headers = server.cacheControl === null ? {} : { 'cache-control': server.cacheControl };
      return Response.json({ keys }, { headers });
    },
    sign: (claims, header = {}) => {
      const pair = pairs[signing];
      if (pair === undefined) throw new Error('There is no key.');
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: pair.kid, ...header }).sign(pair.privateKey);
    },
  };
  return server;
}
