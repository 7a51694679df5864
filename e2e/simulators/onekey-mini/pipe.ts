/**
 * The cable: reports of 64 bytes in, reports out, and everything that can happen to them on the way. The ends (USB,
 * Bridge, UDP) read and write here.
 */
import type { Mini } from './types';
import { createAssembler, encodeFailure, type Message, REPORT_BYTES, toReports } from './wire';

/** What happens to the reports of one message to the host. */
export type Damage = (reports: readonly Uint8Array[], message: Message) => readonly Uint8Array[];

export interface CableOptions {
  readonly damage?: Damage;
  /** Reports that another host has left behind. */
  readonly stale?: readonly Uint8Array[];
  /** The plug is pulled as soon as the device says or hears this; @returns whether it is */
  readonly pulledAt?: (direction: 'in' | 'out', message: Message) => boolean;
}

export interface Cable {
  write(report: Uint8Array): void;
  /** Resolves when there is one. @throws Unplugged */
  read(): Promise<Uint8Array>;
  readonly plugged: boolean;
  unplug(): void;
  /** Runs when the plug is pulled. */
  onUnplug(listener: () => void): void;
}

export class Unplugged extends Error {}

export function plugIn(mini: Mini, { damage = (reports) => reports, stale = [], pulledAt }: CableOptions = {}): Cable {
  const assemble = createAssembler();
  const queue: Uint8Array[] = [...stale];
  const readers: { resolve: (report: Uint8Array) => void; reject: (error: Error) => void }[] = [];
  const listeners: (() => void)[] = [];
  let plugged = true;

  const push = (reports: readonly Uint8Array[]) => {
    for (const report of reports) {
      const reader = readers.shift();
      if (reader) reader.resolve(report);
      else queue.push(report);
    }
  };
  const unplug = () => {
    if (!plugged) return;
    plugged = false;
    mini.unplug();
    for (const { reject } of readers.splice(0)) reject(new Unplugged());
    for (const listener of listeners) listener();
  };
  mini.onMessage((message) => {
    if (!plugged) return;
    if (pulledAt?.('out', message)) unplug();
    else push(damage(toReports(message), message));
  });
  return {
    get plugged() {
      return plugged;
    },
    unplug,
    onUnplug: (listener) => listeners.push(listener),
    write: (report) => {
      if (!plugged) throw new Unplugged();
      if (report.length !== REPORT_BYTES) throw new RangeError('a report has 64 bytes');
      const message = assemble(report);
      if (message === undefined) return;
      if (message === 'too-big') push(toReports(encodeFailure('Message too big')));
      else if (pulledAt?.('in', message)) unplug();
      else mini.receive(message);
    },
    read: () => {
      const report = queue.shift();
      if (report) return Promise.resolve(report);
      if (!plugged) return Promise.reject(new Unplugged());
      return new Promise((resolve, reject) => readers.push({ resolve, reject }));
    },
  };
}
