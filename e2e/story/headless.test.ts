/** The main story without a browser: real services, each a process, real sign-in, the official Juicebox client. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import type { PartyName } from '@/scripts/stack/parties';
import { subjectOf } from '@/services/identity/accounts';
import { appleSubjectOf } from '@/services/identity/apple';
import { findings, type Secrets } from '../secrets';
import { type Stack, startStack } from '../stack';
import { create, openDevice, PROVIDER, recover } from './device';

const PIN = '482913';
const TEAM = 'DEVTEAM001';
const WRONG_PIN = '739164';
const SERVERS: readonly PartyName[] = ['identity', 'vault', 'issuer', 'realm-1', 'realm-2', 'realm-3'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.stop());

const cutPower = (names: readonly PartyName[]) => Promise.all(names.map((name) => stack.kill(name)));
const startAgain = (names: readonly PartyName[]) => Promise.all(names.map((name) => stack.start(name)));

/** As a person does who is told that a try may be used: the PIN is typed again. Nothing may be lost by it. */
const onceMore = <Result>(work: () => Promise<Result>): Promise<Result> =>
  work().catch((error: { code?: string }) => {
    if (error.code !== 'try-may-be-used') throw error;
    return work();
  });

/** What strangers send: secrets where none belong. */
const PLANTED = 'planted-secret-9f3b5c1d';
const STRANGE_REQUESTS: readonly RequestInit[] = [
  { method: 'POST', body: JSON.stringify({ idToken: PLANTED, random: PLANTED, deviceName: PLANTED, slot: PLANTED }) },
  { method: 'POST', body: PLANTED },
  { method: 'POST', body: JSON.stringify({ handle: PLANTED, verifier: PLANTED, payload: PLANTED, notice: PLANTED }) },
  { method: 'POST', body: new URLSearchParams({ state: PLANTED, code: PLANTED, account: PLANTED, token: PLANTED }) },
  { method: 'PUT', body: `{"backendShare":"${PLANTED}` },
  { method: 'GET' },
];
const OF_SERVERS = ['/session', '/notices', '/backup', '/req', `/generations/${PLANTED}`, `/feed/${PLANTED}`];
const OF_RELAYS = [
  '/start/apple',
  '/callback/apple',
  '/callback/google',
  '/redeem',
  '/notices/apple',
  `/start/${PLANTED}`,
];
const OF_PROVIDERS = ['/auth', '/auth/authorize', '/token', '/auth/token', '/me', `/interaction/${PLANTED}`];
const STRANGE_QUERY = new URLSearchParams({
  after: PLANTED,
  state: PLANTED,
  code: PLANTED,
  client_id: PLANTED,
  redirect_uri: `https://${PLANTED}.example.test/`,
  login_hint: PLANTED,
});

async function sendStrangeRequests(url: string): Promise<void> {
  const headers = {
    authorization: `DPoP ${PLANTED}`,
    dpop: `${PLANTED}.${PLANTED}.${PLANTED}`,
    'x-juicebox-version': '0.3.7',
    'x-forwarded-for': PLANTED,
    cookie: PLANTED,
  };
  for (const path of [...OF_SERVERS, ...OF_RELAYS, ...OF_PROVIDERS]) {
    for (const init of STRANGE_REQUESTS) {
      const type = typeof init.body === 'string' && { 'content-type': 'application/json' };
      const asked = { ...init, headers: { ...headers, ...type }, redirect: 'manual' } as const;
      await (await fetch(`${url}${path}?${STRANGE_QUERY}`, asked)).arrayBuffer();
    }
  }
}

/** The step during which the servers named lose power. The last is the hardest; the others belong to the long form. */
const POWER_CUTS = [
  ['storing-realms', ['issuer', 'realm-1']],
  ['storing-vault', ['vault', 'issuer']],
  ['checking', ['vault', 'issuer', 'realm-1', 'realm-2', 'realm-3']],
] as const;

describe.sequential('the story, with no browser in it', { timeout: 120_000 }, () => {
  let entropy: Uint8Array;
  let accountId: Uint8Array;

  it('finds no backup on a new account, and creates a wallet', async () => {
    const device = await openDevice(stack, 'Story');
    const parties = await device.signIn();
    accountId = parties.accountId;
    expect(await lookUpBackup(parties, null)).toBeNull();
    entropy = await create(device, PIN);
    expect(entropy).toHaveLength(32);
  });

  it('asks each question once: the nonces of the sign-in are still good', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    try {
      const parties = await (await openDevice(stack, 'Story')).signIn();
      fetched.mockClear();
      await lookUpBackup(parties, null);
      const asked = fetched.mock.calls.map(([input]) => new URL(input instanceof Request ? input.url : input).pathname);
      expect(asked.sort()).toEqual(['/backup', '/guesses', '/witness']);
    } finally {
      fetched.mockRestore();
    }
  });

  it('tells a wrong PIN on another device that seven tries are left', async () => {
    await expect(recover(await openDevice(stack, 'Story'), WRONG_PIN)).rejects.toMatchObject({
      code: 'pin-wrong',
      details: { triesLeft: 7 },
    });
  });

  it('gives the same wallet for the right PIN, and says that one try failed', async () => {
    const recovered = await recover(await openDevice(stack, 'Story'), PIN);
    expect(recovered.bytes).toEqual(entropy);
    expect(recovered.failedTries).toBe(1);
  });

  it('gives nothing to another account with the same PIN', async () => {
    const device = await openDevice(stack, 'Somebody else');
    expect(await lookUpBackup(await device.signIn(), null)).toBeNull();
  });

  it('signs in again without a window, and keeps the account', async () => {
    const device = await openDevice(stack, 'Story');
    const { accountId } = await device.signIn();
    const silent = await device.sessions.open(PROVIDER, 'silent', accountId);
    expect(await lookUpBackup(silent, null)).not.toBeNull();
  });

  it('recovers while one realm is dead, and creates nothing then', async () => {
    await stack.kill('realm-2');
    expect((await recover(await openDevice(stack, 'Story'), PIN)).bytes).toEqual(entropy);
    await expect(create(await openDevice(stack, 'Too early'), PIN)).rejects.toMatchObject({
      code: 'realms-unreachable',
    });
    await stack.start('realm-2');
    expect(await create(await openDevice(stack, 'Too early'), PIN)).toHaveLength(32);
  });

  it('has everything after a power cut of every server', async () => {
    await cutPower(SERVERS);
    await startAgain(SERVERS);
    expect((await recover(await openDevice(stack, 'Story'), PIN)).bytes).toEqual(entropy);
  });

  it.each(process.env.HALFKEY_LONG ? POWER_CUTS : POWER_CUTS.slice(-1))(
    'loses nothing when servers lose power at "%s" of a creation',
    async (at, names) => {
      const account = `Power cut at ${at}`;
      const device = await openDevice(stack, account);
      let cut: Promise<unknown> | undefined;
      const interrupted = create(device, PIN, (step) => {
        if (step === at) cut ??= cutPower(names);
      }).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      expect(await interrupted).toMatch(
        /^(done|(vault|issuer|realms)-unreachable|register-failed|read-back-failed|try-may-be-used)$/,
      );
      expect(cut).toBeDefined();
      await cut;
      await startAgain(names);
      const found = await lookUpBackup(await device.signIn(), null);
      if (found === null) await onceMore(() => create(device, PIN));
      const [one, two] = [await openDevice(stack, account), await openDevice(stack, account)];
      const opened = await onceMore(() => recover(one, PIN));
      expect(opened.bytes).toEqual((await onceMore(() => recover(two, PIN))).bytes);
    },
  );

  it('has written into no log who it was, or anything that was secret', async () => {
    const servers: readonly PartyName[] = ['vault', 'issuer', 'relay', 'realm-1', 'realm-2', 'realm-3'];
    const names: readonly PartyName[] = [...servers, 'identity', 'apple'];
    let handle = '';
    const onLanding = (address: string) => {
      handle = new URLSearchParams(new URL(address).hash.slice(1)).get('handle') ?? '';
      return address;
    };
    const atApple = await openDevice(stack, 'Story', { providerId: 'apple', onLanding });
    const { accountId: appleAccountId } = await atApple.signIn();
    expect(handle).toHaveLength(43);
    for (const name of names) await sendStrangeRequests(stack.urls[name]);
    // Ids that the servers drew may hold any six digits.
    const logOf = async (name: PartyName) => (await stack.logs(name)).replace(/"requestId":"[0-9a-f-]{36}"/g, '');
    const samples = await Promise.all(names.map(async (name) => ({ where: name, content: await logOf(name) })));
    for (const { where, content } of samples)
      expect([where, content]).toEqual([
        where,
        expect.stringContaining(servers.includes(where) ? '"status":401' : 'listening'),
      ]);
    const secrets: Secrets = {
      entropy,
      pin: PIN,
      'wrong PIN': WRONG_PIN,
      account: accountId,
      'account name': 'Somebody else',
      'device name': 'a device of the story',
      'planted secret': PLANTED,
      subject: subjectOf('Story'),
      'account at Apple': appleAccountId,
      'subject at Apple': appleSubjectOf('Story', TEAM),
      'handle of the relay': handle,
    };
    expect(findings(samples, secrets)).toEqual([]);
    expect(findings([{ where: 'here', content: `x${PLANTED}` }], secrets)).toEqual(['planted secret in here']);
  });
});
