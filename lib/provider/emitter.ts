/** Listeners by the name of an event, in the order in which they came. */
import { apply, later } from './natives';

export type Listener = (...values: unknown[]) => unknown;

/** Between two of a list: what comes next. */
interface Place {
  next: Entry | null;
}
interface Entry extends Place {
  readonly event: string;
  readonly listener: Listener;
  readonly times: 'once' | 'always';
}

export interface Emitter {
  add(event: string, listener: Listener, times: Entry['times']): void;
  remove(event: string, listener: Listener): void;
  removeAll(event?: string): void;
  count(event: string): number;
  emit(event: string, value: unknown): void;
}

/** A list through the entries themselves: the page can change what arrays do. */
export function createEmitter(): Emitter {
  const start: Place = { next: null };
  function remove(isGone: (entry: Entry) => boolean, times: Entry['times']) {
    let place = start;
    while (place.next !== null) {
      if (!isGone(place.next)) place = place.next;
      else {
        place.next = place.next.next;
        if (times === 'once') return;
      }
    }
  }
  function each(event: string, visit: (entry: Entry) => void) {
    for (let entry = start.next; entry !== null; entry = entry.next) if (entry.event === event) visit(entry);
  }
  return {
    add: (event, listener, times) => {
      let last = start;
      while (last.next !== null) last = last.next;
      last.next = { event, listener, times, next: null };
    },
    remove: (event, listener) => remove((entry) => entry.event === event && entry.listener === listener, 'once'),
    removeAll: (event) => remove((entry) => event === undefined || entry.event === event, 'always'),
    count: (event) => {
      let count = 0;
      each(event, () => {
        count += 1;
      });
      return count;
    },
    emit: (event, value) =>
      each(event, (entry) => {
        if (entry.times === 'once') remove((other) => other === entry, 'once');
        try {
          apply(entry.listener, undefined, [value]);
        } catch (error) {
          // The page's own mistake, told as such; the other listeners hear the event all the same.
          later(() => {
            throw error;
          });
        }
      }),
  };
}
