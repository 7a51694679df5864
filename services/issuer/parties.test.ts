/** The issuer between the real vault and real realms, all in this process: what one says is what the other reads. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { signingKeyOf } from '@/lib/crypto/signature';
import { registerTokensResponse } from '@/lib/keyless/wire/issuer';
import { reserveRequest } from '@/lib/keyless/wire/vault';
import { createRealmApp } from '@/services/realm/app';
import { importTenantKey } from '@/services/realm/protocol/tokens';
import type { SecretsRequest } from '@/services/realm/protocol/wire';
import { createMemoryStore as createRealmStore } from '@/services/realm/store/memory-store';
import { encodeRequest, makeRegistration } from '@/services/realm/testing/device';
import { SERVICE_KEY, sessionHeader, startInProcessVault } from '@/services/vault/testing/in-process';
import { spkiHexOf } from './app';
import { createRealmTokens, REGISTER_TOKENS_USABLE_MS } from './realms/realm-tokens';
import {
  ACCOUNT,
  countingRandom,
  DEVICE,
  OTHER_DEVICE,
  REALM_SET,
  REALM_SET_ID,
  SLOT,
  START_MS,
  startIssuer,
  TENANT_KEY,
} from './testing/issuer';
import { filled, numbered } from './testing/model-vault';
import { wireSlot } from './testing/wire';
import { createVaultFeed } from './vault/vault-feed';

function startParties() {
  const time = { nowMs: START_MS };
  const parts = { now: () => time.nowMs, random: countingRandom() };
  const vault = startInProcessVault({ ...parts, witnessPub: signingKeyOf(filled(32, 0x33)).publicKey });
  const tenants = new Map([['acme:1', importTenantKey(spkiHexOf(TENANT_KEY))]]);
  const realms = REALM_SET.realms.map(({ id, address }) => {
    const app = createRealmApp({ ...parts, store: createRealmStore(), realmId: id, tenants });
    const ask = async (token: string, request: SecretsRequest) => {
      const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' };
      const body = new Uint8Array(encodeRequest(request));
      const response = await app.request('/req', { method: 'POST', headers, body });
      return { status: response.status, text: new TextDecoder().decode(await response.arrayBuffer()) };
    };
    return { id, address, app, ask };
  });
  const issuer = startIssuer({
    now: parts.now,
    vault: { vaultId: vault.vaultId, receiptKey: vault.receiptKey.publicKey },
    feed: createVaultFeed({ vaultUrl: 'http://vault.test', serviceKey: SERVICE_KEY, fetch: vault.fetch }),
    fetch: async (input, init) => {
      const realm = realms.find(({ address }) => String(input).startsWith(address));
      return realm?.app.request('/req', init) ?? Response.error();
    },
  });
  const reserve = async (slot: Uint8Array, jkt: Uint8Array) => {
    const headers = { authorization: sessionHeader({ accountId: ACCOUNT, jkt }), 'content-type': 'application/json' };
    const request = z.encode(reserveRequest, { from: 0, to: 1, slot, realmSetId: REALM_SET_ID });
    const body = JSON.stringify(request);
    return (await vault.fetch('http://vault.test/generations', { method: 'POST', headers, body })).status;
  };
  return { time, realms, issuer, reserve };
}

it('reads a reservation at the vault, lets the device register, and deletes the row once the vault has voided it', async () => {
  const { time, realms, issuer, reserve } = startParties();
  expect(await reserve(SLOT, DEVICE)).toBe(200);
  const granted = await issuer.send('POST', '/tokens/register', wireSlot(SLOT));
  const { tokens } = registerTokensResponse.parse(granted.body);
  for (const { id, ask } of realms) {
    const request = { kind: 'Register2', registration: makeRegistration(8) } as const;
    expect((await ask(tokens[id] ?? '', request)).status).toBe(200);
  }
  const sign = createRealmTokens(TENANT_KEY, countingRandom());
  const stateOfRows = async () => {
    const request = { accountId: ACCOUNT, slot: SLOT, realmSet: REALM_SET, issuedAtMs: time.nowMs };
    const recover = await sign({ ...request, operation: 'recover' });
    const rows = realms.map(({ id, ask }) => ask(recover[id] ?? '', { kind: 'Recover1' }));
    return (await Promise.all(rows)).map(({ text }) => /NotRegistered|Ok/.exec(text)?.[0]);
  };
  expect(await stateOfRows()).toEqual(['Ok', 'Ok', 'Ok']);

  time.nowMs += 15 * 60_000;
  expect(await reserve(numbered(16, 11), OTHER_DEVICE)).toBe(200);
  await issuer.runDeletions();
  time.nowMs += REGISTER_TOKENS_USABLE_MS;
  expect(await issuer.runDeletions()).toMatchObject({ deleted: 1, waiting: 0 });
  expect(await stateOfRows()).toEqual(['NotRegistered', 'NotRegistered', 'NotRegistered']);
});

it('gets no page of the feed with another service key', async () => {
  const parts = { now: () => START_MS, random: countingRandom() };
  const vault = startInProcessVault({ ...parts, witnessPub: filled(32, 1) });
  const feed = createVaultFeed({
    vaultUrl: 'http://vault.test',
    serviceKey: 'another service key',
    fetch: vault.fetch,
  });
  await expect(feed.readPage(ACCOUNT, 0)).rejects.toThrow('does not answer');
});
