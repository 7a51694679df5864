/**
 * The conversation in which a device signs (Trezor protocol, `SignTx`): it asks for one part of the transaction at a
 * time, in an order of its own and more than once, and gives the signed bytes piece by piece. Nothing of it is believed:
 * what it may ask is bounded, and what it made is held against the draft.
 */
import { toHex } from '@/lib/bytes';
import { COINS } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import { parsePrevTx } from '@/lib/chains/utxo/previous';
import type { Transaction } from '@/lib/chains/utxo/transaction';
import { verifySigned } from '@/lib/chains/utxo/verify';
import { WalletError } from '@/lib/errors';
import * as messages from '../wire/bitcoin-messages';
import { type Content, encode } from '../wire/schema';
import type { Session } from './session';
import {
  inputPart,
  outputPart,
  type Part,
  previousExtraData,
  previousInput,
  previousMeta,
  previousOutput,
} from './utxo-parts';

/** How far the device is. `checking`: it reads what is spent; `signing`: it signs input by input. */
export interface SigningProgress {
  readonly step: 'checking' | 'signing';
  /** Inputs that are done, of `total`. */
  readonly done: number;
  readonly total: number;
}

export interface SignRequest {
  readonly draft: Draft;
  /** The transactions whose outputs are spent, as they travel, by their ids. */
  readonly previous: ReadonlyMap<string, Uint8Array>;
  readonly onProgress?: (progress: SigningProgress) => void;
}

type TxRequest = Content<typeof messages.txRequest>;

/** The firmware has place for marks of so many. */
const MOST_INPUTS = 512;
const CHUNK_BYTES = 1024;
const MOST_SIGNED_BYTES = 400_000;
/** It derives keys and signs between two questions. */
const WORK_MS = 20_000;

const misbehaved = (reason: string): WalletError => new WalletError('device-misbehaved', { reason });

/**
 * @returns what a node takes, verified
 * @throws WalletError `device-unsupported`, `party-misbehaved` for a previous transaction that is none, before the device
 *   is asked; `device-misbehaved`; and what the session throws
 */
export async function signOnDevice(session: Session, request: SignRequest): Promise<Uint8Array> {
  const { draft, onProgress = () => undefined } = request;
  if (draft.inputs.length > MOST_INPUTS) throw new WalletError('device-unsupported', { reason: 'inputs' });
  const previous = provenPrevious(request);
  const answerTo = answersOf(draft, previous);
  const raw = await converse(session, draft, { answerTo, most: mostQuestions(draft, previous), onProgress });
  const verdict = verifySigned(draft, raw);
  if (!verdict.ok) throw misbehaved(verdict.problem);
  return raw;
}

/** By their ids. The device reads each of them unless every input is p2tr, whose signatures commit to all amounts. */
function provenPrevious({ draft, previous }: SignRequest): ReadonlyMap<string, Transaction> {
  const wanted = draft.inputs.every(({ scriptType }) => scriptType === 'p2tr') ? [] : draft.inputs;
  return new Map(
    wanted.map(({ txid }) => [txid, parsePrevTx(COINS[draft.coin], previous.get(txid) ?? new Uint8Array(), txid)]),
  );
}

/** The firmware asks less; a device that never ends is none. */
function mostQuestions({ inputs, outputs }: Draft, previous: ReadonlyMap<string, Transaction>): number {
  const all = inputs.length + outputs.length;
  const checking = inputs.reduce((sum, { txid }) => {
    const { inputs: ins = [], outputs: outs = [], extraData = [] } = previous.get(txid) ?? {};
    return sum + 2 + ins.length + outs.length + Math.ceil(extraData.length / CHUNK_BYTES);
  }, 0);
  return 2 * (all + checking + inputs.length * (all + 2) + all);
}

type AnswerTo = (request: TxRequest) => Part;

/** What a question of the device is answered with. @throws WalletError `device-misbehaved` for one that has no answer */
function answersOf(draft: Draft, previous: ReadonlyMap<string, Transaction>): AnswerTo {
  const inputs = draft.inputs.map(inputPart);
  const outputs = draft.outputs.map((output) => outputPart(draft, output));
  return ({ requestType, details = {} }) => {
    const { requestIndex: at = 0, txHash, extraDataOffset = 0, extraDataLength = 0 } = details;
    const part = txHash
      ? ofPrevious(previous.get(toHex(txHash)), requestType, { at, extraDataOffset, extraDataLength })
      : { [messages.REQUEST.input]: inputs[at], [messages.REQUEST.output]: outputs[at] }[requestType ?? -1];
    if (!part) throw misbehaved('question');
    return part;
  };
}

function ofPrevious(
  transaction: Transaction | undefined,
  requestType: number | undefined,
  asked: { readonly at: number; readonly extraDataOffset: number; readonly extraDataLength: number },
): Part | null {
  if (!transaction) return null;
  switch (requestType) {
    case messages.REQUEST.meta:
      return previousMeta(transaction);
    case messages.REQUEST.input:
      return previousInput(transaction, asked.at);
    case messages.REQUEST.output:
      return previousOutput(transaction, asked.at);
    case messages.REQUEST.extraData:
      return previousExtraData(transaction, asked.extraDataOffset, asked.extraDataLength);
    default:
      return null;
  }
}

interface Rules {
  readonly answerTo: AnswerTo;
  readonly most: number;
  readonly onProgress: (progress: SigningProgress) => void;
}

/** @returns the pieces that the device gave, in their order */
async function converse(session: Session, draft: Draft, { answerTo, most, onProgress }: Rules): Promise<Uint8Array> {
  const wanted = { type: messages.BITCOIN.txRequest, shape: messages.txRequest, answerMs: WORK_MS };
  const tell = progressOf(draft, onProgress);
  const signed: number[] = [];
  let request = await session.call({ type: messages.BITCOIN.signTx, payload: begin(draft) }, wanted);
  for (let asked = 0; asked <= most; asked += 1) {
    signed.push(...(request.serialized?.serializedTx ?? []));
    if (signed.length > MOST_SIGNED_BYTES) throw misbehaved('length');
    tell(request);
    if (request.requestType === messages.REQUEST.finished) return Uint8Array.from(signed);
    const payload = encode(messages.txAck, { tx: answerTo(request) });
    request = await session.call({ type: messages.BITCOIN.txAck, payload }, wanted);
  }
  throw misbehaved('endless');
}

const begin = ({ coin, version, lockTime, inputs, outputs }: Draft): Uint8Array =>
  encode(messages.signTx, {
    outputsCount: outputs.length,
    inputsCount: inputs.length,
    coinName: COINS[coin].deviceName,
    version,
    lockTime,
  });

/** Each input is checked once, and signed once. */
function progressOf({ inputs }: Draft, onProgress: Rules['onProgress']): (request: TxRequest) => void {
  const total = inputs.length;
  const done = new Set<number>();
  let checked = 0;
  return ({ requestType, serialized }) => {
    if (requestType === messages.REQUEST.meta && checked < total) {
      checked += 1;
      onProgress({ step: 'checking', done: checked, total });
    }
    const signedIndex = serialized?.signatureIndex;
    if (signedIndex !== undefined && signedIndex < total && !done.has(signedIndex))
      onProgress({ step: 'signing', done: done.add(signedIndex).size, total });
  };
}
