/**
 * A OneKey Mini as the wire sees it: firmware 3.0.0 to 3.7.1 by the facts of its published source. Screens go to a
 * person, times to a clock, both handed in. What the real firmware gets wrong is here, too: see `prompts.ts`.
 */
import { blake2s } from '@noble/hashes/blake2.js';
import { answerBitcoin, knowsBitcoin } from './bitcoin-turns';
import { openSeed, type Seed } from './ethereum';
import { answerEthereum, type EthereumTurn } from './ethereum-turns';
import { FAILURE, ONEKEY_ETHEREUM, TREZOR_ETHEREUM, TYPE } from './numbers';
import { Aborted, type Line, openLine } from './prompts';
import type { Mini, MiniOptions } from './types';
import { decode, encode, type Fields, type Message } from './wire';

const MAX_SESSIONS = 10;

export const isAtLeast = (version: string, least: string): boolean => {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number));
  for (const place of [0, 1, 2]) {
    const difference = (have?.[place] ?? 0) - (want?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
};

export interface State {
  unlocked: boolean;
  sessionId: Uint8Array;
  /** By session, in hex; the oldest goes first. */
  seeds: Map<string, Seed | null>;
}

export function createMini(options: MiniOptions): Mini {
  const state: State = { unlocked: options.pin === null, sessionId: new Uint8Array(), seeds: new Map() };
  const line = openLine(options);
  let working = false;

  const initialize = (fields: Fields) => {
    const wanted = fields.bytes(1);
    const known = wanted?.length === 32 && state.seeds.has(idOf(wanted));
    state.sessionId = known && wanted ? wanted : options.random(32);
    const seed = state.seeds.get(idOf(state.sessionId)) ?? null;
    state.seeds.delete(idOf(state.sessionId));
    state.seeds.set(idOf(state.sessionId), seed);
    const [oldest] = state.seeds.keys();
    if (state.seeds.size > MAX_SESSIONS && oldest !== undefined) state.seeds.delete(oldest);
    line.send(TYPE.features, features(options, state));
  };

  const run = (message: Message, fields: Fields) => {
    working = true;
    work(message, fields, options, state, line)
      .catch((error: unknown) => {
        if (!(error instanceof Aborted)) line.fail(FAILURE.processError, 'Signing failed');
        else for (const [code, text] of error.failures) line.fail(code, text);
      })
      .finally(() => {
        working = false;
        line.show({ kind: 'home' });
        line.finished();
      });
  };

  const receive = (message: Message): void => {
    let fields: Fields;
    try {
      fields = decode(message.payload);
    } catch {
      line.fail(FAILURE.dataError, 'Failed to decode message');
      return;
    }
    if (message.type === TYPE.getFeatures) {
      line.send(TYPE.features, features(options, state));
    } else if (working && (message.type === TYPE.initialize || message.type === TYPE.cancel)) {
      line.abort();
      if (message.type === TYPE.initialize) line.onFinished(() => initialize(fields));
    } else if (working) {
      if (!line.take(message.type, fields)) line.fail(FAILURE.unexpectedMessage, 'Unknown message');
    } else if (message.type === TYPE.initialize) initialize(fields);
    else if (message.type === TYPE.cancel) line.fail(FAILURE.actionCancelled, 'Aborted');
    else run(message, fields);
  };

  return {
    receive,
    onMessage: line.onMessage,
    screen: line.screen,
    press: line.press,
    options,
    unplug: () => {
      line.abort();
      line.drop();
      state.unlocked = options.pin === null;
      state.seeds.clear();
    },
  };
}

export const idOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

async function work(message: Message, fields: Fields, options: MiniOptions, state: State, line: Line): Promise<void> {
  const { version = '3.7.1' } = options;
  switch (message.type) {
    case TYPE.ping:
      if (fields.numbers(2)[0] === 1n) await line.confirm(7, 'Ping', []);
      return line.send(TYPE.success, encode([1, fields.text(1)]));
    case TYPE.lockDevice:
      state.unlocked = options.pin === null;
      return line.send(TYPE.success, encode([1, 'Session cleared']));
    case TYPE.endSession:
      state.seeds.delete(idOf(state.sessionId));
      return line.send(TYPE.success, encode([1, 'Session cleared']));
    case TYPE.getFirmwareHash: {
      const challenge = fields.bytes(1);
      if (!isAtLeast(version, '3.0.0')) return line.fail(FAILURE.unexpectedMessage, 'Unknown message');
      return line.send(
        TYPE.firmwareHash,
        encode([1, blake2s(options.flash ?? FLASH, challenge ? { key: challenge } : {})]),
      );
    }
    default: {
      const { lies = {}, safetyChecks = 'strict' } = options;
      const shared = { fields, line, lies, seed: () => unlock(options, state, line) };
      if (knowsBitcoin(message.type) && !options.bootloader)
        return answerBitcoin(message.type, { ...shared, anyPath: safetyChecks === 'off' });
      const own =
        isAtLeast(version, '3.3.0') && !options.trezorNumbersOnly
          ? [TREZOR_ETHEREUM, ONEKEY_ETHEREUM]
          : [TREZOR_ETHEREUM];
      const types = own.find((each) => Object.values(each).includes(message.type));
      if (types === undefined || options.bootloader) return line.fail(FAILURE.unexpectedMessage, 'Unknown message');
      const turn: EthereumTurn = { ...shared, types };
      return answerEthereum(message.type, turn);
    }
  }
}

/** Any 983,040 bytes: what this device says it runs. */
export const FLASH = new Uint8Array(983_040).fill(0xff).fill(0x4d, 0, 4096);

/** PIN, then passphrase, as far as the session has not answered them. */
async function unlock(options: MiniOptions, state: State, line: Line): Promise<Seed> {
  if (!state.unlocked && options.pin !== null) {
    await line.askPin(options.pin);
    state.unlocked = true;
  }
  const session = idOf(state.sessionId);
  const cached = state.seeds.get(session);
  if (cached) return cached;
  const passphrase = options.passphraseProtection ? await line.askPassphrase() : '';
  const seed = openSeed(options.mnemonic, passphrase);
  state.seeds.set(session, seed);
  return seed;
}

function features(options: MiniOptions, state: State): Uint8Array {
  const { version = '3.7.1', serial = 'MI01J4000123', compatible = true, bootloader = false } = options;
  const text = (value: string) => new TextEncoder().encode(value);
  if (bootloader) return encode([1, 'onekey.so'], [2, 2], [3, 0], [4, 0], [5, true], [18, true], [21, '1']);
  return encode(
    [1, compatible ? 'trezor.io' : 'onekey.so'],
    [2, isAtLeast(version, '3.6.0') ? 2 : 1],
    [3, 99],
    [4, 99],
    [6, '0123456789ABCDEF01234567'],
    [7, options.pin !== null],
    [8, options.passphraseProtection === true],
    [9, 'en-US'],
    [10, 'Simulated Mini'],
    [12, true],
    [13, text('4f1c2a9')],
    [14, new Uint8Array(32).fill(0xb0)],
    [16, state.unlocked],
    [21, '1'],
    [30, [1, 5, 7, 10, 11, 12, 17]],
    [35, state.sessionId],
    [508, version],
    [509, serial],
    [510, '2.0.0'],
    [511, serial],
    [517, 3],
    [518, `mini.${version}-Stable-0612-4f1c2a9`],
  );
}
