/** Accounts with a backup and devices that ask for it: the load on a vault, and on whatever answers as one. */
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Servers } from '@/e2e/story/servers';
import { toBase64url } from '@/lib/bytes';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { releaseStatement } from '@/lib/keyless/wire/statement';
import { activateRequest, reserveRequest, rowRequest } from '@/lib/keyless/wire/vault';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import { sessionBody } from '@/services/http/testing/provider';
import { readKeys } from '@/services/issuer/keys';
import { type Attempt, newAttempt, signActivation, statementOf } from '@/services/vault/testing/actors';

const random = (length: number) => new Uint8Array(randomBytes(length));
/** DER of an Ed25519 private key up to its seed (RFC 8410). */
const SEED_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface ReleaseClient {
  readonly device: TestDevice;
  readonly accessToken: string;
  readonly accountId: Uint8Array;
  /** A challenge and its release, at the vault or at whoever plays it. @throws Error unless both are answered with 200 */
  release(origin: string): Promise<void>;
  /** So many requests for the witness, one after the other. */
  witness(times: number): Promise<void>;
}

/** Makes an account with a backup; `index` is also the network that it asks from. */
export async function createReleaseClient(servers: Servers, index: number): Promise<ReleaseClient> {
  const { urls, vaultId, provider } = servers;
  const name = `bench ${index} ${toBase64url(random(6))}`;
  const device = await createDevice();
  const from = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  const send = (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', from);
    return fetch(url, { ...init, headers });
  };
  const json = sessionBody(await provider.signIn(name, device.thumbprint));
  const opened = await device.send(send, `${urls.vault}/session`, { method: 'POST', json });
  const { accessToken } = await opened.json();
  const atIssuer = await device.send(send, `${urls.issuer}/session`, { method: 'POST', json });
  const issuerToken = (await atIssuer.json()).accessToken;
  const accountId = accountIdOf(provider.issuer, name);
  const caller = { accountId, jkt: device.thumbprint };
  const seed = random(32);
  const releaseKey = signingKeyOf(seed);
  const made = withReleaseKey(
    newAttempt({ caller, owner: signingKeyOf(random(32)), vaultId, from: 0, random }),
    releaseKey,
  );
  const { witnessKey } = await readKeys(join(servers.folder, 'issuer-keys'));
  const call = async (origin: string, method: string, path: string, body?: unknown) => {
    // The vault signs for its own address, whoever is asked.
    const signedFor = urls.vault + path;
    const through = (_: string, init: RequestInit) => send(origin + path, init);
    const answer = await device.send(through, signedFor, {
      method,
      accessToken,
      ...(body !== undefined && { json: body }),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const activation = signActivation(made, vaultId, statementOf(made, vaultId, null), witnessKey);
  await call(urls.vault, 'POST', '/generations', z.encode(reserveRequest, made.reserve));
  await call(urls.vault, 'PUT', '/generations/1', z.encode(rowRequest, made.row));
  await call(urls.vault, 'POST', '/activate', z.encode(activateRequest, activation));

  const { slot } = made.reserve;
  const nodeKey = createPrivateKey({ key: Buffer.concat([SEED_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return {
    device,
    accessToken,
    accountId,
    async witness(times) {
      for (let asked = 0; asked < times; asked += 1) {
        const request = { method: 'GET', accessToken: issuerToken };
        const { status } = await device.send(send, `${urls.issuer}/witness`, request);
        if (status !== 200) throw new Error(`the issuer answered ${status}`);
      }
    },
    async release(origin) {
      const given = await call(origin, 'POST', '/generations/1/challenge');
      const challenge = new Uint8Array(Buffer.from(given.challenge, 'base64url'));
      const signature = sign(null, releaseStatement({ vaultId, ...caller, generation: 1, slot, challenge }), nodeKey);
      const body = { challenge: given.challenge, signature: signature.toString('base64url') };
      await call(origin, 'POST', '/generations/1/release', body);
    },
  };
}

function withReleaseKey(made: Attempt, releaseKey: SigningKey): Attempt {
  return { ...made, releaseKey, row: { ...made.row, releasePub: releaseKey.publicKey } };
}

/** So many clients, each one release after the other. @returns releases a second, and how long each took, in ms */
export async function releaseRate(
  clients: readonly ReleaseClient[],
  origin: string,
  releases: number,
): Promise<{ perSecond: number; tookMs: number[] }> {
  const tookMs: number[] = [];
  let left = releases;
  const startedAtMs = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (; left > 0; ) {
        left -= 1;
        const sentAtMs = performance.now();
        await client.release(origin);
        tookMs.push(performance.now() - sentAtMs);
      }
    }),
  );
  return { perSecond: (releases * 1000) / (performance.now() - startedAtMs), tookMs };
}
