/** Listeners by the name of an event, in the order in which they came. */
import { apply, dictionary, later, put } from './natives';

export type Listener = (...values: unknown[]) => unknown;

interface Entry {
  readonly listener: Listener;
  readonly once: 'once' | 'always';
  next: Entry | null;
}

export interface Emitter {
  add(event: string, listener: Listener, once: Entry['once']): void;
  remove(event: string, listener: Listener): void;
  removeAll(event?: string): void;
  count(event: string): number;
  emit(event: string, value: unknown): void;
}

/** A list through the entries themselves: the page can change what arrays do. */
export function createEmitter(): Emitter {
  let lists = dictionary<Entry>();
  const remove = (event: string, gone: (entry: Entry) => boolean) => {
    let before: Entry | null = null;
    for (let entry = lists[event] ?? null; entry !== null; entry = entry.next) {
      if (!gone(entry)) {
        before = entry;
        continue;
      }
      if (before !== null) before.next = entry.next;
      else if (entry.next !== null) lists[event] = entry.next;
      else delete lists[event];
      return;
    }
  };
  return {
    add: (event, listener, once) => {
      const added: Entry = { listener, once, next: null };
      let last = lists[event];
      if (last === undefined) {
        lists[event] = added;
        return;
      }
      while (last.next !== null) last = last.next;
      last.next = added;
    },
    remove: (event, listener) => remove(event, (entry) => entry.listener === listener),
    removeAll: (event) => {
      if (event === undefined) lists = dictionary();
      else delete lists[event];
    },
    count: (event) => {
      let count = 0;
      for (let entry = lists[event] ?? null; entry !== null; entry = entry.next) count += 1;
      return count;
    },
    emit: (event, value) => {
      for (let entry = lists[event] ?? null; entry !== null; entry = entry.next) {
        const called = entry;
        if (called.once === 'once') remove(event, (one) => one === called);
        try {
          apply(called.listener, undefined, oneOf(value));
        } catch (error) {
          // The page's own mistake, told as such; the other listeners hear the event all the same.
          later(() => {
            throw error;
          });
        }
      }
    },
  };
}

/** `[value]`, whatever setters the page has put on arrays. */
function oneOf(value: unknown): readonly unknown[] {
  const values: unknown[] = [];
  put(values, 0, value);
  return values;
}
