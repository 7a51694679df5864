/** A relay within one process, with providers that are there only as answers of its `fetch`. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { Limits } from '@/services/http/limits/limits';
import { createLogger } from '@/services/http/server/logger';
import { createTestProvider, type TestProvider } from '@/services/http/testing/provider';
import { createRelayApp } from '../app';
import { signClientSecret } from '../client-secret';
import { createMemoryStore } from '../memory-store';
import type { RelayProvider } from '../providers';

export const ORIGIN = 'https://relay.example.test';
export const EXTENSION_URLS = ['https://chromium.example.test/', 'https://firefox.example.test/'] as const;
export const TARGETS = ['https://vault.example.test', 'https://issuer.example.test'] as const;

export const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** One request that the relay sent. */
export interface Sent {
  readonly url: string;
  readonly body: URLSearchParams | string;
}

export interface World {
  readonly relay: ReturnType<typeof createRelayApp>;
  readonly apple: TestProvider;
  readonly google: TestProvider;
  readonly sent: Sent[];
  readonly lines: string[];
  /** Answers a code at a token endpoint with this. */
  answer(code: string, respond: () => Response | Promise<Response>): void;
  /** Answers of a target of notices, by its address; 200 when absent. */
  readonly targetStatus: Map<string, number>;
}

const provider = (identity: TestProvider, replaced: Partial<RelayProvider>): RelayProvider => {
  const remote = { ...identity, keysAgeMs: () => 0, warmUp: async () => undefined };
  return {
    id: identity.id,
    clientId: 'extension',
    scopes: ['openid'],
    responseMode: 'query',
    renewal: 'silent',
    identity: remote,
    notifier: { ...remote, clientIds: ['extension', 'app.example'] },
    endpoints: async () => ({
      authorizationUrl: `${identity.issuer}/authorize`,
      tokenUrl: `${identity.issuer}/token`,
      jwksUrl: `${identity.issuer}/keys`,
    }),
    clientSecret: async () => 'a client secret',
    ...replaced,
  };
};

/** P-256, as of a `.p8` file. */
export const appleKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let clock: () => number = Date.now;
/** Made once: an RSA key takes its time. */
const identities = Promise.all(
  ['apple', 'google'].map(async (id) => ({
    ...(await createTestProvider(() => clock(), `https://${id}.example.test`)),
    id,
  })),
);

export async function createWorld(
  now: () => number,
  limits?: Pick<Limits, 'perAddress'>,
  store = createMemoryStore(),
): Promise<World> {
  clock = now;
  const [apple, google] = await identities;
  if (apple === undefined || google === undefined) throw new Error('There are two providers.');
  const answers = new Map<string, () => Response | Promise<Response>>();
  const targetStatus = new Map<string, number>();
  const [sent, lines]: [Sent[], string[]] = [[], []];
  const fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    const body = init?.body instanceof URLSearchParams ? init.body : String(init?.body);
    sent.push({ url, body });
    const code = body instanceof URLSearchParams ? (body.get('code') ?? '') : '';
    const target = TARGETS.find((one) => url === `${one}/notices`);
    if (target !== undefined) {
      const status = targetStatus.get(target) ?? 200;
      if (status === 0) throw new TypeError('fetch failed');
      return Response.json({}, { status });
    }
    const respond = answers.get(code);
    return respond ? respond() : Response.json({ error: 'invalid_grant' }, { status: 400 });
  };
  const privateKey = createPrivateKey(appleKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const signer = { teamId: 'TEAM', keyId: 'KEY', clientId: 'extension', issuer: apple.issuer, privateKey };
  const relay = createRelayApp({
    providers: [
      provider(apple, {
        scopes: [],
        responseMode: 'form_post',
        renewal: 'by-window',
        clientSecret: () => signClientSecret(signer, now()),
      }),
      provider(google, {}),
    ],
    store,
    extensionUrls: EXTENSION_URLS,
    externalUrl: ORIGIN,
    targets: TARGETS,
    nonceKey: new Uint8Array(32).fill(3),
    corsOrigins: ['chrome-extension://abc'],
    fetch: fetch as typeof globalThis.fetch,
    now,
    random,
    logger: createLogger({ service: 'relay', destination: { write: (line) => void lines.push(line) } }),
    ...(limits && { limits }),
  });
  const answer: World['answer'] = (code, respond) => void answers.set(code, respond);
  return { relay, apple, google, sent, lines, answer, targetStatus };
}
