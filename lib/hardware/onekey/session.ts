/**
 * One conversation with a OneKey Mini: calls, what the device asks for in between, and how they end. The firmware has
 * three traps. A PIN that is cancelled on the device is answered by nothing, so every wait has an end of its own. Confirm,
 * pressed while the host types the passphrase, is an empty passphrase, so callers compare the address after each unlock.
 * A cancelled passphrase is answered twice, so every call begins with Initialize and reads until its answer comes.
 */
import { WalletError } from '@/lib/errors';
import type { Link } from '../transport/link';
import type { DevicePrompt, Person } from '../types';
import type { Message } from '../wire/framing';
import * as messages from '../wire/messages';
import { type Content, decode, encode, type Shape } from '../wire/schema';
import { failureOf } from './failures';

/** A device that is not waiting for a person answers sooner. */
export const ANSWER_MS = 4_000;
/** The firmware gives a person 300 s for a screen. */
export const PERSON_MS = 310_000;
const MAX_STALE = 256;
/** The end of a session is waited for, and not for long: whatever stays unread the next one reads away. */
const END_MS = 1_000;
const MAX_STALE_END = 3;
/** ButtonRequest.code of the screen where the passphrase is typed. */
const PASSPHRASE_ENTRY = 19;
/** Failure.code of a message that nobody waited for. */
const UNEXPECTED = 1;

/** Runs `work` after a time. @returns ends it */
export type After = (delayMs: number, work: () => void) => () => void;

export interface SessionTools {
  readonly link: Link;
  readonly person: Person;
  readonly after: After;
}

export type Features = Content<typeof messages.features>;

export interface Wanted<S extends Shape> {
  readonly type: number;
  readonly shape: S;
  /** For what takes the device a while without a person. */
  readonly answerMs?: number;
}

export interface Session {
  /** Starts afresh: what earlier calls or other hosts left is read away. */
  begin(): Promise<Features>;
  /** @throws WalletError */
  call<S extends Shape>(request: Message, wanted: Wanted<S>): Promise<Content<S>>;
  cancel(): Promise<void>;
  /** Ends the device's session, if it answers, and gives the link back. */
  close(): Promise<void>;
}

export function openSession({ link, person, after }: SessionTools): Session {
  let sessionId: Uint8Array | undefined;
  /** Screens of which the device was told that they are known, and has not complained since. */
  let acknowledged = 0;
  /** The device has said that its buttons take no PIN. */
  let pinOnHost = false;
  /** It has answered whatever was sent last. */
  let answers = false;

  const receive = async (waitMs: number): Promise<Message> => {
    answers = false;
    let end = () => {};
    const late = new Promise<never>((_, reject) => {
      end = after(waitMs, () => reject(new WalletError('device-silent')));
    });
    try {
      const message = await Promise.race([link.receive(), late]);
      answers = true;
      return message;
    } finally {
      end();
    }
  };
  const send = (type: number, payload: Uint8Array = new Uint8Array()) => link.send({ type, payload });

  const begin = async (): Promise<Features> => {
    await send(messages.TYPE.initialize, encode(messages.initialize, { sessionId }));
    for (let stale = 0; stale < MAX_STALE; stale += 1) {
      const { type, payload } = await receive(ANSWER_MS);
      if (type !== messages.TYPE.features) continue;
      const features = decode(messages.features, payload);
      sessionId = features.sessionId;
      acknowledged = 0;
      return features;
    }
    throw new WalletError('device-garbled');
  };

  const askPassphrase = async (): Promise<DevicePrompt> => {
    person.onPrompt('passphrase');
    const answer = await person.passphrase();
    const content = answer.on === 'device' ? { onDevice: true } : { passphrase: answer.text.normalize('NFKD') };
    await send(messages.TYPE.passphraseAck, encode(messages.passphraseAck, content));
    return answer.on === 'device' ? 'passphrase' : 'none';
  };

  /** Answers what the device asks for. @returns what it waits for now; undefined for an answer */
  const respond = async ({ type, payload }: Message): Promise<DevicePrompt | undefined> => {
    switch (type) {
      case messages.TYPE.buttonRequest:
        await send(messages.TYPE.buttonAck);
        return decode(messages.buttonRequest, payload).code === PASSPHRASE_ENTRY ? 'passphrase' : 'confirm';
      case messages.TYPE.pinRequest:
        if (pinOnHost) return askPinPlaces();
        await send(messages.TYPE.pinOnDevice);
        return 'pin';
      case messages.TYPE.passphraseRequest:
        return askPassphrase();
      default:
        return undefined;
    }
  };

  /** From the start, with the PIN typed on the host. */
  const again = async (request: Message): Promise<void> => {
    pinOnHost = true;
    await begin();
    await link.send(request);
  };

  const askPinPlaces = async (): Promise<DevicePrompt> => {
    await send(messages.TYPE.pinAck, encode(messages.pinAck, { places: await person.pinPlaces() }));
    return 'none';
  };

  const call = async <S extends Shape>(request: Message, { type, shape, answerMs = ANSWER_MS }: Wanted<S>) => {
    await link.send(request);
    try {
      let waitMs = answerMs;
      let prompt: DevicePrompt | undefined = 'none';
      for (;;) {
        const answer = await receive(waitMs);
        if (answer.type === type) return decode(shape, answer.payload);
        if (answer.type === messages.TYPE.failure) {
          const failure = decode(messages.failure, answer.payload);
          if (failure.code === UNEXPECTED && prompt === 'pin') {
            prompt = 'none';
            await again(request);
            continue;
          }
          // Who presses before the acknowledgement is there makes the device complain of it, and go on.
          if (failure.code !== UNEXPECTED || acknowledged === 0) throw failureOf(failure);
          acknowledged -= 1;
          continue;
        }
        if (answer.type === messages.TYPE.buttonRequest) acknowledged += 1;
        prompt = await respond(answer);
        if (prompt === undefined) throw new WalletError('device-garbled');
        person.onPrompt(prompt);
        waitMs = prompt === 'none' ? answerMs : PERSON_MS;
      }
    } finally {
      person.onPrompt('none');
    }
  };

  /** Passphrase and all: whoever has the device next begins anew. */
  const end = async (): Promise<void> => {
    await send(messages.TYPE.endSession);
    for (let stale = 0; stale < MAX_STALE_END; stale += 1) {
      if ((await receive(END_MS)).type === messages.TYPE.success) return;
    }
  };
  const close = async (): Promise<void> => {
    if (answers) await end().catch(() => undefined);
    await link.close();
  };

  return { begin, call, cancel: () => send(messages.TYPE.cancel), close };
}
