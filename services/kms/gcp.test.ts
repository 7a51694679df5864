/** Against an in-process fake of the REST interface: this driver has never run against Google itself. */
import { generateKeyPairSync } from 'node:crypto';
import { Hono } from 'hono';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { open, seal } from '@/services/kms/aead';
import { crc32c } from '@/services/kms/crc32c';
import { openGcpProvider } from '@/services/kms/gcp';
import { createGcpAccess } from '@/services/kms/gcp-access';
import { keyProviderContract } from '@/services/kms/key-provider.contract';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const RING = 'projects/acme/locations/europe/keyRings/halfkey/cryptoKeys';
const TOKEN = 'token-of-the-test';

type Body = Record<string, string>;

/** Keys as Google keeps them: the ciphertext names its version, a field whose checksum is wrong is refused. */
function fakeCloud() {
  const keys = new Map<string, { versions: Map<number, Uint8Array>; primary: number; disabled: Set<number> }>();
  const faults = { garble: false, down: false };
  const bytesOf = (body: Body, name: string) => {
    const bytes = new Uint8Array(Buffer.from(body[name] ?? '', 'base64'));
    return body[`${name}Crc32c`] === String(crc32c(bytes)) ? bytes : null;
  };
  const answer = (name: string, bytes: Uint8Array) => ({
    [name]: Buffer.from(bytes).toString('base64'),
    [`${name}Crc32c`]: String((crc32c(bytes) + (faults.garble ? 1 : 0)) >>> 0),
  });
  const error = (code: 400 | 404, status: string) =>
    Response.json({ error: { code, status, message: 'no' } }, { status: code });
  const invalid = () => error(400, 'INVALID_ARGUMENT');

  const encrypt = (key: string, version: number, body: Body): Response => {
    const master = keys.get(key)?.versions.get(version);
    const [plaintext, aad] = [bytesOf(body, 'plaintext'), bytesOf(body, 'additionalAuthenticatedData')];
    if (master === undefined) return error(404, 'NOT_FOUND');
    if (plaintext === null || aad === null) return invalid();
    const { iv, ct, tag } = seal(master, random(12), plaintext, aad);
    return Response.json({
      name: `${RING}/${key}/cryptoKeyVersions/${version}`,
      ...answer('ciphertext', new Uint8Array(Buffer.concat([Uint8Array.of(version), iv, ct, tag]))),
      verifiedPlaintextCrc32c: true,
      verifiedAdditionalAuthenticatedDataCrc32c: true,
      protectionLevel: 'SOFTWARE',
    });
  };
  const decrypt = (key: string, body: Body): Response => {
    const [sealed, aad] = [bytesOf(body, 'ciphertext'), bytesOf(body, 'additionalAuthenticatedData')];
    const known = keys.get(key);
    const version = sealed?.[0] ?? 0;
    const master = known?.versions.get(version);
    if (!sealed || !aad || !master || sealed.length < 30) return invalid();
    if (known?.disabled.has(version)) return error(400, 'FAILED_PRECONDITION');
    try {
      const [iv, ct, tag] = [sealed.subarray(1, 13), sealed.subarray(13, -16), sealed.subarray(-16)];
      return Response.json({ ...answer('plaintext', open(master, { iv, ct, tag }, aad)), usedPrimary: true });
    } catch {
      return invalid();
    }
  };

  const app = new Hono();
  app.all('/v1/*', async (c) => {
    if (faults.down) return c.json({ error: { status: 'UNAVAILABLE' } }, 503);
    if (c.req.header('authorization') !== `Bearer ${TOKEN}`)
      return c.json({ error: { status: 'UNAUTHENTICATED' } }, 401);
    const [, key = '', version, verb] =
      /cryptoKeys\/([\w-]+)(?:\/cryptoKeyVersions(?:\/(\d+))?)?(?::(\w+))?$/.exec(c.req.path) ?? [];
    const known = keys.get(key);
    const body: Body = c.req.method === 'GET' ? {} : await c.req.json();
    if (known === undefined) return error(404, 'NOT_FOUND');
    if (verb === 'encrypt') return encrypt(key, Number(version), body);
    if (verb === 'decrypt') return decrypt(key, body);
    if (verb === 'updatePrimaryVersion') known.primary = Number(body.cryptoKeyVersionId);
    const name = `${RING}/${key}`;
    if (c.req.method === 'PATCH') known.disabled.add(Number(version));
    if (c.req.path.endsWith('/cryptoKeyVersions')) {
      known.versions.set(known.versions.size + 1, random(32));
      return c.json({ name: `${name}/cryptoKeyVersions/${known.versions.size}` });
    }
    if (version === undefined) return c.json({ name, primary: { name: `${name}/cryptoKeyVersions/${known.primary}` } });
    return known.versions.has(Number(version))
      ? c.json({ name: `${name}/cryptoKeyVersions/${version}` })
      : error(404, 'NOT_FOUND');
  });
  return {
    faults,
    newKey: () => {
      const key = `key-${crypto.randomUUID()}`;
      keys.set(key, { versions: new Map([[1, random(32)]]), primary: 1, disabled: new Set() });
      return `${RING}/${key}`;
    },
    fetch: (async (input, init) => app.request(String(input), init)) as typeof fetch,
  };
}

const cloud = fakeCloud();
const openKey = (keyName: string, token = TOKEN) =>
  openGcpProvider({ keyName, accessToken: async () => token, fetch: cloud.fetch });

keyProviderContract('Google Cloud KMS (fake)', async () => {
  const keyName = cloud.newKey();
  return {
    provider: openKey(keyName),
    rotate: async () => {
      await openKey(keyName).addVersion();
      return openKey(keyName);
    },
    stranger: async () => openKey(cloud.newKey()),
  };
});

describe('the driver for Google Cloud KMS', () => {
  it('has no use for a disabled version', async () => {
    const provider = openKey(cloud.newKey());
    const [dek, aad] = [random(32), random(80)];
    const wrapped = await provider.wrap(dek, aad);
    expect(await provider.addVersion()).toBe('2');
    await provider.retireVersion('1');
    await expect(provider.unwrap(wrapped, aad)).rejects.toMatchObject({ code: 'key-missing' });
  });

  it('is unavailable, and nothing worse, without an answer, a good answer, or a token', async () => {
    const keyName = cloud.newKey();
    const provider = openKey(keyName);
    const aad = random(80);
    const wrapped = await provider.wrap(random(32), aad);
    const unavailable = { name: 'KmsError', code: 'unavailable' };
    for (const fault of ['garble', 'down'] as const) {
      cloud.faults[fault] = true;
      await expect(provider.unwrap(wrapped, aad)).rejects.toMatchObject(unavailable);
      await expect(provider.wrap(random(32), aad)).rejects.toMatchObject(unavailable);
      cloud.faults[fault] = false;
    }
    await expect(openKey(keyName, 'another').unwrap(wrapped, aad)).rejects.toMatchObject(unavailable);
    const away = openGcpProvider({
      keyName,
      accessToken: async () => TOKEN,
      fetch: () => Promise.reject(new Error('no')),
    });
    await expect(away.health()).rejects.toMatchObject(unavailable);
  });

  it('refuses what is no name of a key', () => {
    for (const name of ['', 'key', `${RING}/a/cryptoKeyVersions/1`, `${RING}/../x`])
      expect(() => openKey(name)).toThrow('cryptoKeys');
  });
});

it('computes CRC-32C', () => {
  // RFC 3720, B.4.
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
});

describe('access to Google Cloud', () => {
  const answers = (lifeS = 3600) => {
    const requests: { url: string; init: RequestInit | undefined }[] = [];
    const fetch = (async (input, init) => {
      requests.push({ url: String(input), init });
      return Response.json({ access_token: `token-${requests.length}`, expires_in: lifeS, token_type: 'Bearer' });
    }) as typeof globalThis.fetch;
    return { requests, fetch };
  };

  it('is that of the machine, asked for once for all, and again before it ends', async () => {
    const { requests, fetch } = answers();
    let nowMs = 0;
    const access = createGcpAccess({ fetch, now: () => nowMs });
    expect(await Promise.all([access(), access(), access()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(new Headers(requests[0]?.init?.headers).get('metadata-flavor')).toBe('Google');
    nowMs = 3_481_000;
    expect([await access(), requests.length]).toEqual(['token-2', 2]);
  });

  it('is that of a service account, by an assertion signed with its key', async () => {
    const { requests, fetch } = answers();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = {
      client_email: 'vault@acme.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      private_key_id: 'k1',
      token_uri: 'https://oauth2.googleapis.com/token',
    };
    await createGcpAccess({ key, fetch, now: () => 1_800_000_000_000 })();
    const sent = new URLSearchParams(String(requests[0]?.init?.body));
    expect(decodeJwt(sent.get('assertion') ?? '')).toMatchObject({
      iss: key.client_email,
      aud: key.token_uri,
      scope: 'https://www.googleapis.com/auth/cloudkms',
      exp: 1_800_003_600,
    });
  });

  it('says so when there is none, and tries anew the next time', async () => {
    let works = false;
    const fetch = (async () =>
      works
        ? Response.json({ access_token: 't', expires_in: 60 })
        : new Response('', { status: 403 })) as typeof globalThis.fetch;
    const access = createGcpAccess({ fetch, now: () => 0 });
    await expect(access()).rejects.toThrow('403');
    works = true;
    expect(await access()).toBe('t');
  });
});
