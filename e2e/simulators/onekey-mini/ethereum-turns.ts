/** Ethereum's messages, by the field numbers of the Mini's firmware. */
import {
  addressOf,
  deriveNode,
  fromHex,
  integer,
  keccak,
  keyOf,
  messageDigest,
  type Rlp,
  rlp,
  type Seed,
  type Signature,
  sign,
  trimmed,
  typedDigest,
} from './ethereum';
import { BUTTON, type EthereumTypes, FAILURE } from './numbers';
import { Aborted, type Line } from './prompts';
import type { Lies } from './types';
import { decode, encode, type Fields } from './wire';

export interface EthereumTurn {
  readonly types: EthereumTypes;
  readonly fields: Fields;
  readonly line: Line;
  readonly lies: Lies;
  readonly seed: () => Promise<Seed>;
}

const MAX_PATH = 8;
const MAX_CHUNK = 1024;
const MAX_MESSAGE = 5120;
const HARDENED = 0x8000_0000;

const bad = (text: string): Aborted => new Aborted([FAILURE.dataError, text]);

export async function answerEthereum(type: number, turn: EthereumTurn): Promise<void> {
  const { types, line } = turn;
  switch (type) {
    case types.getAddress:
      return getAddress(turn);
    case types.getPublicKey:
      return getPublicKey(turn);
    case types.signMessage:
      return signMessage(turn);
    case types.signTypedHash:
      return signTypedHash(turn);
    case types.signTx:
      return signLegacy(turn);
    case types.signTx1559:
      return sign1559(turn);
    default:
      return line.fail(FAILURE.unexpectedMessage, 'Unknown message');
  }
}

/** Only Ethereum's branch: the device checks paths strictly. */
function pathOf({ fields }: EthereumTurn): number[] {
  const path = fields.numbers(1).map(Number);
  if (path.length > MAX_PATH) throw bad('array overflow');
  if (path[0] !== HARDENED + 44 || path.length < 3) throw bad('Forbidden key path');
  return path;
}

async function accountOf(turn: EthereumTurn): Promise<{ key: Uint8Array; address: string }> {
  const path = pathOf(turn);
  const key = keyOf(deriveNode(await turn.seed(), path));
  return { key, address: turn.lies.address ?? addressOf(key) };
}

async function getAddress(turn: EthereumTurn): Promise<void> {
  const { fields, line, types } = turn;
  const { address } = await accountOf(turn);
  if (fields.numbers(2)[0] === 1n) await line.confirm(BUTTON.address, 'Address', [address]);
  line.send(types.address, encode([2, address]));
}

async function getPublicKey(turn: EthereumTurn): Promise<void> {
  const node = deriveNode(await turn.seed(), pathOf(turn));
  const { depth, parentFingerprint, index, chainCode, publicKey, publicExtendedKey } = node;
  const inner = encode(
    [1, depth],
    [2, parentFingerprint],
    [3, index],
    [4, chainCode ?? undefined],
    [6, publicKey ?? undefined],
  );
  turn.line.send(turn.types.publicKey, encode([1, inner], [2, publicExtendedKey]));
}

function signWith(turn: EthereumTurn, digest: Uint8Array, key: Uint8Array): Signature {
  const { otherKey, wrongV, shortSignature } = turn.lies;
  const signature = sign(digest, otherKey ? keccak(key) : key);
  const parity = wrongV ? 1 - signature.parity : signature.parity;
  return { ...signature, parity, s: shortSignature ? signature.s.subarray(0, 31) : signature.s };
}

const joined = ({ r, s, parity }: Signature): Uint8Array => Uint8Array.from([...r, ...s, 27 + parity]);

async function signMessage(turn: EthereumTurn): Promise<void> {
  const { fields, line, types } = turn;
  const message = fields.bytes(2) ?? new Uint8Array();
  if (message.length > MAX_MESSAGE) throw bad('bytes overflow');
  const { key, address } = await accountOf(turn);
  await line.confirm(BUTTON.protectCall, 'Sign message?', [new TextDecoder().decode(message)]);
  line.send(types.messageSignature, encode([2, joined(signWith(turn, messageDigest(message), key))], [3, address]));
}

async function signTypedHash(turn: EthereumTurn): Promise<void> {
  const { fields, line, types } = turn;
  const [domain, message] = [fields.bytes(2), fields.bytes(3)];
  if (domain?.length !== 32 || (message !== undefined && message.length !== 32)) throw bad('Invalid hash length');
  const { key, address } = await accountOf(turn);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  await line.confirm(BUTTON.protectCall, 'Sign typed data?', [hex(domain), hex(message ?? new Uint8Array())]);
  const digest = typedDigest(domain, message ?? new Uint8Array());
  line.send(types.typedDataSignature, encode([1, joined(signWith(turn, digest, key))], [2, address]));
}

/** The data of a call, asked for in pieces of 1,024 bytes. */
async function collectData({ line, types, fields }: EthereumTurn, initialField: number, lengthField: number) {
  const data = Array.from(fields.bytes(initialField) ?? []);
  const length = Number(fields.numbers(lengthField)[0] ?? 0n);
  if (data.length > MAX_CHUNK) throw bad('bytes overflow');
  if (data.length > length || (length > data.length && data.length !== MAX_CHUNK))
    throw bad('Invalid size of initial chunk');
  while (data.length < length) {
    const wanted = Math.min(MAX_CHUNK, length - data.length);
    line.send(types.txRequest, encode([1, wanted]));
    const chunk = (await line.ask(types.txAck)).bytes(1) ?? new Uint8Array();
    if (chunk.length !== wanted) throw bad('Invalid data chunk');
    data.push(...chunk);
  }
  return Uint8Array.from(data);
}

async function confirmPayment({ line }: EthereumTurn, to: string, value: Uint8Array, fee: readonly string[]) {
  const wei = value.length === 0 ? 0n : BigInt(`0x${Buffer.from(value).toString('hex')}`);
  await line.confirm(BUTTON.signTx, 'Send', [to, `${wei} wei`]);
  await line.confirm(BUTTON.signTx, 'Fee', fee);
}

const numberAt = (fields: Fields, field: number): Uint8Array => trimmed(fields.bytes(field));

function recipient(to = ''): Uint8Array {
  if (to !== '' && !/^0x[0-9a-fA-F]{40}$/.test(to)) throw bad('Malformed address');
  return fromHex(to);
}

async function signLegacy(turn: EthereumTurn): Promise<void> {
  const { fields } = turn;
  const chainId = fields.numbers(9)[0] ?? 0n;
  const to = fields.text(11) ?? '';
  const value = numberAt(fields, 6);
  const { key } = await accountOf(turn);
  recipient(to);
  await confirmPayment(turn, to, value, ['gas price']);
  const data = await collectData(turn, 7, 8);
  const items: Rlp[] = [numberAt(fields, 2), numberAt(fields, 3), numberAt(fields, 4), recipient(to), value, data];
  const digest = keccak(rlp(chainId === 0n ? items : [...items, integer(chainId), integer(0n), integer(0n)]));
  const { parity, r, s } = signWith(turn, digest, key);
  const v = BigInt(parity) + 35n + 2n * chainId;
  const fits = chainId !== 0n && v <= 0xffff_ffffn;
  const signatureV = chainId === 0n ? BigInt(27 + parity) : fits ? v : BigInt(parity);
  turn.line.send(turn.types.txRequest, encode([2, signatureV], [3, r], [4, s]));
}

async function sign1559(turn: EthereumTurn): Promise<void> {
  const { fields } = turn;
  const access = fields.allBytes(11).map(decode);
  if (access.length > 8) throw bad('array overflow');
  const list = access.map((entry): Rlp => {
    const keys = entry.allBytes(2);
    if (keys.length > 8) throw bad('array overflow');
    return [recipient(entry.text(1)), keys];
  });
  const to = fields.text(6) ?? '';
  const value = numberAt(fields, 7);
  const { key } = await accountOf(turn);
  recipient(to);
  await confirmPayment(turn, to, value, ['maximum fee', 'priority fee']);
  const data = await collectData(turn, 8, 9);
  const body = rlp([
    integer(fields.numbers(10)[0] ?? 0n),
    numberAt(fields, 2),
    numberAt(fields, 4),
    numberAt(fields, 3),
    numberAt(fields, 5),
    recipient(to),
    value,
    data,
    list,
  ]);
  const { parity, r, s } = signWith(turn, keccak(Uint8Array.from([2, ...body])), key);
  turn.line.send(turn.types.txRequest, encode([2, parity], [3, r], [4, s]));
}
