import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { channelPair } from '@/lib/bus/memory';
import { toBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { RealmAccess, Realms } from '../ports';
import { remoteRealms, serveRealms } from './realm-channel';

const TIMEOUT_MS = 10_000;

const access = (): RealmAccess => ({
  realmSet: {
    realms: [{ id: '00'.repeat(16), address: 'http://127.0.0.1:1/' }],
    registerThreshold: 1,
    recoverThreshold: 1,
    hashingMode: 'Standard2019',
    guesses: 8,
  },
  tokens: { ['00'.repeat(16)]: 'token' },
  pin: new TextEncoder().encode('482913'),
  info: new Uint8Array(32).fill(7),
});

/** A background joined to a worker in which `realms` does the work. */
function joined(realms: Realms): Realms {
  return remoteRealms(async () => {
    const [background, worker] = channelPair('realms');
    serveRealms(worker, async () => realms);
    return background;
  }, TIMEOUT_MS);
}

const refusing: Realms = {
  register: async () => Promise.reject(new RangeError('482913')),
  recover: async () => Promise.reject(new WalletError('pin-wrong', { triesLeft: 6 })),
};

describe('realm channel', () => {
  it('brings PIN, salt and tokens there, the secret and the counts back, and wipes the PIN there', async () => {
    const seen: RealmAccess[] = [];
    const realms = joined({
      ...refusing,
      recover: async (given) => {
        seen.push({ ...given, pin: given.pin.slice() }, given);
        return { secret: new Uint8Array(102).fill(9), realmsAnswered: 3, failedGuesses: 1 };
      },
    });
    expect(await realms.recover(access())).toEqual({
      secret: new Uint8Array(102).fill(9),
      realmsAnswered: 3,
      failedGuesses: 1,
    });
    expect(seen[0]).toEqual(access());
    expect(seen[1]?.pin).toEqual(new Uint8Array(6));
  });

  it.each([
    ['Standard2019', 'pin-wrong'],
    ['FastInsecure', 'bad-message'],
    ['toString', 'bad-message'],
    [undefined, 'bad-message'],
  ])('lets only the hashing mode of builds through: %s is answered with %s', async (hashingMode, code) => {
    const { realmSet, tokens, pin, info } = access();
    const [background, worker] = channelPair('realms');
    serveRealms(worker, async () => refusing);
    const answer = new Promise((resolve) => background.onMessage(resolve));
    const sent = { realmSet: { ...realmSet, hashingMode }, tokens, pin: toBase64url(pin), info: toBase64url(info) };
    background.post({ operation: 'recover', access: sent });
    expect(await answer).toMatchObject({ outcome: 'failed', code });
  });

  it('sends no realm set with the hashing mode of tests', async () => {
    const insecure = { ...access(), realmSet: { ...access().realmSet, hashingMode: 'FastInsecure' as const } };
    await expect(joined(refusing).recover(insecure)).rejects.toThrow(ZodError);
  });

  it('brings the secret of a registration there', async () => {
    const seen: Uint8Array[] = [];
    const realms = joined({ ...refusing, register: async (_, secret) => void seen.push(secret.slice()) });
    await realms.register(access(), new Uint8Array(102).fill(3));
    expect(seen).toEqual([new Uint8Array(102).fill(3)]);
  });

  it('brings codes and facts back, and no text', async () => {
    const realms = joined(refusing);
    await expect(realms.recover(access())).rejects.toMatchObject({ code: 'pin-wrong', details: { triesLeft: 6 } });
    await expect(realms.register(access(), new Uint8Array(102))).rejects.toMatchObject({
      code: 'register-failed',
      message: 'register-failed',
    });
  });

  it('spends no try when the client does not load', async () => {
    const realms = remoteRealms(async () => {
      const [background, worker] = channelPair('realms');
      serveRealms(worker, async () => Promise.reject(new Error('wrong hash')));
      return background;
    }, TIMEOUT_MS);
    await expect(realms.recover(access())).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('says what is unknown when the worker dies', async () => {
    const dying = remoteRealms(async () => {
      const [background, worker] = channelPair('realms');
      worker.onMessage(() => worker.close());
      return background;
    }, TIMEOUT_MS);
    await expect(dying.recover(access())).rejects.toMatchObject({ code: 'try-may-be-used' });
    await expect(dying.register(access(), new Uint8Array(102))).rejects.toMatchObject({ code: 'register-failed' });
  });

  it('does not wait for ever for a worker that never answers, and ends it', async () => {
    const closed = { lines: 0 };
    const panicking = remoteRealms(async () => {
      const [background, worker] = channelPair('realms');
      worker.onMessage(() => worker.post({ alive: true }));
      worker.onClose(() => {
        closed.lines += 1;
      });
      return background;
    }, 20);
    await expect(panicking.recover(access())).rejects.toMatchObject({ code: 'try-may-be-used' });
    await expect(panicking.register(access(), new Uint8Array(102))).rejects.toMatchObject({ code: 'register-failed' });
    expect(closed.lines).toBe(2);
  });

  it('waits through signs of life', async () => {
    const realms = remoteRealms(async () => {
      const [background, worker] = channelPair('realms');
      worker.onMessage(() => worker.post({ alive: true }));
      serveRealms(worker, async () => ({ ...refusing, register: async () => undefined }));
      return background;
    }, TIMEOUT_MS);
    await realms.register(access(), new Uint8Array(102));
  });
});
