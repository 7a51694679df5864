import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { juiceboxUserOf } from '@/lib/keyless/wire/realm-set';
import { LEASE_MS } from '../account/grant';
import { ENDED_KEPT_MS } from '../account/retire';
import type { IssuerAppOptions } from '../app';
import { createMemoryStore } from '../store/memory-store';
import type { AccountStore } from '../store/store';
import {
  ACCOUNT,
  DEVICE,
  REALM_SET,
  REALM_SET_ID,
  SLOT,
  START_MS,
  startIssuer,
  type TestIssuer,
} from '../testing/issuer';
import { filled, numbered } from '../testing/model-vault';
import { wireSlot } from '../testing/wire';
import { REGISTER_TOKENS_USABLE_MS } from './realm-tokens';

const DAY_MS = 24 * 3_600_000;
const CONFIRMED = new Uint8Array(fromHex('a16644656c657465624f6b'));
const [REALM_A = '', REALM_B = '', REALM_C = ''] = REALM_SET.realms.map(({ id }) => id);

/** Realms that answer Delete; the next `failures` requests to one of them fail. */
function fakeRealms() {
  const requests: { realmId: string; body: string; token: string; version: string | null }[] = [];
  const failures = new Map<string, number>();
  const answers = new Map<string, () => Response>();
  const fetch: IssuerAppOptions['fetch'] = async (input, init) => {
    const request = new Request(input, init);
    const realmId = REALM_SET.realms.find(({ address }) => request.url === `${address}req`)?.id ?? 'unknown';
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const body = toHex(new Uint8Array(await request.arrayBuffer()));
    requests.push({ realmId, body, token, version: request.headers.get('x-juicebox-version') });
    const left = failures.get(realmId) ?? 0;
    failures.set(realmId, left - 1);
    if (left > 0) throw new TypeError('fetch failed');
    return answers.get(realmId)?.() ?? new Response(CONFIRMED);
  };
  return { requests, failures, answers, fetch, asked: () => requests.map(({ realmId }) => realmId) };
}

const slotsOf = async ({ store }: TestIssuer) => (await store.read(ACCOUNT))?.account.slots ?? [];

/** An issuer that granted register tokens for a slot which the vault has voided since. */
async function issuerWithVoidSlot(goneRealms: readonly string[] = []) {
  const realms = fakeRealms();
  const issuer = startIssuer({ fetch: realms.fetch, goneRealms });
  issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
  expect((await issuer.send('POST', '/tokens/register', wireSlot(SLOT))).status).toBe(200);
  issuer.vault.voidOpen(ACCOUNT);
  return { issuer, realms };
}

describe('deletion in the realms', () => {
  it('learns of a void without a device, waits for the last register token, then deletes everywhere', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 0, waiting: 0 });
    expect(await slotsOf(issuer)).toMatchObject([{ state: 'retired' }]);
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS - 1;
    await issuer.runDeletions();
    expect(realms.requests).toEqual([]);
    issuer.clock.nowMs += 1;
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 1, waiting: 0 });
    expect(realms.asked().sort()).toEqual([REALM_A, REALM_B, REALM_C]);
    expect(await slotsOf(issuer)).toEqual([]);
    expect(await issuer.runDeletions()).toEqual({ visited: 0, deleted: 0, waiting: 0 });
  });

  it('asks a realm that is gone for good no more, and waits for the others', async () => {
    const { issuer, realms } = await issuerWithVoidSlot([REALM_B]);
    realms.failures.set(REALM_C, 1);
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 0, waiting: 1 });
    issuer.clock.nowMs += DAY_MS;
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 1, waiting: 0 });
    expect(realms.asked().sort()).toEqual([REALM_A, REALM_C, REALM_C]);
    expect(await slotsOf(issuer)).toEqual([]);
  });

  it('says Delete in CBOR, with a token for that and for one realm', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    await issuer.runDeletions();
    for (const { realmId, body, token, version } of realms.requests) {
      expect({ body, version }).toEqual({ body: '6644656c657465', version: '0.3.7' });
      const claims = { aud: realmId, op: 'delete', sub: juiceboxUserOf(ACCOUNT, SLOT), iss: 'acme' };
      expect(decodeJwt(token)).toMatchObject(claims);
    }
  });

  it('asks a realm that fails twice until it confirms, with growing pauses, and the others once', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    realms.failures.set(REALM_B, 2);
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 0, waiting: 1 });
    expect(await slotsOf(issuer)).toMatchObject([{ confirmed: [REALM_A, REALM_C], rounds: 1 }]);
    issuer.clock.nowMs += 29_999;
    expect(await issuer.runDeletions()).toMatchObject({ visited: 0 });
    issuer.clock.nowMs += 1;
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 0, waiting: 1 });
    issuer.clock.nowMs += 60_000;
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 1, waiting: 0 });
    expect(realms.asked()).toEqual([REALM_A, REALM_B, REALM_C, REALM_B, REALM_B]);
    expect(await slotsOf(issuer)).toEqual([]);
  });

  it.each([
    ['an error', () => new Response('no', { status: 500 })],
    ['a refused token', () => new Response('operation', { status: 401 })],
    ['another answer', () => new Response(new Uint8Array(fromHex('a16644656c65746563426164')))],
    ['more than the answer', () => new Response(Uint8Array.of(...CONFIRMED, 0))],
    ['nothing', () => new Response()],
  ])('takes %s for no confirmation', async (_what, answer) => {
    const { issuer, realms } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    realms.answers.set(REALM_C, answer);
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 0, waiting: 1 });
    expect(await slotsOf(issuer)).toMatchObject([{ confirmed: [REALM_A, REALM_B] }]);
  });

  it('goes on in another process with what was confirmed before', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    realms.failures.set(REALM_A, 1);
    await issuer.runDeletions();
    const { vault, store } = issuer;
    const other = startIssuer({ store, feed: vault, fetch: realms.fetch });
    other.clock.nowMs = issuer.clock.nowMs + 30_000;
    expect(await other.runDeletions()).toMatchObject({ deleted: 1 });
    expect(realms.asked().slice(3)).toEqual([REALM_A]);
  });

  it('never gives the slot out again after it is gone', async () => {
    const { issuer } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    await issuer.runDeletions();
    issuer.vault.publish(ACCOUNT, {
      kind: 'reserved',
      slot: SLOT,
      from: 0,
      to: 1,
      realmSetId: REALM_SET_ID,
      jkt: DEVICE,
    });
    for (const path of ['/tokens/register', '/tokens/recover'])
      expect(await issuer.send('POST', path, wireSlot(SLOT))).toMatchObject({
        status: 410,
        body: { code: 'slot-retired' },
      });
  });

  it('does not grow for ever with whoever reserves without a backup: every slot is deleted, and its name let go', async () => {
    const realms = fakeRealms();
    const issuer = startIssuer({ fetch: realms.fetch });
    const [days, aDay] = [6, 40];
    const sizes: number[] = [];
    for (let made = 0; made < days * aDay; made += 1) {
      const slot = numbered(16, 1_000 + made);
      issuer.vault.reserve(ACCOUNT, { slot, realmSetId: REALM_SET_ID, jkt: DEVICE });
      expect((await issuer.send('POST', '/tokens/register', wireSlot(slot))).status).toBe(200);
      issuer.vault.voidOpen(ACCOUNT);
      issuer.clock.nowMs += DAY_MS / aDay;
      await issuer.runDeletions();
      await issuer.runDeletions();
      const account = (await issuer.store.read(ACCOUNT))?.account;
      sizes.push((account?.slots.length ?? 0) + (account?.ended.length ?? 0));
    }
    issuer.clock.nowMs += DAY_MS;
    await issuer.runDeletions();
    expect(await slotsOf(issuer)).toEqual([]);
    const users = realms.requests.map(({ token, realmId }) => `${decodeJwt(token).sub} ${realmId}`);
    expect(new Set(users).size).toBe(3 * days * aDay);
    expect(Math.max(...sizes)).toBeLessThanOrEqual((ENDED_KEPT_MS / DAY_MS) * aDay + 1);
  });

  it('deletes nothing that is current, kept, granted or reserved, however old', async () => {
    const realms = fakeRealms();
    const issuer = startIssuer({ fetch: realms.fetch });
    issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
    await issuer.send('POST', '/tokens/register', wireSlot(SLOT));
    issuer.clock.nowMs += 365 * 24 * LEASE_MS;
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 0, waiting: 0 });
    expect(realms.requests).toEqual([]);
    expect(await slotsOf(issuer)).toMatchObject([{ state: 'granted' }]);
  });

  it('deletes nothing while the feed cannot be read, and goes on when it can', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    await issuer.runDeletions();
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    const { entries } = issuer.vault.account(ACCOUNT);
    const [first, second] = entries;
    if (!first || !second) throw new Error('expected two entries');
    issuer.vault.truncate(ACCOUNT, 1);
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 0, waiting: 0 });
    expect(realms.requests).toEqual([]);
    expect(issuer.lines.filter(({ alarm }) => alarm === 'feed-behind')).toHaveLength(1);
    entries.push(second);
    expect(await issuer.runDeletions()).toMatchObject({ visited: 0 });
    issuer.clock.nowMs += 600_000;
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 1 });
  });

  it('forgets a void slot whose realm set nobody knows and for which nothing was given', async () => {
    const issuer = startIssuer();
    issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: filled(16, 1), jkt: DEVICE });
    issuer.vault.voidOpen(ACCOUNT);
    await issuer.send('GET', '/witness');
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    expect(await issuer.runDeletions()).toMatchObject({ deleted: 1 });
    expect(await slotsOf(issuer)).toEqual([]);
  });

  it('keeps asking for the configuration of a realm set that holds a retired row', async () => {
    const { issuer, realms } = await issuerWithVoidSlot();
    const { store, vault } = issuer;
    const other = startIssuer({ store, feed: vault, fetch: realms.fetch, realmSets: [] });
    other.clock.nowMs = START_MS;
    await other.runDeletions();
    other.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    expect(await other.runDeletions()).toMatchObject({ deleted: 0, waiting: 1 });
    expect(other.lines.some(({ msg }) => msg.includes('not configured'))).toBe(true);
  });

  /** A store in which `lost` are changed by somebody else whenever this process wants to. */
  function contendedStore(): AccountStore & { readonly lost: Set<string> } {
    const store = createMemoryStore();
    const lost = new Set<string>();
    const compareAndSwap: AccountStore['compareAndSwap'] = async (accountId, expected, account) =>
      !lost.has(toHex(accountId)) && store.compareAndSwap(accountId, expected, account);
    return { ...store, compareAndSwap, lost };
  }

  /** So many accounts whose slot is void and given out to nobody, in the order in which they are due. */
  async function withVoidSlots(issuer: TestIssuer, count: number): Promise<Uint8Array[]> {
    const accounts = Array.from({ length: count }, (_, n) => numbered(32, 7000 + n));
    for (const [n, accountId] of accounts.entries()) {
      issuer.vault.reserve(accountId, { slot: numbered(16, n), realmSetId: REALM_SET_ID, jkt: DEVICE });
      issuer.vault.voidOpen(accountId);
      await issuer.send('GET', '/witness', undefined, DEVICE, accountId);
      issuer.clock.nowMs += 1;
    }
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    return accounts;
  }

  it('leaves an account that always changes under it for the next run, and visits those behind it', async () => {
    const store = contendedStore();
    const issuer = startIssuer({ store, fetch: fakeRealms().fetch });
    issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
    expect((await issuer.send('POST', '/tokens/register', wireSlot(SLOT))).status).toBe(200);
    issuer.vault.voidOpen(ACCOUNT);
    const [behind = ACCOUNT] = await withVoidSlots(issuer, 1);
    store.lost.add(toHex(ACCOUNT));
    expect(await issuer.runDeletions()).toEqual({ visited: 2, deleted: 1, waiting: 0 });
    expect((await store.read(behind))?.account.slots).toEqual([]);
    expect((await store.read(ACCOUNT))?.account.slots).toMatchObject([{ state: 'granted' }]);
    store.lost.clear();
    expect(await issuer.runDeletions()).toMatchObject({ visited: 1 });
    expect((await store.read(ACCOUNT))?.account.slots).toMatchObject([{ state: 'retired' }]);
  });

  it('does not call a slot deleted whose end it could not note, and asks the realms again', async () => {
    const store = contendedStore();
    const realms = fakeRealms();
    const issuer = startIssuer({ store, fetch: realms.fetch });
    const [account = ACCOUNT] = await withVoidSlots(issuer, 1);
    realms.answers.set(REALM_A, () => {
      store.lost.add(toHex(account));
      return new Response(CONFIRMED);
    });
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 0, waiting: 1 });
    store.lost.clear();
    realms.answers.clear();
    expect(await issuer.runDeletions()).toEqual({ visited: 1, deleted: 1, waiting: 0 });
    expect(realms.asked().sort()).toEqual([REALM_A, REALM_A, REALM_B, REALM_B, REALM_C, REALM_C]);
  });

  it('comes to an end when a whole batch cannot be put off, and when only its first accounts cannot', async () => {
    const store = contendedStore();
    const issuer = startIssuer({ store, fetch: fakeRealms().fetch });
    const accounts = await withVoidSlots(issuer, 130);
    for (const accountId of accounts.slice(0, 100)) store.lost.add(toHex(accountId));
    expect(await issuer.runDeletions()).toEqual({ visited: 100, deleted: 0, waiting: 100 });
    for (const accountId of accounts.slice(2)) store.lost.delete(toHex(accountId));
    expect(await issuer.runDeletions()).toEqual({ visited: 130, deleted: 128, waiting: 2 });
  });

  it('works through more accounts than one batch', async () => {
    const realms = fakeRealms();
    const issuer = startIssuer({ fetch: realms.fetch });
    for (let n = 0; n < 130; n += 1) {
      const accountId = numbered(32, 5000 + n);
      issuer.vault.reserve(accountId, { slot: numbered(16, n), realmSetId: REALM_SET_ID, jkt: DEVICE });
      issuer.vault.voidOpen(accountId);
      await issuer.send('GET', '/witness', undefined, DEVICE, accountId);
    }
    issuer.clock.nowMs += REGISTER_TOKENS_USABLE_MS;
    expect(await issuer.runDeletions()).toEqual({ visited: 130, deleted: 130, waiting: 0 });
  });
});
