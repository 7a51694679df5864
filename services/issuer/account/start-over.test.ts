import { describe, expect, it } from 'vitest';
import { ACCOUNT, REALM_SET_ID, SLOT, START_MS } from '../testing/issuer';
import { numbered } from '../testing/model-vault';
import { accountWith, asked, readAll, refusalOf, succeed } from '../testing/steps';
import { VaultUnreachable } from '../vault/vault-feed';
import { createVaultOrders } from '../vault/vault-orders';
import { type Account, dueAtMs } from './account';
import { grantRecover } from './grant';
import { questionFor, takeDue } from './start-over';

const MINUTE_MS = 60_000;
const ORDER = { orderId: numbered(16, 50), slot: SLOT, deadlineMs: START_MS + 100, askAtMs: START_MS + 100 };
const standing = (): Account => ({ ...accountWith('current').account, startOver: ORDER });

describe('asking to start over', () => {
  it('is about the backup that stands, ten minutes after its last try', () => {
    const { account } = accountWith('current');
    expect(succeed(questionFor(account, SLOT, START_MS)).answer).toEqual(REALM_SET_ID);
    const tried = succeed(grantRecover(account, asked())).account;
    expect(refusalOf(questionFor(tried, SLOT, START_MS + 10 * MINUTE_MS - 1))).toEqual({
      code: 'try-later',
      nextAtMs: START_MS + 10 * MINUTE_MS,
    });
    expect(succeed(questionFor(tried, SLOT, START_MS + 10 * MINUTE_MS)).answer).toEqual(REALM_SET_ID);
  });

  it('is refused for what is no backup: unknown, not active yet, or ended', () => {
    expect(refusalOf(questionFor(accountWith('current').account, numbered(16, 9), START_MS))?.code).toBe(
      'slot-unknown',
    );
    expect(refusalOf(questionFor(accountWith('kept').account, SLOT, START_MS))?.code).toBe('slot-unknown');
    const { vault, account } = accountWith('current');
    vault.erase(ACCOUNT);
    expect(refusalOf(questionFor(readAll(vault, account), SLOT, START_MS))?.code).toBe('slot-retired');
  });

  it('asks no realm where the order stands already', () => {
    expect(succeed(questionFor(standing(), SLOT, START_MS)).answer).toBeNull();
  });
});

describe('a start-over that stands', () => {
  it('is due when the vault’s days are over, and again an hour later', () => {
    expect(dueAtMs(standing())).toBe(ORDER.deadlineMs);
    expect(succeed(takeDue(standing(), ORDER.deadlineMs - 1)).answer).toBeNull();
    const taken = succeed(takeDue(standing(), ORDER.deadlineMs));
    expect(taken.answer).toMatchObject({ orderId: ORDER.orderId, slot: SLOT });
    expect(dueAtMs(taken.account)).toBe(ORDER.deadlineMs + 60 * MINUTE_MS);
  });

  it('is over with an erasure', () => {
    const { vault, account } = accountWith('current');
    vault.erase(ACCOUNT);
    expect(readAll(vault, { ...account, startOver: ORDER }).startOver).toBeNull();
  });
});

describe('the vault, asked for an order', () => {
  const ordersOf = (answer: () => Promise<Response>) =>
    createVaultOrders({ vaultUrl: 'http://vault.test', serviceKey: 'key', fetch: answer });
  const ask = (answer: () => Promise<Response>) =>
    ordersOf(answer).startOver(ACCOUNT, { slot: SLOT, orderId: ORDER.orderId });
  const confirm = (status: number) =>
    ordersOf(async () => Response.json({ nextAtMs: START_MS }, { status })).confirmStartOver(ACCOUNT, ORDER.orderId);

  it.each([
    [200, 'ordered'],
    [404, 'refused'],
    [409, 'refused'],
  ] as const)('that answers with %i has %s it', async (status, outcome) => {
    expect(await ask(async () => Response.json({}, { status }))).toBe(outcome);
  });

  it('that has taken too many says when it takes the next', async () => {
    const answer = (problem: object) => ask(async () => Response.json(problem, { status: 429 }));
    expect(await answer({ code: 'too-many-requests', nextAtMs: START_MS })).toEqual({ nextAtMs: START_MS });
    await expect(answer({ code: 'too-many-requests' })).rejects.toThrow(VaultUnreachable);
    await expect(answer({ nextAtMs: START_MS, detail: 'x'.repeat(5_000) })).rejects.toThrow(VaultUnreachable);
  });

  it.each([
    [200, 'erased'],
    [404, 'refused'],
    [409, 'refused'],
  ] as const)('that answers a confirmation with %i has %s it', async (status, outcome) => {
    expect(await confirm(status)).toBe(outcome);
  });

  it.each([401, 429, 503])('that answers a confirmation with %i has decided nothing', async (status) => {
    await expect(confirm(status)).rejects.toThrow(VaultUnreachable);
  });

  it.each([401, 500, 503])('that answers with %i has decided nothing', async (status) => {
    await expect(ask(async () => Response.json({}, { status }))).rejects.toThrow(VaultUnreachable);
    await expect(ask(() => Promise.reject(new TypeError('reset')))).rejects.toThrow(VaultUnreachable);
  });
});
