/** What the device asks of a transaction while it signs (`TxRequest`, `TxAck`), one part at a time. */
import type { Header, Input, Output } from '../utxo/transactions';
import { bad } from './bitcoin-paths';
import { BITCOIN } from './numbers';
import type { Line } from './prompts';
import { decode, encode, type Fields } from './wire';

export const REQUEST = { input: 0, output: 1, meta: 2, finished: 3, extraData: 4 } as const;

/** Bounds of the firmware's buffers. */
const [MAX_SCRIPT_SIG, MAX_SCRIPT, MAX_CHUNK] = [1650, 520, 1024];
const FINAL = 0xffff_ffff;

/** Fields of `TxRequest.serialized` that go out with the next question. */
export interface Piece {
  readonly signatureIndex?: number;
  readonly signature?: Uint8Array;
  readonly serializedTx?: Uint8Array;
}

export interface Details {
  readonly index?: number;
  readonly hash?: Uint8Array | undefined;
  readonly length?: number;
  readonly offset?: number;
}

export interface Questions {
  /** Signed bytes for the host. */
  give(piece: Piece): void;
  ask(type: number, details: Details): Promise<Fields>;
  finish(): void;
}

export function openQuestions(line: Line): Questions {
  let pieces: Piece[] = [];
  const send = (type: number, { index, hash, length, offset }: Details) => {
    const details = encode([1, index], [2, hash], [3, length], [4, offset]);
    const signed = pieces.find(({ signatureIndex }) => signatureIndex !== undefined);
    const bytes = Buffer.concat(pieces.map(({ serializedTx = Buffer.alloc(0) }) => serializedTx));
    const serialized = encode([1, signed?.signatureIndex], [2, signed?.signature], [3, bytes]);
    line.send(BITCOIN.txRequest, encode([1, type], [2, details], [3, pieces.length > 0 ? serialized : undefined]));
    pieces = [];
  };
  return {
    give: (piece) => {
      pieces.push(piece);
    },
    ask: async (type, details) => {
      send(type, details);
      const transaction = (await line.ask(BITCOIN.txAck)).bytes(1);
      if (!transaction) throw bad('No transaction');
      return decode(transaction);
    },
    finish: () => send(REQUEST.finished, {}),
  };
}

export const numberOf = (fields: Fields, field: number, otherwise = 0): number =>
  Number(fields.numbers(field)[0] ?? BigInt(otherwise));

/** The one part that an answer has. */
export function partOf(transaction: Fields, field: number): Fields {
  const [part, ...more] = transaction.allBytes(field);
  if (!part || more.length > 0) throw bad('Wrong number of parts');
  return decode(part);
}

export function inputOf(part: Fields): Input {
  const [prevHash, scriptSig = Buffer.alloc(0)] = [part.bytes(2), part.bytes(4)];
  if (prevHash?.length !== 32) throw bad('Provided prev_hash is invalid');
  if (scriptSig.length > MAX_SCRIPT_SIG) throw bad('bytes overflow');
  return { prevHash, prevIndex: numberOf(part, 3), scriptSig, sequence: numberOf(part, 5, FINAL) };
}

export interface Previous {
  readonly header: Header;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly extraData: Uint8Array;
}

/** A whole transaction whose output is spent. */
export async function readPrevious(questions: Questions, hash: Uint8Array): Promise<Previous> {
  const meta = await questions.ask(REQUEST.meta, { hash });
  const header = { version: numberOf(meta, 1), lockTime: numberOf(meta, 4) };
  const inputs: Input[] = [];
  const outputs: Output[] = [];
  for (let index = 0; index < numberOf(meta, 6); index += 1)
    inputs.push(inputOf(partOf(await questions.ask(REQUEST.input, { index, hash }), 2)));
  for (let index = 0; index < numberOf(meta, 7); index += 1) {
    const part = partOf(await questions.ask(REQUEST.output, { index, hash }), 3);
    const script = part.bytes(2) ?? Buffer.alloc(0);
    if (script.length > MAX_SCRIPT) throw bad('bytes overflow');
    outputs.push({ amount: part.numbers(1)[0] ?? 0n, script });
  }
  const pieces: Uint8Array[] = [];
  const whole = numberOf(meta, 9);
  for (let offset = 0; offset < whole; offset += MAX_CHUNK) {
    const length = Math.min(MAX_CHUNK, whole - offset);
    const piece = (await questions.ask(REQUEST.extraData, { hash, length, offset })).bytes(8);
    if (piece?.length !== length) throw bad('Invalid extra data chunk');
    pieces.push(piece);
  }
  return { header, inputs, outputs, extraData: Buffer.concat(pieces) };
}
