/** What a simulated Mini is made of, and what can be done with it. */
import type { Person, Press, Screen } from './person';
import type { Message } from './wire';

export interface MiniOptions {
  readonly mnemonic: string;
  /** Digits; null for a device without one. */
  readonly pin: string | null;
  /** Its buttons take no PIN: the host is told where the digits stand. */
  readonly pinOnHost?: boolean;
  /** The host may open hidden wallets. */
  readonly passphraseProtection?: boolean;
  /** `3.7.1`; from 3.3.0 on it knows OneKey's own numbers. */
  readonly version?: string;
  /** A firmware that does not know OneKey's own numbers, whatever its version says. */
  readonly trezorNumbersOnly?: boolean;
  readonly serial?: string;
  /** Answers as Trezor's clients want it, with their ids; without it as `onekey.so`. */
  readonly compatible?: boolean;
  readonly bootloader?: boolean;
  readonly person: Person;
  /** Presses before the host has acknowledged that it knows of the screen. */
  readonly hasty?: boolean;
  readonly random: (length: number) => Uint8Array;
  /** Runs `work` after a time, @returns ends it. The firmware gives up on a screen after 300 s. */
  readonly after: (delayMs: number, work: () => void) => () => void;
  readonly lies?: Lies;
  /** `off`: signs on any path, as the firmware's setting `safety_checks` allows. */
  readonly safetyChecks?: 'strict' | 'off';
  /** What it runs, 983,040 bytes; without it anything. */
  readonly flash?: Uint8Array;
}

/** What a device could do that is not what it says it is. */
export interface Lies {
  /** The account's address is another one. */
  readonly address?: string;
  /** Signs with the key of another account. */
  readonly otherKey?: boolean;
  /** Flips the parity. */
  readonly wrongV?: boolean;
  /** Leaves the last byte of a signature out. */
  readonly shortSignature?: boolean;
  /** What it does to a transaction of Bitcoin or a relative after the person has confirmed another. */
  readonly bitcoin?:
    | 'pays-another'
    | 'takes-change'
    | 'larger-fee'
    | 'drops-output'
    | 'adds-output'
    | 'other-sequence'
    | 'cut'
    | 'nothing'
    | 'endless'
    | 'no-such-input'
    | 'other-previous'
    | 'unknown-question';
}

export interface Mini {
  /** A message from the host. */
  receive(message: Message): void;
  /** Messages to the host. */
  onMessage(listener: (message: Message) => void): void;
  /** What stands on the screen. */
  screen(): Screen;
  /** Of a person who takes their time: those of `options.person` come at once. */
  press(press: Press): void;
  /** As if the plug had been pulled: the session is gone, a device with a PIN is locked. */
  unplug(): void;
  readonly options: MiniOptions;
}
