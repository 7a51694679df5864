/** Kills a device at its n-th contact with the world, before the contact or between its effect and its answer. */
import type { Device, World } from './world';

export type Cut = 'before' | 'after';

export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export interface Life {
  readonly contacts: number;
  readonly died: boolean;
}

/**
 * Runs `work` on a device that dies at contact `at` (counted from 1; Infinity: never). A dead device contacts nothing
 * any more, whatever its code still tries.
 */
export async function runUntilCut(
  world: World,
  device: Device,
  at: number,
  cut: Cut,
  work: (device: Device) => Promise<unknown>,
): Promise<Life> {
  const state = { contacts: 0, dead: false };
  async function contact<Result>(effect: () => Promise<Result>): Promise<Result> {
    if (state.dead) throw new PowerCut();
    state.contacts += 1;
    const dies = state.contacts === at;
    if (dies) state.dead = true;
    if (dies && cut === 'before') throw new PowerCut();
    const result = await effect();
    if (state.dead) throw new PowerCut();
    return result;
  }
  const { intercept } = world;
  world.intercept = (request, send, from) => {
    const pass = () => intercept(request, send, from);
    return from === 'issuer' ? pass() : contact(pass);
  };
  const mortal: Device = {
    ...device,
    journal: { ...device.journal, ...throughContact(device.journal, contact) },
    attempt: { ...device.attempt, ...throughContact(device.attempt, contact) },
  };
  await work(mortal).catch((error: unknown) => {
    if (!state.dead) throw error;
  });
  world.intercept = intercept;
  return { contacts: state.contacts, died: state.dead };
}

type Contact = <Result>(effect: () => Promise<Result>) => Promise<Result>;

interface Store<Value> {
  read(): Promise<Value | null>;
  write(value: Value): Promise<void>;
  clear(): Promise<void>;
}

function throughContact<Value>(store: Store<Value>, contact: Contact): Store<Value> {
  return {
    read: () => contact(() => store.read()),
    write: (value) => contact(() => store.write(value)),
    clear: () => contact(() => store.clear()),
  };
}
