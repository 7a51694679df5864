/** I5: a vault that lies, or an issuer, is refused before seed material is used, and the true registration stays whole. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { signingKeyOf } from '@/lib/crypto/signature';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import { decodeRecord, encodeRecord } from '@/lib/keyless/wire/record';
import { activateStatement, decodeActivation } from '@/lib/keyless/wire/statement';
import { type BackupMetadata, backupMetadata, type ReleaseResponse, releaseResponse } from '@/lib/keyless/wire/vault';
import { bytesOf, codeOf, create, createWorld, type Device, PIN, random, recover, rotate, type World } from './world';

let world: World;
let account: Uint8Array;
let owner: Device;
let wallet: Uint8Array;

beforeAll(async () => {
  world = await createWorld();
  account = random(32);
  owner = await world.device(account);
  wallet = bytesOf((await create(owner)).entropy);
});

/** Whatever was said meanwhile, the wallet still opens once the truth is told again. */
afterEach(async () => {
  world.intercept = (request, send) => send(request);
  expect(bytesOf((await recover(await world.device(account))).entropy)).toEqual(wallet);
});

/** Bends the JSON answers of one route. */
function bend<Answer>(host: string, path: RegExp, schema: z.ZodType<Answer>, change: (answer: Answer) => Answer): void {
  world.intercept = async (request, send) => {
    const { hostname, pathname } = new URL(request.url);
    const response = await send(request);
    if (hostname !== host || !path.test(pathname) || !response.ok) return response;
    const answer = change(schema.parse(await response.json()));
    return Response.json(z.encode(schema, answer));
  };
}

const bendMetadata = (change: (metadata: BackupMetadata) => BackupMetadata) =>
  bend('vault.test', /^\/backup$/, backupMetadata, change);
const bendRelease = (change: (row: ReleaseResponse) => ReleaseResponse) =>
  bend('vault.test', /\/release$/, releaseResponse, change);
const withActive = (change: (active: NonNullable<BackupMetadata['active']>) => object) => (metadata: BackupMetadata) =>
  metadata.active ? { ...metadata, active: { ...metadata.active, ...change(metadata.active) } } : metadata;

const flip = (bytes: Uint8Array): Uint8Array => Uint8Array.of((bytes[0] ?? 0) ^ 1, ...bytes.slice(1));
const guessesCounted = () =>
  world.realms.map(({ store }) => store.events.filter((e) => e.event === 'guess_used').length);

describe('before any PIN, the wallet stops when the vault', () => {
  it.each<[string, string, (metadata: BackupMetadata) => BackupMetadata]>([
    ['says that there is none', 'servers-disagree', (metadata) => ({ ...metadata, active: null })],
    ['names another generation', 'servers-disagree', withActive(({ generation }) => ({ generation: generation + 1 }))],
    ['names another record', 'servers-disagree', withActive(({ recordHash }) => ({ recordHash: flip(recordHash) }))],
    ['names another slot', 'servers-disagree', withActive(({ slot }) => ({ slot: flip(slot) }))],
    ['names another realm set', 'servers-disagree', withActive(({ realmSetId }) => ({ realmSetId: flip(realmSetId) }))],
    ['shows an unsigned statement', 'unsigned-status', withActive(({ signature }) => ({ signature: flip(signature) }))],
    [
      'shows a statement of another owner',
      'unsigned-status',
      withActive(({ statement }) => {
        const forger = signingKeyOf(random(32));
        const s = activateStatement({
          ...decodeActivation(statement),
          accountId: random(32),
          ownerPub: forger.publicKey,
        });
        return { statement: s, signature: forger.sign(s) };
      }),
    ],
  ])('%s', async (_, code, change) => {
    const before = guessesCounted();
    bendMetadata(change);
    const device = await world.device(account);
    expect(await codeOf(lookUpBackup(device.parties, null))).toBe(code);
    expect(guessesCounted()).toEqual(before);
  });

  it('shows another owner’s well-signed statement to a device that knows the wallet', async () => {
    const { ownerPub } = decodeActivation((await realMetadata()).statement);
    const forger = signingKeyOf(random(32));
    bendMetadata(
      withActive(({ statement }) => {
        const s = activateStatement({ ...decodeActivation(statement), ownerPub: forger.publicKey });
        return { statement: s, signature: forger.sign(s) };
      }),
    );
    const device = await world.device(account);
    const known = { generation: 1, ownerPub, statement: (await realMetadata()).statement };
    expect(await codeOf(lookUpBackup(device.parties, known))).toBe('unsigned-status');
  });

  it('shows another statement under the number that the device knows, though its owner signed both', async () => {
    const { statement } = await realMetadata();
    const { ownerPub } = decodeActivation(statement);
    const device = await world.device(account);
    const known = { generation: 1, ownerPub, statement };
    expect(await lookUpBackup(device.parties, known)).not.toBeNull();
    const other = activateStatement({ ...decodeActivation(statement), slot: random(16) });
    expect(await codeOf(lookUpBackup(device.parties, { ...known, statement: other }))).toBe('servers-disagree');
  });

  it.each(['constructor', 'toString', '__proto__'])('refuses with the code %s', async (code) => {
    world.intercept = async (request, send) =>
      request.url.endsWith('/backup') ? Response.json({ code }, { status: 400 }) : send(request);
    const device = await world.device(account);
    expect(await codeOf(lookUpBackup(device.parties, null))).toBe('party-misbehaved');
  });

  it('names a realm set that this build does not know', async () => {
    const device = await world.device(account);
    const parties = { ...device.parties, pins: { ...device.parties.pins, realmSets: new Map() } };
    expect(await codeOf(lookUpBackup(parties, null))).toBe('update-the-app');
  });
});

async function realMetadata() {
  const { parties } = await world.device(account);
  const { active } = await parties.vault.metadata();
  if (!active) throw new Error('no backup');
  return active;
}

describe('after the PIN, nothing is used when the vault releases', () => {
  it.each<[string, string, (row: ReleaseResponse) => ReleaseResponse]>([
    ['a record with a flipped bit', 'record-mismatch', (row) => ({ ...row, record: flipLast(row.record) })],
    ['a share of its own', 'commitment-mismatch', (row) => ({ ...row, backendShare: flip(row.backendShare) })],
    ['no record at all', 'record-mismatch', (row) => ({ ...row, record: random(20) })],
    [
      'a record that names another account',
      'record-mismatch',
      (row) => {
        const record = decodeRecord(row.record);
        return { ...row, record: encodeRecord({ ...record, fields: { ...record.fields, accountId: random(32) } }) };
      },
    ],
  ])('%s', async (_, code, change) => {
    bendRelease(change);
    expect(await codeOf(recover(await world.device(account)))).toBe(code);
  });

  it('the row of another user', async () => {
    const other = random(32);
    const rows: ReleaseResponse[] = [];
    bendRelease((row) => {
      rows.push(row);
      return row;
    });
    await create(await world.device(other));
    const [stolen] = rows;
    if (!stolen) throw new Error('no row');
    bendRelease(() => stolen);
    expect(await codeOf(recover(await world.device(account)))).toBe('record-mismatch');
  });
});

const flipLast = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes.slice(0, -1), (bytes.at(-1) ?? 0) ^ 1);

describe('rollback', () => {
  it('of the vault to the generation before is noticed by the issuer’s word, before any PIN', async () => {
    const user = random(32);
    const device = await world.device(user);
    const { entropy } = await create(device);
    const olderState = await world.vaultStore.read(user);
    await rotate(device, entropy, '905172');
    const newer = await world.vaultStore.read(user);
    if (!olderState || !newer) throw new Error('no state');
    await world.vaultStore.compareAndSwap(user, newer.version, olderState.state, []);
    const fresh = await world.device(user);
    expect(await codeOf(lookUpBackup(fresh.parties, null))).toBe('servers-disagree');
    expect(await codeOf(recover(fresh, PIN))).toBe('servers-disagree');
  });

  it('of vault and issuer together is noticed by a device that knows the newer generation', async () => {
    const { ownerPub } = decodeActivation((await realMetadata()).statement);
    const device = await world.device(account);
    const known = { generation: 2, ownerPub, statement: random(295) };
    expect(await codeOf(lookUpBackup(device.parties, known))).toBe('servers-disagree');
  });
});

describe('an issuer that lies', () => {
  it('cannot send the PIN to realms under another user’s name', async () => {
    const stranger = await world.device(random(32));
    const { slot } = decodeActivation((await create(stranger)).backup.statement);
    const strangersTokens = await stranger.parties.issuer.recoverTokens(slot);
    world.intercept = async (request, send) =>
      request.url.endsWith('/tokens/recover') ? Response.json(strangersTokens) : send(request);
    const before = guessesCounted();
    expect(await codeOf(recover(await world.device(account)))).toBe('party-misbehaved');
    expect(guessesCounted()).toEqual(before);
  });

  it.each(['sub', 'aud', 'op'])('cannot have a backup registered with tokens of another %s', async (claim) => {
    const bent: Record<string, unknown> = { sub: '0'.repeat(32), aud: '0'.repeat(32), op: 'recover' };
    const bend = (token: string) => {
      const [header = '', payload = '', signature = ''] = token.split('.');
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), [claim]: bent[claim] };
      return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    };
    const registered: string[] = [];
    world.intercept = async (request, send) => {
      if (/realm/.test(request.url) && request.method === 'POST') registered.push(request.url);
      const response = await send(request);
      if (!request.url.endsWith('/tokens/register')) return response;
      const { tokens } = await response.json();
      return Response.json({
        tokens: Object.fromEntries(Object.entries<string>(tokens).map(([id, token]) => [id, bend(token)])),
      });
    };
    expect(await codeOf(create(await world.device(random(32))))).toBe('party-misbehaved');
    expect(registered).toEqual([]);
  });

  it('cannot forge kept: the vault activates nothing that the witness key did not sign', async () => {
    const user = random(32);
    const device = await world.device(user);
    const forged = { ...device.parties.issuer, keep: async () => random(64) };
    const bent = { ...device, parties: { ...device.parties, issuer: forged } };
    expect(await codeOf(create(bent))).toBe('party-misbehaved');
    expect((await device.parties.vault.metadata()).active).toBeNull();
  });

  it('has nothing to read: no answer or state of it holds a share, a record or a PIN', async () => {
    const stored = await world.issuerStore.read(account);
    const dump = JSON.stringify(stored, (_, value) => (value instanceof Uint8Array ? toHex(value) : value));
    const row = (await world.vaultStore.read(account))?.state.active?.row;
    if (!row) throw new Error('no row');
    expect(dump).toContain(toHex(row.recordHash));
    for (const piece of [toHex(row.record), toHex(decodeRecord(row.record).ciphertext), toHex(wallet), PIN])
      expect(dump).not.toContain(piece);
  });
});
