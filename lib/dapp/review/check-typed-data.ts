/** Typed data (EIP-712) held against its own types, strictly: what is signed is exactly what can be shown. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import type { Address, Hex } from './types';

/** The most that a site may ask to have signed, in UTF-16 units of JSON. */
const LONGEST_JSON = 256 * 1_024;
const DEEPEST = 24;
const MOST_VALUES = 5_000;

/** Of a type or a member. One name is no member of an object, but what it is made after. */
const NAME = /^(?!__proto__$)[A-Za-z_$][A-Za-z0-9_$]{0,99}$/;
const member = z.strictObject({ name: z.string().regex(NAME), type: z.string().max(120) });
const shape = z.strictObject({
  types: z.record(z.string().regex(NAME), z.array(member).max(100)),
  primaryType: z.string().regex(NAME),
  domain: z.record(z.string(), z.unknown()),
  message: z.record(z.string(), z.unknown()),
});

export interface TypedData {
  readonly types: Readonly<Record<string, ReadonlyArray<{ readonly name: string; readonly type: string }>>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

const refused = (reason: string) => new WalletError('bad-message', { reason });

/** The members of the domain, in their order, with the only type that each may have. */
const DOMAIN: Readonly<Record<string, string>> = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
  salt: 'bytes32',
};

/**
 * Parses and checks. Numbers come out as decimal text, addresses and bytes in lower-case hex, so that every signer and
 * every reader sees the same.
 * @param sent JSON text, or the object that it stands for
 * @param chainId what a chain id of the domain has to be
 * @throws WalletError `bad-message`, the reason naming what is wrong
 */
export function checkTypedData(sent: unknown, chainId: number): TypedData {
  const parsed = shape.safeParse(parsedJson(sent));
  if (!parsed.success) throw refused('typed-data');
  const { types, primaryType, message } = parsed.data;
  if (!Object.hasOwn(types, primaryType) || primaryType === 'EIP712Domain') throw refused('primaryType');
  const domain = checkDomain(parsed.data.domain, types, chainId);
  checkTypes(types);
  const budget = { left: MOST_VALUES };
  const checked = checkStruct(message, primaryType, types, 0, budget);
  return { types: onlyReachable(types, primaryType), primaryType, domain, message: checked };
}

function parsedJson(sent: unknown): unknown {
  try {
    const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
    if (text === undefined || text.length > LONGEST_JSON) throw refused('typed-data');
    return withoutExtras(JSON.parse(text));
  } catch {
    throw refused('typed-data');
  }
}

/** Some libraries send an own `metamaskId` beside the four members, which nobody signs. */
function withoutExtras(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { metamaskId: _, ...rest } = value as Record<string, unknown>;
  return rest;
}

type Types = TypedData['types'];

function checkDomain(
  domain: Readonly<Record<string, unknown>>,
  types: Types,
  chainId: number,
): Record<string, unknown> {
  const declared = Object.hasOwn(types, 'EIP712Domain') ? types.EIP712Domain : undefined;
  if (declared === undefined) throw refused('EIP712Domain');
  for (const { name, type } of declared) {
    const isUsual = Object.hasOwn(DOMAIN, name) && (DOMAIN[name] === type || (name === 'chainId' && UINT.test(type)));
    if (!isUsual) throw refused(`domain.${name}`);
  }
  // What is no member of its type is not signed: it would only be shown.
  const names = new Set(declared.map(({ name }) => name));
  if (names.size !== declared.length || Object.keys(domain).some((name) => !names.has(name))) throw refused('domain');
  const checked: Record<string, unknown> = {};
  for (const { name, type } of declared) checked[name] = checkAtom(domain[name], type, `domain.${name}`);
  if (names.has('chainId') && checked.chainId !== String(chainId)) throw refused('domain.chainId');
  return checked;
}

const UINT = /^u?int([0-9]{1,3})?$/;
const ARRAY = /^(.+)\[([0-9]{0,3})\]$/;
const BYTES = /^bytes([0-9]{1,2})$/;

const isAtom = (type: string): boolean => {
  if (type === 'address' || type === 'uint256' || type === 'string' || type === 'bytes' || type === 'bool') return true;
  const number = UINT.exec(type);
  if (number !== null) {
    const [, bits] = number;
    return (
      bits === undefined || (Number(bits) % 8 === 0 && Number(bits) >= 8 && Number(bits) <= 256 && bits[0] !== '0')
    );
  }
  const [, length] = BYTES.exec(type) ?? [];
  return length !== undefined && Number(length) >= 1 && Number(length) <= 32 && length[0] !== '0';
};

function baseOf(type: string): string {
  let base = type;
  for (let depth = 0; depth < 4; depth++) {
    const [, inner] = ARRAY.exec(base) ?? [];
    if (inner === undefined) return base;
    base = inner;
  }
  throw refused('types');
}

/** Every type that is named is there, none hides one of the language's own, no member is there twice. */
function checkTypes(types: Types): void {
  for (const [name, members] of Object.entries(types)) {
    if (isAtom(name) || /^(u?int|bytes)[0-9]*$/.test(name)) throw refused(`types.${name}`);
    if (new Set(members.map((one) => one.name)).size !== members.length) throw refused(`types.${name}`);
    for (const { type } of members) {
      const base = baseOf(type);
      if (!isAtom(base) && !Object.hasOwn(types, base)) throw refused(`types.${base}`.slice(0, 100));
    }
  }
}

/** Types that nothing refers to are in no hash: nobody should see them. */
function onlyReachable(types: Types, primaryType: string): Types {
  const kept = new Set(['EIP712Domain', primaryType]);
  for (const name of kept)
    for (const { type } of types[name] ?? []) if (Object.hasOwn(types, baseOf(type))) kept.add(baseOf(type));
  return Object.fromEntries([...kept].map((name) => [name, types[name] ?? []]));
}

interface Budget {
  left: number;
}

function checkStruct(
  value: unknown,
  type: string,
  types: Types,
  depth: number,
  budget: Budget,
): Record<string, unknown> {
  if (depth > DEEPEST) throw refused('depth');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(type);
  const members = types[type] ?? [];
  const names = new Set(members.map(({ name }) => name));
  if (Object.keys(value).some((name) => !names.has(name))) throw refused(type);
  const checked: Record<string, unknown> = {};
  for (const member of members) {
    if (!Object.hasOwn(value, member.name)) throw refused(`${type}.${member.name}`);
    checked[member.name] = checkValue(Reflect.get(value, member.name), member.type, types, depth, budget);
  }
  return checked;
}

function checkValue(value: unknown, type: string, types: Types, depth: number, budget: Budget): unknown {
  budget.left -= 1;
  if (budget.left < 0) throw refused('size');
  if (isAtom(type)) return checkAtom(value, type, type);
  const [, inner, length] = ARRAY.exec(type) ?? [];
  if (inner !== undefined) {
    if (!Array.isArray(value) || (length !== '' && value.length !== Number(length))) throw refused(type);
    if (depth > DEEPEST) throw refused('depth');
    return value.map((one) => checkValue(one, inner, types, depth + 1, budget));
  }
  return checkStruct(value, type, types, depth + 1, budget);
}

/** A value of one of the language's own types in its one written form. */
function checkAtom(value: unknown, type: string, place: string): string | boolean {
  if (type === 'string') return text(value, place);
  if (type === 'bool') {
    if (typeof value !== 'boolean') throw refused(place);
    return value;
  }
  // A number is no address, however many digits it has.
  if (type === 'address') return matching(value, /^0x[0-9a-f]{40}$/i, place) as Address;
  if (type === 'bytes') return matching(value, /^0x([0-9a-f]{2})*$/i, place) as Hex;
  const [, length] = BYTES.exec(type) ?? [];
  if (length !== undefined) return matching(value, new RegExp(`^0x[0-9a-f]{${2 * Number(length)}}$`, 'i'), place);
  return wholeNumber(value, type, place).toString();
}

function text(value: unknown, place: string): string {
  // Half a character has no bytes: encoders replace it, each in its way.
  if (typeof value !== 'string' || /\p{Cs}/u.test(value)) throw refused(place);
  return value;
}

function matching(value: unknown, pattern: RegExp, place: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw refused(place);
  return value.toLowerCase();
}

function wholeNumber(value: unknown, type: string, place: string): bigint {
  const isWritten = typeof value === 'string' && /^(-?[0-9]{1,78}|0x[0-9a-f]{1,64})$/i.test(value);
  if (!isWritten && !(typeof value === 'number' && Number.isSafeInteger(value))) throw refused(place);
  const number = BigInt(value as string | number);
  const bits = BigInt(UINT.exec(type)?.[1] ?? 256);
  const [least, most] = type.startsWith('u')
    ? [0n, (1n << bits) - 1n]
    : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  if (number < least || number > most) throw refused(place);
  return number;
}
