/** Create (9) to (11): what became of a signed activation is believed only where vault and issuer both say so. */
import { beforeEach, describe, expect, it } from 'vitest';
import { resumeBackUp } from '@/lib/keyless/backup/activation';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import { createProfile, PASSWORD, passRequests, refuseRequests, signedIn } from './profile';
import { bytesOf, codeOf, create, createWorld, PIN, random, recover, rotate, type World } from './world';

let world: World;
let account: Uint8Array;
beforeEach(async () => {
  world = await createWorld();
  account = random(32);
});

/** Requests to `path` are carried out, and their answers lost. */
function loseAnswers(path: RegExp): void {
  world.intercept = async (request, send) => {
    const response = await send(request);
    if (path.test(new URL(request.url).pathname)) throw new TypeError('connection reset');
    return response;
  };
}

describe('an activation', () => {
  it('that the vault claims and the issuer has not read stops the creation, and is repeated', async () => {
    const device = await world.device(account);
    world.intercept = async (request, send) => (request.url.endsWith('/activate') ? Response.json({}) : send(request));
    expect(await codeOf(create(device))).toBe('servers-disagree');
    expect(device.journal.entry?.activation).not.toBeNull();
    expect(await codeOf(resumeBackUp(device.parties, device.journal))).toBe('servers-disagree');
    passRequests(world);
    expect(await resumeBackUp(device.parties, device.journal)).toBe('activated');
    expect(bytesOf((await recover(await world.device(account))).entropy)).toEqual(device.attempt.entropy);
  });

  it('is finished later when the issuer could not be asked about it', async () => {
    const device = await world.device(account);
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (request.url.endsWith('/activate')) refuseRequests(world, /^\/witness/);
      return response;
    };
    expect(await codeOf(create(device))).toBe('issuer-unreachable');
    passRequests(world);
    expect(await resumeBackUp(device.parties, device.journal)).toBe('activated');
    expect(device.journal.entry).toBeNull();
  });

  it('whose answer was lost is over once another device has made the next generation', async () => {
    const device = await world.device(account);
    loseAnswers(/^\/activate/);
    expect(await codeOf(create(device))).toBe('vault-unreachable');
    passRequests(world);
    const other = await world.device(account);
    await rotate(other, (await recover(other)).entropy, '905172');
    expect(await resumeBackUp(device.parties, device.journal)).toBe('void');
    expect(device.journal.entry).toBeNull();
  });

  it('that was overtaken leads to the PIN of the backup that stands, not to a backup that does not', async () => {
    const { start, identity } = await createProfile(world, account);
    const background = start();
    await signedIn(background);
    loseAnswers(/^\/activate/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    passRequests(world);
    const other = await world.device(account);
    await rotate(other, (await recover(other)).entropy, '905172');
    await background.retry();
    expect(await background.stage()).toBe('recover-pin');
    await background.recover('905172');
    expect(await background.stage()).toBe('device-unlock');
    expect((await lookUpBackup(identity.device.parties, null))?.active.generation).toBe(2);
  });
});

describe('an activation that another account’s creation pushed out of the journal', () => {
  it.each([
    ['had reached the vault: account and PIN open it', loseAnswers, 'recover-pin'],
    ['had not: its account begins anew', (path: RegExp) => refuseRequests(world, path), 'choose-pin'],
  ])('%s, and no piece of another attempt stays', async (_, interrupt, stage) => {
    const { start, identity, session } = await createProfile(world, account);
    const background = start();
    const first = { ...identity };
    await signedIn(background);
    interrupt(/^\/activate/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    await background.back();
    passRequests(world);

    identity.account = random(32);
    identity.device = await world.device(identity.account);
    await signedIn(background);
    await background.choosePin('905172');
    expect(await background.stage()).toBe('backup-verified');
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    await background.signOut();

    Object.assign(identity, first);
    expect(await signedIn(background)).toBe(stage);
    if (stage === 'recover-pin') await background.recover(PIN);
    else await background.choosePin(PIN);
    expect(await background.stage()).toBe(stage === 'recover-pin' ? 'device-unlock' : 'backup-verified');
    expect(await session.get(['attempt'])).toEqual({});
    world.nowMs += 24 * 3_600_000;
    await world.issuer.runDeletions();
    const { slots } = (await world.issuerStore.read(account))?.account ?? {};
    expect(slots?.map(({ state }) => state)).toEqual(['current']);
  });

  it('does not keep the PIN of that creation from being tried again', async () => {
    const { start, identity } = await createProfile(world, account);
    const background = start();
    await signedIn(background);
    refuseRequests(world, /^\/activate/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    await background.back();
    identity.account = random(32);
    identity.device = await world.device(identity.account);
    refuseRequests(world, /^\/$/);
    await signedIn(background);
    await background.choosePin('905172');
    expect(await background.stage()).toBe('creating');
    expect(await background.flow()).toMatchObject({ error: { code: 'realms-unreachable' } });
    passRequests(world);
    await background.retry();
    expect(await background.stage()).toBe('backup-verified');
  });
});
