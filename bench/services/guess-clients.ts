/** Users of a realm with guesses to spend: requests that were signed and encoded beforehand, so that sending is all. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Servers } from '@/e2e/story/servers';
import { readKeys } from '@/services/issuer/keys';
import { createRealmTokens, type Operation } from '@/services/issuer/realms/realm-tokens';
import type { SecretsRequest } from '@/services/realm/protocol/wire';
import { encodeRequest, makeRegistration, randomPoint } from '@/services/realm/testing/device';

const random = (length: number) => new Uint8Array(randomBytes(length));

/** One user's guesses, in order. */
export type GuessClient = readonly RequestInit[];

/** Registers users at the realm, and prepares all guesses of each. */
export async function createGuessClients(servers: Servers, users: number): Promise<GuessClient[]> {
  const { realmSet, folder, urls } = servers;
  const { tenantPrivateKey } = await readKeys(join(folder, 'issuer-keys'));
  const sign = createRealmTokens({ tenant: 'halfkey', version: 1, privateKey: tenantPrivateKey }, random);
  const realmId = realmSet.realms[0]?.id ?? '';
  const clients: GuessClient[] = [];
  for (let user = 0; user < users; user += 1) {
    const who = { accountId: random(32), slot: random(16) };
    const requestOf = async (operation: Operation, request: SecretsRequest): Promise<RequestInit> => {
      const token = (await sign({ ...who, realmSet, operation, issuedAtMs: Date.now() }))[realmId];
      const from = `10.9.${user >> 8}.${user & 255}`;
      const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7', 'x-forwarded-for': from };
      return { method: 'POST', headers, body: new Uint8Array(encodeRequest(request)) };
    };
    const registration = makeRegistration(realmSet.guesses);
    await guess(urls.realm, await requestOf('register', { kind: 'Register2', registration }));
    const { version } = registration;
    const guesses = Array.from({ length: realmSet.guesses }, () =>
      requestOf('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }),
    );
    clients.push(await Promise.all(guesses));
  }
  return clients;
}

async function guess(origin: string, request: RequestInit): Promise<void> {
  const response = await fetch(`${origin}/req`, request);
  const body = await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the realm answered ${response.status} ${Buffer.from(body)}`);
}

/** @param atOnce users that guess side by side. @returns guesses a second, and how long each took, in ms */
export async function guessRate(
  clients: readonly GuessClient[],
  origin: string,
  atOnce: number,
): Promise<{ perSecond: number; guesses: number; tookMs: number[] }> {
  const tookMs: number[] = [];
  const waiting = [...clients];
  const startedAtMs = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let client = waiting.pop(); client; client = waiting.pop()) {
        for (const request of client) {
          const sentAtMs = performance.now();
          await guess(origin, request);
          tookMs.push(performance.now() - sentAtMs);
        }
      }
    }),
  );
  const guesses = tookMs.length;
  return { perSecond: (guesses * 1000) / (performance.now() - startedAtMs), guesses, tookMs };
}
