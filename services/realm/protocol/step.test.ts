import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRegistration, random, randomPoint } from '../testing/device';
import type { RealmEvent, RealmRecord } from './record';
import { eventUserId, recordId } from './record';
import { erasedIfDue, LOCKED_ROW_LIFE_MS, type Outcome, step } from './step';
import type { Claims, Operation } from './tokens';
import type { SecretsRequest, SecretsResponse } from './wire';

const START_MS = 1_800_000_000_000;
const TOKEN_LIFE_MS = 300_000;

/** One user's row, a clock and what was written, so that a test reads as a story. */
function openRow(numGuesses = 2) {
  const registration = makeRegistration(numGuesses);
  const row = { record: null as RealmRecord | null, nowMs: START_MS, events: [] as RealmEvent[] };
  const claimsFor = (operation: Operation, tokenId: string): Claims => ({
    tenant: 'acme',
    subject: 'user',
    operation,
    tokenId,
    unusableAtMs: row.nowMs + TOKEN_LIFE_MS,
  });
  const send = (operation: Operation, request: SecretsRequest, tokenId: string = crypto.randomUUID()) => {
    const outcome: Outcome = step(claimsFor(operation, tokenId), row.record, request, row.nowMs, random);
    if (!outcome.accepted) return outcome.reason;
    if (outcome.write !== null) {
      row.record = outcome.write.record;
      if (outcome.write.event !== null) row.events.push(outcome.write.event);
    }
    return outcome.answer();
  };
  const { version, unlockKeyTag } = registration;
  return {
    row,
    registration,
    send,
    register: (other = registration) => send('register', { kind: 'Register2', registration: other }),
    recover1: () => send('recover', { kind: 'Recover1' }),
    guess: (blindedInput = randomPoint(), tokenId?: string) =>
      send('recover', { kind: 'Recover2', version, blindedInput }, tokenId),
    prove: (tag = unlockKeyTag) => send('recover', { kind: 'Recover3', version, unlockKeyTag: tag }),
    remove: () => send('delete', { kind: 'Delete' }),
    pass: (ms: number) => {
      row.nowMs += ms;
    },
  };
}

const statusOf = (response: SecretsResponse | string) => (typeof response === 'string' ? response : response.status);
const guessCountOf = (response: SecretsResponse | string) =>
  typeof response !== 'string' && response.kind === 'Recover2' && response.status === 'Ok' ? response.guessCount : null;

describe('the walk through the states', () => {
  it('registers, counts, proves, locks, erases and deletes as the protocol says', () => {
    const { row, send, register, recover1, guess, prove, remove, pass, registration } = openRow(2);
    expect(statusOf(recover1())).toBe('NotRegistered');
    expect(statusOf(guess())).toBe('NotRegistered');
    expect(statusOf(prove())).toBe('NotRegistered');
    expect(send('register', { kind: 'Register1' })).toEqual({ kind: 'Register1', status: 'Ok' });
    expect(register()).toEqual({ kind: 'Register2', status: 'Ok' });
    expect(recover1()).toEqual({ kind: 'Recover1', status: 'Ok', version: registration.version });
    expect(guess()).toMatchObject({ status: 'Ok', numGuesses: 2, guessCount: 1 });
    expect(prove()).toEqual({
      kind: 'Recover3',
      status: 'Ok',
      encryptionKeyScalarShare: registration.encryptionKeyScalarShare,
      encryptedSecret: registration.encryptedSecret,
      encryptedSecretCommitment: registration.encryptedSecretCommitment,
    });
    expect(guessCountOf(guess())).toBe(1);
    expect(prove(random(16))).toEqual({ kind: 'Recover3', status: 'BadUnlockKeyTag', guessesRemaining: 1 });
    expect(guessCountOf(guess())).toBe(2);
    expect(prove(random(16))).toEqual({ kind: 'Recover3', status: 'BadUnlockKeyTag', guessesRemaining: 0 });
    expect(statusOf(recover1())).toBe('NoGuesses');
    expect(statusOf(guess())).toBe('NoGuesses');
    pass(LOCKED_ROW_LIFE_MS);
    expect(statusOf(prove())).toBe('NoGuesses');
    expect(row.record).toEqual({ state: 'no-guesses' });
    for (const answer of [recover1(), guess(), prove()]) expect(statusOf(answer)).toBe('NoGuesses');
    expect(remove()).toEqual({ kind: 'Delete', status: 'Ok' });
    expect(row.record).toBeNull();
    for (const answer of [recover1(), guess(), prove()]) expect(statusOf(answer)).toBe('NotRegistered');
    expect(row.events.map(({ event }) => event)).toEqual([
      'registered',
      'guess_used',
      'share_recovered',
      'guess_used',
      'guess_used',
      'deleted',
    ]);
    expect(row.events[1]).toEqual({
      tenant: 'acme',
      userId: eventUserId('acme', 'user'),
      atMs: START_MS,
      event: 'guess_used',
      numGuesses: 2,
      guessCount: 1,
    });
  });

  it('never has more evaluations between two successes than the budget, whatever is sent', () => {
    const move = fc.constantFrom('guess', 'guess', 'repeat', 'reuse', 'recover1', 'wrong', 'register', 'wait');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.array(move, { maxLength: 20 }), (numGuesses, moves) => {
        const { register, recover1, guess, prove, pass } = openRow(numGuesses);
        register();
        const evaluated = new Set<string>();
        let last = { input: randomPoint(), tokenId: 'first' };
        const record = (answer: SecretsResponse | string, input: Uint8Array) => {
          if (guessCountOf(answer) !== null) evaluated.add(input.join());
        };
        for (const name of moves) {
          if (name === 'guess') last = { input: randomPoint(), tokenId: crypto.randomUUID() };
          const input = name === 'reuse' ? randomPoint() : last.input;
          if (name === 'guess' || name === 'repeat' || name === 'reuse') record(guess(input, last.tokenId), input);
          if (name === 'recover1') recover1();
          if (name === 'wrong') prove(random(16));
          if (name === 'register') register(makeRegistration(9));
          if (name === 'wait') pass(60_000);
        }
        expect(evaluated.size).toBeLessThanOrEqual(numGuesses);
      }),
      { numRuns: 30 },
    );
  });
});

describe('operations', () => {
  const { version } = makeRegistration(1);
  const requests: SecretsRequest[] = [
    { kind: 'Register1' },
    { kind: 'Register2', registration: makeRegistration(1) },
    { kind: 'Recover1' },
    { kind: 'Recover2', version, blindedInput: randomPoint() },
    { kind: 'Recover3', version, unlockKeyTag: random(16) },
    { kind: 'Delete' },
  ];
  it.each<[Operation, string[]]>([
    ['register', ['Register1', 'Register2']],
    ['recover', ['Recover1', 'Recover2', 'Recover3']],
    ['delete', ['Delete']],
  ])('a %s token allows %j and nothing else', (operation, allowed) => {
    for (const request of requests) {
      const { send, row } = openRow();
      const answer = send(operation, request);
      if (allowed.includes(request.kind)) expect(answer).toHaveProperty('status');
      else expect(answer).toBe('operation-not-allowed');
      if (!allowed.includes(request.kind)) expect(row.record).toBeNull();
    }
  });

  it('leave an occupied row as it is when refused', () => {
    const { row, register, send } = openRow();
    register();
    const before = structuredClone(row.record);
    expect(send('recover', { kind: 'Register2', registration: makeRegistration(9) })).toBe('operation-not-allowed');
    expect(send('recover', { kind: 'Delete' })).toBe('operation-not-allowed');
    expect(send('register', { kind: 'Delete' })).toBe('operation-not-allowed');
    expect(row.record).toEqual(before);
  });
});

describe('Register2', () => {
  it('is refused on an occupied row, also for the owner of a register token', () => {
    const { row, register } = openRow();
    register();
    const before = structuredClone(row.record);
    expect(register(makeRegistration(2))).toBe('already-registered');
    expect(row.record).toEqual(before);
  });

  it('is answered Ok again when byte-identical, and gives no guess back', () => {
    const { row, register, guess, registration } = openRow(2);
    register();
    guess();
    expect(statusOf(register(structuredClone(registration)))).toBe('Ok');
    expect(row.record).toMatchObject({ guessCount: 1 });
    expect(row.events).toHaveLength(2);
  });

  it('is another one when a single field differs', () => {
    const { register, registration } = openRow();
    register();
    const { publicKey, verifyingKey, signature } = registration.oprfSignedPublicKey;
    const changes = [
      { version: random(16) },
      { oprfPrivateKey: random(32) },
      { oprfSignedPublicKey: { publicKey: random(32), verifyingKey, signature } },
      { oprfSignedPublicKey: { publicKey, verifyingKey: random(32), signature } },
      { oprfSignedPublicKey: { publicKey, verifyingKey, signature: random(64) } },
      { unlockKeyCommitment: random(32) },
      { unlockKeyTag: random(16) },
      { encryptionKeyScalarShare: random(32) },
      { encryptedSecret: random(145) },
      { encryptedSecretCommitment: random(16) },
      { numGuesses: 3 },
    ];
    for (const change of changes) expect(register({ ...registration, ...change })).toBe('already-registered');
  });

  it('is refused on a row that is locked for good, until it is deleted', () => {
    const { row, register, recover1, remove } = openRow(0);
    register();
    expect(statusOf(recover1())).toBe('NoGuesses');
    expect(row.record).toEqual({ state: 'no-guesses' });
    expect(register()).toBe('already-registered');
    remove();
    expect(statusOf(register())).toBe('Ok');
  });
});

describe('Recover2', () => {
  it('counts one guess a token; another input under it is refused and counts nothing', () => {
    const { row, register, guess } = openRow(8);
    register();
    expect(guessCountOf(guess(randomPoint(), 'token'))).toBe(1);
    expect(guess(randomPoint(), 'token')).toBe('token-used');
    expect(row.record).toMatchObject({ guessCount: 1 });
    expect(guessCountOf(guess(randomPoint(), 'another token'))).toBe(2);
  });

  it('computes the same result again for a repeated input without counting it, under any token', () => {
    const { row, register, guess } = openRow(1);
    register();
    const input = randomPoint();
    const first = guess(input, 'token');
    const again = [guess(input, 'token'), guess(input, 'another token')];
    for (const answer of again) {
      expect(guessCountOf(answer)).toBe(1);
      expect(answer).toHaveProperty('blindedResult', Object(first).blindedResult);
    }
    expect(row.events.filter(({ event }) => event === 'guess_used')).toHaveLength(1);
  });

  it('keeps a token used after a success, for as long as it lives', () => {
    const { register, guess, prove, pass } = openRow(8);
    register();
    guess(randomPoint(), 'token');
    expect(statusOf(prove())).toBe('Ok');
    pass(TOKEN_LIFE_MS - 1);
    guess();
    expect(guess(randomPoint(), 'token')).toBe('token-used');
  });

  it('forgets a guess when its token can no longer be shown', () => {
    const { row, register, guess, pass } = openRow(8);
    register();
    for (const _ of [1, 2, 3]) {
      pass(TOKEN_LIFE_MS + 60_000);
      guess();
    }
    expect(row.record).toMatchObject({ guessCount: 3, recentGuesses: { length: 1 } });
  });

  it('counts nothing for another version', () => {
    const { row, register, send } = openRow(8);
    register();
    const request = { kind: 'Recover2', version: random(16), blindedInput: randomPoint() } as const;
    expect(statusOf(send('recover', request))).toBe('VersionMismatch');
    expect(row.record).toMatchObject({ guessCount: 0, recentGuesses: [] });
  });

  it('evaluates only when the answer is asked for', () => {
    const { row, register, registration } = openRow(8);
    register();
    const claims: Claims = { tenant: 'acme', subject: 'user', operation: 'recover', tokenId: 't', unusableAtMs: 0 };
    const request = { kind: 'Recover2', version: registration.version, blindedInput: randomPoint() } as const;
    let drawn = 0;
    const outcome = step(claims, row.record, request, START_MS, (length) => {
      drawn += length;
      return random(length);
    });
    expect(outcome).toMatchObject({ accepted: true, write: { record: { guessCount: 1 } } });
    expect(drawn).toBe(0);
    if (outcome.accepted) outcome.answer();
    expect(drawn).toBe(64);
  });
});

describe('a row without guesses left', () => {
  it('still takes the right tag for two minutes, and has all guesses again then', () => {
    const { row, register, guess, prove, recover1, pass } = openRow(1);
    register();
    guess();
    pass(LOCKED_ROW_LIFE_MS - 1);
    expect(statusOf(recover1())).toBe('NoGuesses');
    expect(statusOf(prove(random(16)))).toBe('BadUnlockKeyTag');
    expect(statusOf(prove())).toBe('Ok');
    expect(row.record).toMatchObject({ guessCount: 0, eraseAtMs: null });
    expect(statusOf(recover1())).toBe('Ok');
  });

  it('is not kept alive by refused or repeated guesses', () => {
    const { row, register, guess, pass } = openRow(1);
    register();
    const input = randomPoint();
    guess(input, 'token');
    pass(LOCKED_ROW_LIFE_MS - 1);
    expect(statusOf(guess())).toBe('NoGuesses');
    expect(statusOf(guess(input, 'token'))).toBe('Ok');
    pass(1);
    expect(statusOf(guess(input, 'token'))).toBe('NoGuesses');
    expect(row.record).toEqual({ state: 'no-guesses' });
  });

  it('becomes due for the sweep exactly then, and no other row does', () => {
    const { row, register, guess } = openRow(1);
    expect(erasedIfDue({ state: 'no-guesses' }, row.nowMs)).toBeNull();
    register();
    if (row.record !== null) expect(erasedIfDue(row.record, Number.MAX_SAFE_INTEGER)).toBeNull();
    guess();
    const locked = row.record;
    if (locked === null) throw new Error('no row');
    expect(erasedIfDue(locked, row.nowMs + LOCKED_ROW_LIFE_MS - 1)).toBeNull();
    expect(erasedIfDue(locked, row.nowMs + LOCKED_ROW_LIFE_MS)).toEqual({ state: 'no-guesses' });
  });
});

describe('Recover3', () => {
  it('knows its registration by the version', () => {
    const { register, send, registration } = openRow();
    register();
    const request = { kind: 'Recover3', version: random(16), unlockKeyTag: registration.unlockKeyTag } as const;
    expect(statusOf(send('recover', request))).toBe('VersionMismatch');
  });

  it('gives a counted guess back to nobody but the right tag', () => {
    const { row, register, guess, prove, recover1 } = openRow(8);
    register();
    guess();
    prove(random(16));
    recover1();
    expect(row.record).toMatchObject({ guessCount: 1 });
    prove();
    expect(row.record).toMatchObject({ guessCount: 0 });
  });
});

describe('Delete', () => {
  it('is answered Ok on an absent row, without an event', () => {
    const { row, remove } = openRow();
    expect(statusOf(remove())).toBe('Ok');
    expect(row.events).toEqual([]);
  });
});

describe('names of users', () => {
  it('are the published ones', () => {
    expect(recordId('apollo', 'artemis')).toBe('1033250bfb2d27fd2a7fccba346851d517700a3ea5155429d5b5845875db75d3');
    expect(eventUserId('test', '121314')).toBe('447ddec5f08c757d40e7acb9f1bc10ed44a960683bb991f5e4ed17498f786ff8');
  });
});
