import { beforeEach, describe, expect, it } from 'vitest';
import { createWorld, ORIGIN, TARGETS, type World } from './testing/world';

const [VAULT, ISSUER] = TARGETS;
let nowMs: number;
let world: World;
beforeEach(async () => {
  nowMs = 1_800_000_000_000;
  world = await createWorld(() => nowMs);
});

const WITHOUT: object = { sub: undefined, exp: undefined };
const noticeOf = (type: string, claims: object = {}) => {
  const events = JSON.stringify({ type, sub: 'mira', event_time: nowMs, is_private_email: 'true' });
  return world.apple.idToken({ claims: { jti: crypto.randomUUID(), ...WITHOUT, events, ...claims } });
};
const send = async (payload: string, provider = 'apple') => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ payload });
  return (await world.relay.app.request(`${ORIGIN}/notices/${provider}`, { method: 'POST', headers, body })).status;
};
const delivered = () => world.sent.splice(0).map(({ url, body }) => [url, JSON.parse(String(body)).notice]);

describe('a notice of a provider', () => {
  it.each(['extension', 'app.example'])('to %s goes on to vault and issuer as it was signed, once', async (aud) => {
    const notice = await noticeOf('consent-revoked', { aud });
    expect(await send(notice)).toBe(200);
    expect(await send(notice)).toBe(200);
    await world.relay.deliverNotices();
    expect(delivered().sort()).toEqual([
      [`${ISSUER}/notices`, notice],
      [`${VAULT}/notices`, notice],
    ]);
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([]);
  });

  it('waits for a server that is down, longer each time, and not for the other', async () => {
    world.targetStatus.set(VAULT, 0);
    const notice = await noticeOf('account-delete');
    await send(notice);
    await world.relay.deliverNotices();
    expect(
      delivered()
        .map(([url]) => url)
        .sort(),
    ).toEqual([`${ISSUER}/notices`, `${VAULT}/notices`]);
    const attempts: number[] = [];
    for (let second = 1; second <= 80; second += 1) {
      nowMs += 1_000;
      await world.relay.deliverNotices();
      if (delivered().length > 0) attempts.push(second);
    }
    expect(attempts).toEqual([5, 15, 35, 75]);
    world.targetStatus.set(VAULT, 200);
    nowMs += 80_000;
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([[`${VAULT}/notices`, notice]]);
  });

  it('is given up after a day, and that is said', async () => {
    world.targetStatus.set(VAULT, 503);
    await send(await noticeOf('account-delete'));
    await world.relay.deliverNotices();
    nowMs += 24 * 3_600_000;
    await world.relay.sweep();
    expect(world.lines.join('')).toContain('notices were not delivered within a day');
    world.sent.splice(0);
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([]);
  });

  it('that a server refuses is not sent again', async () => {
    world.targetStatus.set(ISSUER, 401);
    await send(await noticeOf('account-delete'));
    await world.relay.deliverNotices();
    nowMs += 3_600_000;
    delivered();
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([]);
    expect(world.lines.join('')).toContain('a notice was refused');
  });

  it.each([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://google.example.test' }],
    ['no event', { events: undefined }],
    ['a date of long ago', { iat: 1_700_000_000 }],
  ])('with %s is not taken', async (_, claims) => {
    expect(await send(await noticeOf('consent-revoked', claims))).toBe(401);
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([]);
  });

  it('at the door of another provider, or of none, is not taken', async () => {
    expect(await send(await noticeOf('consent-revoked'), 'google')).toBe(401);
    expect(await send(await noticeOf('consent-revoked'), 'nobody')).toBe(404);
    expect(await send('nonsense')).toBe(401);
  });

  it('about an address is taken and goes nowhere', async () => {
    expect(await send(await noticeOf('email-disabled'))).toBe(200);
    await world.relay.deliverNotices();
    expect(delivered()).toEqual([]);
  });
});
