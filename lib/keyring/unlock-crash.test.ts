import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { memoryArea } from '@/lib/platform/memory-area';
import { type Area, cell } from '@/lib/platform/storage';
import { openKeyring } from './contents';
import { createKeyring, type Keyring } from './keyring';
import { areaPlaces } from './testing/places';
import { type Profile, profile } from './wallets';
import type { UnlockSecret } from './wraps';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const password = (text: string) => ({ method: 'password' as const, password: utf8(text) });
const OLD = password('correct horse battery');
const NEW = password('copper lantern drift');
const passkey = (first: number) => ({
  method: 'passkey' as const,
  credentialId: toBase64url(new Uint8Array(16).fill(first)),
  prfSalt: toBase64url(new Uint8Array(32).fill(first)),
  prfOutput: new Uint8Array(32).fill(first + 1),
});
const ONE = passkey(1);
const OTHER = passkey(3);

class Killed extends Error {}

/** The storage of a background that is stopped at its n-th contact, before the contact or right after its effect. */
function mortal(areas: readonly Area[], at: number, when: 'before' | 'after') {
  const state = { contacts: 0, dead: false };
  const contact = async <Result>(effect: () => Promise<Result>): Promise<Result> => {
    if (state.dead) throw new Killed();
    state.contacts += 1;
    const dies = state.contacts === at;
    if (dies) state.dead = true;
    if (dies && when === 'before') throw new Killed();
    const result = await effect();
    if (state.dead) throw new Killed();
    return result;
  };
  const through = (area: Area): Area => ({
    get: (keys) => contact(() => area.get(keys)),
    set: (items) => contact(() => area.set(items)),
    remove: (keys) => contact(() => area.remove(keys)),
    clear: () => contact(() => area.clear()),
  });
  return { state, areas: areas.map(through) };
}

function keyringOn(local: Area, session: Area): Keyring {
  return createKeyring({
    profile: cell(local, 'profile', profile),
    ...areaPlaces(local),
    session: cell(session, 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random,
  });
}

async function copyOf(area: Area): Promise<Area> {
  const copy = memoryArea();
  await copy.set(await area.get(null));
  return copy;
}

/** What the profile says opens it. */
const listed = async (keyring: Keyring): Promise<Profile['unlock']> => (await keyring.profile())?.unlock ?? [];

async function opens(local: Area, unlock: UnlockSecret): Promise<boolean> {
  const keyring = keyringOn(await copyOf(local), memoryArea());
  return keyring.unlockWith(unlock).then(
    async () => (await keyring.isUnlocked()) && (await keyring.profile()) !== null,
    () => false,
  );
}

interface Step {
  readonly name: string;
  /** Of the unlocked profile, before the step. */
  readonly before: (keyring: Keyring) => Promise<unknown>;
  readonly step: (keyring: Keyring) => Promise<unknown>;
  /** What opened it before, and what does afterwards. */
  readonly old: readonly UnlockSecret[];
  readonly next: readonly UnlockSecret[];
  /** The keyless wallet alone: with nothing sealed, the PIN brings it back. */
  readonly pin?: boolean;
}

const withPhrase = async (keyring: Keyring) => {
  await keyring.addUnlock(OLD);
  await keyring.addWallet({ type: 'phrase', entropy: toBase64url(random(16)), passphrase: '' });
};

const STEPS: readonly Step[] = [
  {
    name: 'a first password',
    before: async () => {},
    step: (keyring) => keyring.addUnlock(NEW),
    old: [],
    next: [NEW],
    pin: true,
  },
  {
    name: 'a first passkey',
    before: async () => {},
    step: (keyring) => keyring.addUnlock(ONE),
    old: [],
    next: [ONE],
    pin: true,
  },
  {
    name: 'a passkey more',
    before: withPhrase,
    step: (keyring) => keyring.addUnlock(ONE),
    old: [OLD],
    next: [OLD, ONE],
  },
  {
    name: 'another password',
    before: withPhrase,
    step: (keyring) => keyring.changePassword(utf8('correct horse battery'), utf8('copper lantern drift')),
    old: [OLD],
    next: [NEW],
  },
  {
    name: 'another passkey',
    before: async (keyring) => {
      await withPhrase(keyring);
      await keyring.addUnlock(ONE);
    },
    step: (keyring) => keyring.addUnlock(OTHER),
    old: [OLD, ONE],
    next: [OLD, OTHER],
  },
  {
    name: 'a password less',
    before: async (keyring) => {
      await withPhrase(keyring);
      await keyring.addUnlock(ONE);
    },
    step: (keyring) => keyring.removeUnlock('password'),
    old: [OLD, ONE],
    next: [ONE],
  },
  {
    name: 'the PIN in place of a password',
    before: (keyring) => keyring.addUnlock(OLD),
    step: (keyring) => keyring.usePin(),
    old: [OLD],
    next: [],
    pin: true,
  },
];

/** A profile with a keyless wallet, unlocked, as it is before the step. */
async function prepared({ before }: Step) {
  const [local, session] = [memoryArea(), memoryArea()];
  const keyring = keyringOn(local, session);
  await keyring.adopt(random(32));
  await before(keyring);
  return { local, session };
}

describe.each(STEPS)('setting $name', ({ old, next, pin = false, ...rest }) => {
  const all = [...new Set([...old, ...next])];
  const at = { old, next, ...rest };

  it.each(['before', 'after'] as const)('stopped %s any contact with storage leaves a way in', async (when) => {
    let [contacts, cut] = [1, 0];
    while (cut < contacts) {
      cut += 1;
      const { local, session } = await prepared(at);
      const { state, areas } = mortal([local, session], cut, when);
      const [mortalLocal = local, mortalSession = session] = areas;
      await at.step(keyringOn(mortalLocal, mortalSession)).catch((error: unknown) => {
        if (!state.dead) throw error;
      });
      contacts = Math.max(contacts, state.dead ? cut + 1 : cut);
      const said = await listed(keyringOn(local, memoryArea()));
      const working = await Promise.all(all.map((unlock) => opens(local, unlock)));
      // What the locked page offers is what opens it, at every moment.
      for (const method of said.filter((one) => one !== 'pin'))
        expect([cut, method, all.some((one, index) => one.method === method && working[index])]).toEqual([
          cut,
          method,
          true,
        ]);
      if (!pin) expect([cut, said.length > 0]).toEqual([cut, true]);
      if (state.dead) continue;
      expect(await Promise.all(next.map((unlock) => opens(local, unlock)))).toEqual(next.map(() => true));
      const gone = old.filter((unlock) => !next.includes(unlock));
      expect(await Promise.all(gone.map((unlock) => opens(local, unlock)))).toEqual(gone.map(() => false));
    }
    expect(contacts).toBeGreaterThan(3);
  });

  it('can be done again by a background that was stopped in the middle', async () => {
    for (let cut = 1; cut < 30; cut += 1) {
      const { local, session } = await prepared(at);
      const { state, areas } = mortal([local, session], cut, 'after');
      const [mortalLocal = local, mortalSession = session] = areas;
      await at.step(keyringOn(mortalLocal, mortalSession)).catch(() => undefined);
      if (!state.dead) break;
      // Done already, or done now: in the end it is as it was meant.
      await at.step(keyringOn(local, session)).catch(() => undefined);
      expect([cut, await Promise.all(next.map((unlock) => opens(local, unlock)))]).toEqual([cut, next.map(() => true)]);
      const [one] = next;
      if (one === undefined) continue;
      // And what was taken away opens no longer once it was opened.
      await keyringOn(local, memoryArea()).unlockWith(one);
      const gone = old.filter((unlock) => !next.includes(unlock));
      expect([cut, await Promise.all(gone.map((unlock) => opens(local, unlock)))]).toEqual([
        cut,
        gone.map(() => false),
      ]);
    }
  });
});
