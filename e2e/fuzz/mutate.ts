/** Changes to a value of a request: whatever a site's own mistakes, or its malice, make of it. */
import { hexOf, type Random } from './requests';

/** Something that has nothing to do with what was there; also what no JSON is made of. */
function anything(random: Random, depth = 0): unknown {
  const kinds: readonly (() => unknown)[] = [
    () => random(2 ** 31) - 2 ** 30,
    () => random(1_000) / 7,
    () => hexOf(random, random(40)),
    () => '\u0000\ud800\u202e'.repeat(random(20)),
    () => 'x'.repeat(random(3) === 0 ? 2_000 : 20),
    () => null,
    () => random(2) === 0,
    () => undefined,
    () => 10n ** BigInt(random(80)),
    () => new Date(random(2 ** 31)),
    () => new Map([[1, random(9)]]),
    () => Number.NaN,
    () => Array.from({ length: random(4) }, () => anything(random, depth + 1)),
    () => JSON.parse(`{"__proto__":{"a":${random(9)}},"then":1,"toJSON":2}`),
    () => ({ name: 'session.lock', input: {}, ack: '1', text: anything(random, depth + 1) }),
  ];
  return kinds[random(depth > 5 ? kinds.length - 3 : kinds.length)]?.();
}

function deepen(random: Random, value: unknown): unknown {
  let deep = value;
  for (let left = 1 + random(random(8) === 0 ? 90 : 4); left > 0; left -= 1) deep = random(2) === 0 ? [deep] : { deep };
  return deep;
}

/** The same, as another type says it. */
function retype(random: Random, value: unknown): unknown {
  if (typeof value === 'number') return random(2) === 0 ? String(value) : `0x${Math.abs(value).toString(16)}`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return random(2) === 0 ? String(value) : [value];
  const kinds = [() => [...value.slice(0, 50)], () => Number(value), () => value.slice(2), () => value.toUpperCase()];
  return kinds[random(kinds.length)]?.();
}

/** @returns a copy with one change somewhere in it */
export function mutate(random: Random, value: unknown): unknown {
  const isInside = typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random(5) > 0;
  if (!isInside) {
    const changes = [() => anything(random), () => deepen(random, value), () => retype(random, value)];
    return changes[random(changes.length)]?.();
  }
  return Array.isArray(value) ? mutateArray(random, value) : mutateObject(random, value);
}

function mutateArray(random: Random, value: readonly unknown[]): unknown {
  const at = random(value.length);
  switch (random(4)) {
    case 0:
      return value.toSpliced(at, 1);
    case 1:
      return value.toSpliced(at, 0, ...Array.from({ length: 1 + random(30) }, () => value[at]));
    default:
      return value.with(at, mutate(random, value[at]));
  }
}

function mutateObject(random: Random, value: object): unknown {
  const entries = Object.entries(value);
  const [name = '', inner] = entries[random(entries.length)] ?? [];
  switch (random(4)) {
    case 0:
      return Object.fromEntries(entries.filter(([one]) => one !== name));
    case 1:
      return { ...value, [`${name}${random(3) === 0 ? '' : random(9)}`]: anything(random) };
    default:
      return { ...value, [name]: mutate(random, inner) };
  }
}
