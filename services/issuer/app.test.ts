import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url, toHex } from '@/lib/bytes';
import { signingKeyOf, verifySignature } from '@/lib/crypto/signature';
import { witnessResponse } from '@/lib/keyless/wire/issuer';
import { keptStatement, statementHashOf } from '@/lib/keyless/wire/statement';
import { NEW_ACCOUNT } from './account/account';
import {
  ACCOUNT,
  DEVICE,
  OTHER_DEVICE,
  OWNER,
  REALM_SET,
  REALM_SET_ID,
  SLOT,
  START_MS,
  startIssuer,
  type TestIssuer,
  THIEF,
} from './testing/issuer';
import { filled, numbered, type Reservation, signActivation, signSuccess } from './testing/model-vault';
import { wireSlot, wireStatement, wireSuccess } from './testing/wire';
import { VaultUnreachable } from './vault/vault-feed';

const reserve = ({ vault }: TestIssuer, slot = SLOT, jkt = DEVICE): Reservation =>
  vault.reserve(ACCOUNT, { slot, realmSetId: REALM_SET_ID, jkt });

/** Everything that a device does to make a backup, as far as the issuer and the vault see it. */
async function createBackup(issuer: TestIssuer, slot = SLOT) {
  const reservation = reserve(issuer, slot);
  const register = await issuer.send('POST', '/tokens/register', wireSlot(slot));
  const readBack = await issuer.send('POST', '/tokens/recover', wireSlot(slot));
  const signed = signActivation(issuer.vault, ACCOUNT, reservation, OWNER);
  const kept = await issuer.send('POST', '/witness', wireStatement(signed));
  issuer.vault.activate(ACCOUNT, signed, OWNER);
  const { tryNumber } = readBack.body;
  const signature = signSuccess(OWNER, ACCOUNT, slot, tryNumber);
  const success = await issuer.send('POST', '/success', wireSuccess(slot, tryNumber, signature));
  return { signed, register, readBack, kept, success };
}

const witnessOf = async ({ send }: TestIssuer, path = '/witness') =>
  witnessResponse.parse((await send('GET', path)).body);

describe('the story of a backup', () => {
  it('is made, witnessed, and recovered by another device', async () => {
    const issuer = startIssuer();
    const { signed, register, readBack, kept, success } = await createBackup(issuer);
    expect([register.status, readBack.status, kept.status, success.status]).toEqual([200, 200, 200, 200]);
    expect(Object.keys(register.body.tokens)).toEqual(REALM_SET.realms.map(({ id }) => id));
    expect(decodeJwt(register.body.tokens['a'.repeat(32)])).toMatchObject({ op: 'register' });
    expect(decodeJwt(readBack.body.tokens['a'.repeat(32)])).toMatchObject({ op: 'recover' });
    expect(readBack.body.tryNumber).toBe(1);
    const statement = keptStatement({
      vaultId: issuer.vault.vaultId,
      accountId: ACCOUNT,
      statementHash: statementHashOf(signed.statement),
    });
    expect(verifySignature(issuer.witnessPub, statement, fromBase64url(kept.body.kept))).toBe(true);

    const witness = await witnessOf(issuer);
    expect(witness).toMatchObject({
      lastNumber: 1,
      current: { slot: SLOT, to: 1, realmSetId: REALM_SET_ID },
      kept: [],
    });
    const again = await issuer.send('POST', '/tokens/recover', wireSlot(SLOT), OTHER_DEVICE);
    expect(again.body.tryNumber).toBe(2);
    expect((await witnessOf(issuer)).tries).toEqual({ sinceSuccess: 1, lastAtMs: START_MS, nextAtMs: START_MS });
  });

  it('goes on to the next generation, which retires the one before', async () => {
    const issuer = startIssuer();
    const first = await createBackup(issuer);
    const next = await createBackup(issuer, numbered(16, 11));
    expect(next.kept.status).toBe(200);
    expect(await witnessOf(issuer)).toMatchObject({ lastNumber: 2, current: { slot: numbered(16, 11) } });
    const old = [
      await issuer.send('POST', '/tokens/recover', wireSlot(SLOT)),
      await issuer.send('POST', '/tokens/register', wireSlot(SLOT)),
      await issuer.send('POST', '/witness', wireStatement(first.signed)),
    ];
    expect(old.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([410, 'slot-retired']));
  });

  it('lets the owner rotate while the tries are used up', async () => {
    const issuer = startIssuer();
    await createBackup(issuer);
    for (let n = 0; n < 3; n += 1) await issuer.send('POST', '/tokens/recover', wireSlot(SLOT), OTHER_DEVICE);
    expect((await issuer.send('POST', '/tokens/recover', wireSlot(SLOT))).body.code).toBe('try-later');
    expect((await createBackup(issuer, numbered(16, 11))).success.status).toBe(200);
  });

  it('gives the same body to the status token', async () => {
    const issuer = startIssuer();
    await createBackup(issuer);
    expect(await witnessOf(issuer, '/status')).toEqual(await witnessOf(issuer));
  });
});

describe('an answer', () => {
  it('takes in what the vault said just now', async () => {
    const issuer = startIssuer();
    reserve(issuer);
    expect((await issuer.send('POST', '/tokens/register', wireSlot(SLOT))).status).toBe(200);
    issuer.vault.voidOpen(ACCOUNT);
    const { status, body } = await issuer.send('POST', '/tokens/register', wireSlot(SLOT));
    expect([status, body.code]).toEqual([410, 'slot-retired']);
  });

  it('keeps what the feed said even if the request itself is refused', async () => {
    const issuer = startIssuer();
    reserve(issuer);
    await issuer.send('POST', '/tokens/recover', wireSlot(SLOT));
    expect((await issuer.store.read(ACCOUNT))?.account.place.number).toBe(1);
  });

  it('reads a feed of many pages to its head', async () => {
    const issuer = startIssuer();
    issuer.vault.pageSize = 1;
    for (let n = 0; n < 5; n += 1) reserve(issuer, numbered(16, 20 + n));
    expect((await issuer.send('POST', '/tokens/register', wireSlot(numbered(16, 24)))).status).toBe(200);
    expect((await issuer.store.read(ACCOUNT))?.account.place.number).toBe(9);
  });

  it('takes several requests to read a very long feed, and loses none of it', async () => {
    const issuer = startIssuer();
    issuer.vault.pageSize = 1;
    for (let n = 0; n < 30; n += 1) reserve(issuer, numbered(16, 20 + n));
    const first = await issuer.send('GET', '/witness');
    expect([first.status, first.body.code]).toEqual([503, 'temporarily-unavailable']);
    expect((await issuer.send('GET', '/witness')).status).toBe(200);
  });

  it('is stored nowhere for an account of which nothing is known', async () => {
    const issuer = startIssuer();
    expect(await witnessOf(issuer)).toMatchObject({ lastNumber: 0, current: null, kept: [], events: [] });
    expect(await issuer.store.read(ACCOUNT)).toBeNull();
  });

  it('is not given while the vault cannot be reached', async () => {
    const feed = { readPage: () => Promise.reject(new VaultUnreachable('gone')) };
    const { send } = startIssuer({ feed });
    const { status, body } = await send('GET', '/witness');
    expect([status, body.code]).toEqual([503, 'vault-unreachable']);
  });

  it.each([
    ['/witness', 'GET', undefined],
    ['/tokens/register', 'POST', wireSlot(SLOT)],
    ['/tokens/recover', 'POST', wireSlot(SLOT)],
    ['/status', 'GET', undefined],
  ] as const)('is not given, with an alarm, when the feed is behind: %s', async (path, method, body) => {
    const issuer = startIssuer();
    await createBackup(issuer);
    issuer.vault.truncate(ACCOUNT, 1);
    const answer = await issuer.send(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([503, 'feed-behind']);
    const alarm = issuer.lines.find((line) => line.alarm === 'feed-behind');
    expect(alarm).toMatchObject({ level: 60, fault: 'head-below-place' });
    expect(JSON.stringify(issuer.lines)).not.toContain(toHex(ACCOUNT));
  });

  it('is not given when a restored vault has grown past the place since', async () => {
    const issuer = startIssuer();
    await createBackup(issuer);
    issuer.vault.truncate(ACCOUNT, 1);
    for (let n = 0; n < 5; n += 1) issuer.vault.publish(ACCOUNT, { kind: 'void', slot: numbered(16, n) });
    expect((await issuer.send('GET', '/witness')).body.code).toBe('feed-behind');
    expect(issuer.lines.find((line) => line.alarm)).toMatchObject({ fault: 'entry-changed' });
  });

  it('is not given when the vault leaves out entries that it counts', async () => {
    const issuer = startIssuer();
    reserve(issuer);
    const feed = { readPage: async () => ({ head: 1, entries: [] }) };
    const { send } = startIssuer({ feed });
    expect((await send('GET', '/witness')).body.code).toBe('feed-behind');
  });
});

describe('sessions', () => {
  it('leave the device and its name with the account, without asking the vault', async () => {
    const feed = { readPage: () => Promise.reject(new VaultUnreachable('gone')) };
    const { opened, store } = startIssuer({ feed });
    const session = { accountId: ACCOUNT, jkt: toBase64url(DEVICE), device: 'new', atMs: START_MS } as const;
    await opened.tell({ ...session, deviceName: 'Laptop' });
    expect((await store.read(ACCOUNT))?.account).toEqual({
      ...NEW_ACCOUNT,
      devices: [{ jkt: DEVICE, name: 'Laptop', lastSeenAtMs: START_MS }],
      events: [{ kind: 'device-signed-in', atMs: START_MS, deviceName: 'Laptop' }],
    });
  });

  it('see their own account only', async () => {
    const issuer = startIssuer();
    await createBackup(issuer);
    const other = filled(32, 0x55);
    const witness = await issuer.send('GET', '/witness', undefined, DEVICE, other);
    expect(witness.body).toMatchObject({ lastNumber: 0, current: null });
    const tokens = await issuer.send('POST', '/tokens/recover', wireSlot(SLOT), DEVICE, other);
    expect([tokens.status, tokens.body.code]).toEqual([404, 'slot-unknown']);
  });
});

describe('a bad request', () => {
  it('is refused by name', async () => {
    const issuer = startIssuer();
    const { signed } = await createBackup(issuer);
    const answers = [
      await issuer.send('POST', '/tokens/recover', wireSlot(numbered(16, 99))),
      await issuer.send('POST', '/witness', wireStatement({ ...signed, signature: filled(64, 1) })),
      await issuer.send('POST', '/success', wireSuccess(SLOT, 1, signSuccess(THIEF, ACCOUNT, SLOT, 1))),
      await issuer.send('POST', '/success', wireSuccess(SLOT, 7, signSuccess(OWNER, ACCOUNT, SLOT, 7))),
      await issuer.send('GET', '/nothing'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'slot-unknown'],
      [403, 'bad-signature'],
      [403, 'bad-signature'],
      [409, 'wrong-number'],
      [404, 'not-found'],
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['a slot that is too short', { slot: toBase64url(filled(15, 1)) }],
    ['a slot that is no base64url', { slot: '%%%%' }],
    ['a number', { slot: 7 }],
  ])('is 400: %s', async (_what, body) => {
    const { send } = startIssuer();
    const answer = await send('POST', '/tokens/recover', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
  });

  it('is 413 above 16 KiB', async () => {
    const answer = await startIssuer().send('POST', '/witness', { statement: 'A'.repeat(16 * 1024) });
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
  });
});

describe('the public face', () => {
  it('says its keys and that it lives', async () => {
    const { app, witnessPub, tenantPublicKey } = startIssuer();
    expect(await (await app.request('/about')).json()).toEqual({
      witnessPublicKey: toHex(witnessPub),
      tenantPublicKey: tenantPublicKey.spkiHex,
      kid: 'acme:1',
    });
    expect(witnessPub).toEqual(signingKeyOf(filled(32, 0x33)).publicKey);
    expect((await app.request('/livez')).status).toBe(200);
  });

  const preflight = async ({ app }: TestIssuer, origin: string) => {
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' };
    return (await app.request('/tokens/recover', { method: 'OPTIONS', headers })).headers;
  };

  it('lets the configured extension call, and nobody else', async () => {
    const issuer = startIssuer();
    const ours = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    const allowed = await preflight(issuer, ours);
    expect(allowed.get('access-control-allow-origin')).toBe(ours);
    expect(allowed.get('access-control-allow-headers')).toContain('dpop');
    for (const origin of ['https://evil.test', 'null', 'moz-extension://0123'])
      expect((await preflight(issuer, origin)).get('access-control-allow-origin')).toBeNull();
    const answer = await issuer.app.request('/about', { headers: { origin: ours } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('dpop-nonce');
  });

  it('lets every add-on of Firefox call where that is configured', async () => {
    const issuer = startIssuer({ corsOrigins: ['moz-extension://*'] });
    const addOn = 'moz-extension://0a1b-2c';
    expect((await preflight(issuer, addOn)).get('access-control-allow-origin')).toBe(addOn);
    expect((await preflight(issuer, 'https://evil.test')).get('access-control-allow-origin')).toBeNull();
  });
});
