/**
 * What the device asks its person and its host for, and how that ends. Three traps of the real firmware are here: a PIN
 * that is cancelled on the device is answered by nothing; confirm, pressed while the host types the passphrase, is an
 * empty passphrase; a passphrase that is cancelled is answered twice.
 */
import { BUTTON, FAILURE, TYPE } from './numbers';
import type { Person, Press, Screen } from './person';
import type { MiniOptions } from './types';
import { encode, type Fields, type Message } from './wire';

const SCREEN_MS = 300_000;

/** A workflow that ended before its end, and what the host is told of it. */
export class Aborted extends Error {
  readonly failures: readonly (readonly [code: number, text: string])[];
  constructor(...failures: (readonly [number, string])[]) {
    super('aborted');
    this.failures = failures;
  }
}

const CANCELLED = [FAILURE.actionCancelled, 'Cancelled'] as const;

export interface Line {
  send(type: number, payload: Uint8Array): void;
  fail(code: number, text: string): void;
  /** Shows a screen and sends a ButtonRequest. @throws Aborted if the person, the host or the time says no */
  confirm(button: number, title: string, lines: readonly string[]): Promise<void>;
  askPin(pin: string): Promise<void>;
  askPassphrase(): Promise<string>;
  /** The next message of this type within a workflow. */
  ask(type: number): Promise<Fields>;
  /** @returns whether the workflow wanted it */
  take(type: number, fields: Fields): boolean;
  abort(): void;
  drop(): void;
  show(screen: Screen): void;
  screen(): Screen;
  /** Of a person who takes their time. */
  press(press: Press): void;
  onMessage(listener: (message: Message) => void): void;
  finished(): void;
  onFinished(work: () => void): void;
}

const absent: Person = () => ({ press: 'nothing' });

interface Waiting {
  readonly types: readonly number[];
  readonly resolve: (answer: { readonly type: number; readonly fields: Fields }) => void;
  readonly reject: (error: Aborted) => void;
  readonly onAbort: Aborted;
}

export function openLine({ person, after, hasty = false, pinOnHost = false }: MiniOptions): Line {
  let listener: (message: Message) => void = () => undefined;
  let shown: Screen = { kind: 'home' };
  let waiting: Waiting | undefined;
  let whenFinished: (() => void) | undefined;
  let pressNow: ((press: Press) => void) | undefined;

  const send = (type: number, payload: Uint8Array) => listener({ type, payload });
  const fail = (code: number, text: string) => send(TYPE.failure, encode([1, code], [2, text]));
  const show = (screen: Screen) => {
    shown = screen;
  };

  /** A person's answer or a host's, whichever comes first. */
  const either = (screen: Screen, types: readonly number[], onAbort: Aborted, looks = person) => {
    show(screen);
    let end = () => undefined as unknown;
    const host = new Promise<{ type: number; fields: Fields }>((resolve, reject) => {
      waiting = { types, resolve, reject, onAbort };
    });
    const personal = new Promise<Press>((resolve, reject) => {
      pressNow = resolve;
      end = after(SCREEN_MS, () => reject(onAbort));
      // A person looks only after the host was told.
      queueMicrotask(() => {
        const press = looks(screen);
        if (!('press' in press) || press.press !== 'nothing') resolve(press);
      });
    });
    return Promise.race([host, personal]).finally(() => {
      end();
      waiting = undefined;
      pressNow = undefined;
    });
  };

  const confirm = async (button: number, title: string, lines: readonly string[]): Promise<void> => {
    send(TYPE.buttonRequest, encode([1, button]));
    // A person takes longer than a host's ButtonAck, unless they are in a hurry.
    for (let looks = hasty ? person : absent; ; looks = person) {
      const answer = await either({ kind: 'confirm', title, lines }, [TYPE.buttonAck], new Aborted(CANCELLED), looks);
      if (!('press' in answer)) continue;
      if (answer.press === 'confirm') return;
      throw new Aborted(CANCELLED);
    }
  };

  const ask = async (type: number, onAbort = new Aborted(CANCELLED)) => {
    const answer = new Promise<{ type: number; fields: Fields }>((resolve, reject) => {
      waiting = { types: [type], resolve, reject, onAbort };
    });
    return (await answer.finally(() => (waiting = undefined))).fields;
  };

  const askPin = async (pin: string): Promise<void> => {
    send(TYPE.pinRequest, encode([1, 1]));
    const onAbort = new Aborted([FAILURE.pinCancelled, 'PIN Cancelled']);
    const wanted = new Promise<{ type: number; fields: Fields }>((resolve, reject) => {
      const types = pinOnHost ? [TYPE.pinAck] : [TYPE.pinAck, TYPE.pinOnDevice];
      waiting = { types, resolve, reject, onAbort };
    });
    show({ kind: 'pin-matrix', pad: MATRIX });
    const { type, fields } = await wanted.finally(() => (waiting = undefined));
    if (type === TYPE.pinAck) {
      if (fields.text(1) !== matrixOf(pin)) throw new Aborted([FAILURE.pinInvalid, 'PIN invalid']);
      return;
    }
    const typed = await either({ kind: 'pin' }, [], onAbort);
    // Trap 1: cancelled by its own button, the device says nothing at all.
    if (!('type' in typed) || typeof typed.type !== 'string') throw new Aborted();
    if (typed.type !== pin) throw new Aborted([FAILURE.pinInvalid, 'PIN invalid']);
  };

  const askPassphrase = async (): Promise<string> => {
    send(TYPE.passphraseRequest, new Uint8Array());
    // Trap 3: two failures for one cancel.
    const onAbort = new Aborted(CANCELLED, [FAILURE.processError, 'Passphrase dismissed']);
    const answer = await either({ kind: 'passphrase-on-host' }, [TYPE.passphraseAck], onAbort);
    if ('press' in answer) {
      // Trap 2: confirm opens the wallet without a passphrase.
      if (answer.press === 'confirm') return '';
      throw onAbort;
    }
    if (!('fields' in answer)) throw onAbort;
    const passphrase = answer.fields.text(1);
    if (answer.fields.numbers(3)[0] === 1n) return typedOnDevice();
    if (passphrase === undefined) throw new Aborted([FAILURE.dataError, 'No passphrase provided'], CANCELLED);
    if (passphrase !== '') {
      await confirm(BUTTON.other, 'Access hidden wallet?', []);
      await confirm(BUTTON.other, 'Passphrase', [passphrase]);
    }
    return passphrase;
  };

  const typedOnDevice = async (): Promise<string> => {
    send(TYPE.buttonRequest, encode([1, BUTTON.passphraseEntry]));
    await ask(TYPE.buttonAck);
    const typed = await either({ kind: 'passphrase' }, [], new Aborted(CANCELLED));
    if (!('type' in typed) || typeof typed.type !== 'string') throw new Aborted(CANCELLED);
    return typed.type;
  };

  return {
    send,
    fail,
    confirm,
    askPin,
    askPassphrase,
    ask: (type) => ask(type),
    take: (type, fields) => {
      if (!waiting?.types.includes(type)) return false;
      waiting.resolve({ type, fields });
      return true;
    },
    abort: () => waiting?.reject(waiting.onAbort),
    drop: () => {
      listener = () => undefined;
    },
    show,
    screen: () => shown,
    press: (press) => pressNow?.(press),
    onMessage: (next) => {
      listener = next;
    },
    finished: () => {
      const next = whenFinished;
      whenFinished = undefined;
      next?.();
    },
    onFinished: (next) => {
      whenFinished = next;
    },
  };
}

/** The digits of this device's scrambled pad, row by row from above: upside down, and mirrored. */
const MATRIX = ['321', '654', '987'];

/** Where the digits of a PIN stand on it, as keypads number their places: 7 8 9 above. */
export const matrixOf = (pin: string): string => pin.replace(/[1-9]/g, (digit) => String(10 - Number(digit)));
