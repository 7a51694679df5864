/** Bodies made from the schemas of an OpenAPI document: right in shape, and wrong in every way that a stranger thinks of. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Things that have broken parsers, databases, shells and templates. */
const PAYLOADS = [
  "' OR '1'='1",
  "'; DROP TABLE account; --",
  '" OR ""="',
  "') UNION SELECT document FROM account --",
  '1; SELECT pg_sleep(10)',
  "' || pg_read_file('/etc/passwd') || '",
  '\\x00',
  '\u0000',
  '\ud800',
  '\u202e',
  '%00',
  '%',
  '_',
  '../../etc/passwd',
  '#{7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '$(reboot)',
  '`reboot`',
  '__proto__',
  'constructor',
  'toString',
  'a\r\nSet-Cookie: x=1',
  '\u{1f98a}'.repeat(20),
  '$1',
  'id; cat /etc/passwd',
  '*)(uid=*',
  'file:///etc/passwd',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///dev/zero">]>',
  '%s%n%x',
  'e\u0301',
  '\u200f\u202b\u2066',
  '\u{10ffff}',
  '\ufeff',
];
/** With a replacement for what UTF-8 cannot say. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

const WRAPPERS: readonly ((payload: string) => string)[] = [
  (text) => text,
  (text) => `x${text}`,
  (text) => `${text}x`,
  (text) => `'${text}'`,
  (text) => `"${text}"`,
  (text) => `)${text}(`,
  (text) => `${text}--`,
  (text) => `${text};`,
  (text) => `${text}/*`,
  (text) => `${text}#`,
  (text) => encodeURIComponent(wellFormed(text)),
  (text) => encodeURIComponent(encodeURIComponent(wellFormed(text))),
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(text).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => JSON.stringify(text),
  (text) => text.toUpperCase(),
  (text) => [...text].join(' '),
  (text) => text.repeat(3),
  (text) => `\t${text}\n`,
];

/** More than 500 different strings to be put where a string belongs. */
export const INJECTIONS: readonly string[] = [
  ...new Set(PAYLOADS.flatMap((payload) => WRAPPERS.map((wrap) => wrap(payload)))),
];

/** A body for this schema: usually of the right shape, often with one part or the whole of it wrong. */
export function bodyFor(schema: object): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: valueFor(schema as Schema) }, { weight: 1, arbitrary: fc.jsonValue() });
}

function valueFor(schema: Schema): fc.Arbitrary<unknown> {
  const wrong = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...INJECTIONS), fc.constant('A'.repeat(9_000)));
  return fc.oneof({ weight: 19, arbitrary: rightFor(schema) }, { weight: 1, arbitrary: wrong });
}

function rightFor(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(([name, each]) => [name, valueFor(each)] as const);
    const all = Object.fromEntries(members);
    return fc.oneof({ weight: 9, arbitrary: fc.record(all) }, fc.record(all, { requiredKeys: [] }));
  }
  if (schema.type === 'integer') return fc.integer({ min: 0, max: Math.min(schema.maximum ?? 2 ** 31, 2 ** 31) });
  const length = Math.min(schema.maxLength ?? 32, 700);
  // Most bytes have one exact length, which is the longest that the schema allows.
  return fc
    .tuple(fc.oneof({ weight: 19, arbitrary: fc.constant(length) }, fc.nat(length)), fc.nat())
    .map(([cut, seed]) => textOf(seed, cut));
}

/** Base64url, without stray bits at its end, of bytes that follow from a number. */
const textOf = (seed: number, length: number): string =>
  createHash('shake256', { outputLength: Math.floor((length * 3) / 4) })
    .update(String(seed))
    .digest('base64url');
