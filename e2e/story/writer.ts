/**
 * An account whose device makes one backup after the other by the bare wire, without PINs: every write of the protocol, each
 * repeated until it is answered, and each answer held against all that was acknowledged before.
 */
import { randomBytes } from 'node:crypto';
import { decode } from 'cborg';
import { expect } from 'vitest';
import { z } from 'zod';
import { equalBytes, toHex } from '@/lib/bytes';
import { signingKeyOf } from '@/lib/crypto/signature';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { keepRequest, keepResponse, recoverTokensResponse, registerTokensResponse } from '@/lib/keyless/wire/issuer';
import { juiceboxUserOf, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import { sessionResponse } from '@/lib/keyless/wire/session';
import {
  activateRequest,
  backupMetadata,
  challengeResponse,
  releaseRequest,
  releaseResponse,
  reserveRequest,
  rowRequest,
} from '@/lib/keyless/wire/vault';
import { createDevice } from '@/services/http/testing/device';
import { sessionBody } from '@/services/http/testing/provider';
import type { SecretsRequest } from '@/services/realm/protocol/wire';
import { encodeRequest, makeRegistration, randomPoint } from '@/services/realm/testing/device';
import { newAttempt, signRelease, statementOf } from '@/services/vault/testing/actors';
import type { ServerName, Servers } from './servers';

const random = (length: number) => new Uint8Array(randomBytes(length));
/** More than servers are ever killed while one request waits. */
const MAX_TRIES = 200;

export interface Ground {
  readonly servers: Servers;
  /** Told of each request before it is sent. */
  readonly onWrite: () => void;
  /** Resolves as soon as no server is down. */
  readonly standing: () => Promise<void>;
}

export interface Writer {
  readonly accountId: Uint8Array;
  /** Users of the realm that this writer registered, each with the guesses that were counted. */
  readonly guessesOf: ReadonlyMap<string, number>;
  /** One backup, from the reservation to the release. */
  writeBackup(): Promise<void>;
  /** Everything acknowledged is still there. */
  check(): Promise<void>;
  /** Requests that were answered with a yes. */
  writes(): number;
}

export async function createWriter(name: string, { servers, onWrite, standing }: Ground): Promise<Writer> {
  const { urls, vaultId, realmSet, provider } = servers;
  const [realm] = realmSet.realms;
  const device = await createDevice();
  const accountId = accountIdOf(provider.issuer, name);
  const caller = { accountId, jkt: device.thumbprint };
  const owner = signingKeyOf(random(32));
  const signIn = async (party: 'vault' | 'issuer') => {
    const json = sessionBody(await provider.signIn(name, device.thumbprint));
    const answer = await device.send(fetch, `${urls[party]}/session`, { method: 'POST', json });
    return sessionResponse.parse(await answer.json()).accessToken;
  };
  const tokens = { vault: await signIn('vault'), issuer: await signIn('issuer') };
  const acknowledged = { generation: 0, statement: null as Uint8Array | null, lastTry: 0, writes: 0 };
  const guessesOf = new Map<string, number>();

  /** A server that is away, or that lost its database, is asked again once it stands. */
  const answered = async (where: ServerName, ask: () => Promise<Response>): Promise<Response> => {
    let last: unknown;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      onWrite();
      try {
        const response = await ask();
        const body = await response.arrayBuffer();
        if (response.status < 500) return new Response(body, response);
        last = `${response.status} ${Buffer.from(body).toString()}`;
      } catch (error) {
        last = error;
      }
      await standing();
    }
    throw new Error(`${where} did not answer`, { cause: last });
  };
  const call = async <Schema extends z.ZodType>(
    party: 'vault' | 'issuer',
    [method, path]: readonly [string, string],
    schema: Schema,
    json?: unknown,
  ): Promise<z.output<Schema>> => {
    const request = { method, accessToken: tokens[party], ...(json !== undefined && { json }) };
    const response = await answered(party, () => device.send(fetch, urls[party] + path, request));
    if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    acknowledged.writes += 1;
    return schema.parse(await response.json());
  };
  const askRealm = async (token: string, request: SecretsRequest): Promise<Record<string, never>> => {
    const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' };
    const body = new Uint8Array(encodeRequest(request));
    const response = await answered('realm', () => fetch(`${urls.realm}/req`, { method: 'POST', headers, body }));
    if (response.status !== 200) throw new Error(`realm: ${response.status} ${await response.text()}`);
    acknowledged.writes += 1;
    return decode(new Uint8Array(await response.arrayBuffer()));
  };
  const nothing = z.object({});

  /** A try: its number is higher than every number that was given before. */
  const takeTry = async (slot: Uint8Array) => {
    const given = await call('issuer', ['POST', '/tokens/recover'], recoverTokensResponse, {
      slot: Buffer.from(slot).toString('base64url'),
    });
    expect(given.tryNumber).toBeGreaterThan(acknowledged.lastTry);
    acknowledged.lastTry = given.tryNumber;
    return given.tokens[realm?.id ?? ''] ?? '';
  };

  /** A guess: counted once, however often it had to be asked. */
  const guess = async (token: string, user: string, version: Uint8Array) => {
    const answer = await askRealm(token, { kind: 'Recover2', version, blindedInput: randomPoint() });
    const before = guessesOf.get(user) ?? 0;
    expect(answer).toMatchObject({ Recover2: { Ok: { guess_count: before + 1 } } });
    guessesOf.set(user, before + 1);
  };

  return {
    accountId,
    guessesOf,
    writes: () => acknowledged.writes,
    async writeBackup() {
      const from = acknowledged.generation;
      const realmSetId = realmSetIdOf(realmSet);
      const made = newAttempt({ caller, owner, vaultId, from, random, realmSetId });
      const { slot, to } = made.reserve;
      const wireSlot = { slot: Buffer.from(slot).toString('base64url') };
      await call('vault', ['POST', '/generations'], nothing, z.encode(reserveRequest, made.reserve));
      await call('vault', ['PUT', `/generations/${to}`], nothing, z.encode(rowRequest, made.row));
      const register = await call('issuer', ['POST', '/tokens/register'], registerTokensResponse, wireSlot);
      const registration = makeRegistration(realmSet.guesses);
      const { version, unlockKeyTag } = registration;
      const user = juiceboxUserOf(accountId, slot);
      const token = register.tokens[realm?.id ?? ''] ?? '';
      expect(await askRealm(token, { kind: 'Register2', registration })).toEqual({ Register2: 'Ok' });
      guessesOf.set(user, 0);

      await guess(await takeTry(slot), user, version);
      const statement = statementOf(made, vaultId, acknowledged.statement);
      const signature = owner.sign(statement);
      const { kept } = await call(
        'issuer',
        ['POST', '/witness'],
        keepResponse,
        z.encode(keepRequest, { statement, signature }),
      );
      const activation = z.encode(activateRequest, { statement, signature, kept });
      await call('vault', ['POST', '/activate'], nothing, activation);
      Object.assign(acknowledged, { generation: to, statement });

      const last = await takeTry(slot);
      await guess(last, user, version);
      expect(await askRealm(last, { kind: 'Recover3', version, unlockKeyTag })).toMatchObject({ Recover3: { Ok: {} } });
      await releaseRow(made);
    },
    async check() {
      const { active, lastNumber } = await call('vault', ['GET', '/backup'], backupMetadata);
      const { generation, statement } = acknowledged;
      expect(lastNumber).toBeGreaterThanOrEqual(generation);
      expect(active?.generation ?? 0).toBeGreaterThanOrEqual(generation);
      if (active?.generation === generation && statement) expect(toHex(active.statement)).toBe(toHex(statement));
      const witness = await call('issuer', ['GET', '/witness'], z.object({ lastNumber: z.int() }));
      expect(witness.lastNumber).toBeGreaterThanOrEqual(generation);
    },
  };

  /** The share leaves as it was put. A challenge whose answer was lost is used up: a new one is asked for. */
  async function releaseRow(made: ReturnType<typeof newAttempt>): Promise<void> {
    const path = `/generations/${made.reserve.to}`;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { challenge } = await call('vault', ['POST', `${path}/challenge`], challengeResponse);
      const json = z.encode(releaseRequest, signRelease(made, vaultId, caller, challenge));
      const request = { method: 'POST', accessToken: tokens.vault, json };
      const response = await answered('vault', () => device.send(fetch, `${urls.vault}${path}/release`, request));
      if (response.status === 403) continue;
      acknowledged.writes += 1;
      const { record, backendShare } = releaseResponse.parse(await response.json());
      expect(equalBytes(record, made.row.record) && equalBytes(backendShare, made.row.backendShare)).toBe(true);
      return;
    }
    throw new Error('the share was never released');
  }
}
