/** A site's script that asks the wallet for whatever comes to its mind, and counts what it is answered. */
import { mutate } from './mutate';
import { hexOf, type Random, REQUESTS, randomFrom, type Visitor } from './requests';

/** Asked at once. */
const TOGETHER = 50;

export interface FuzzReport {
  /** By method: how often, and what it was answered, `answer` or the codes of errors. */
  readonly answers: readonly (readonly [method: string, count: number, codes: readonly string[]])[];
  /** Requests of which no two are the same. */
  readonly distinct: number;
  /** Valid ones among them that were asked as they are. */
  readonly valid: number;
  readonly unhandled: number;
}

interface Provider {
  request(asked: unknown): Promise<unknown>;
}

interface Asked {
  /** As it was before it was changed. */
  readonly of: string;
  readonly request: { readonly method: unknown; readonly params?: unknown };
  readonly isValid: boolean;
}

function nextRequest(random: Random, visitor: Visitor): Asked {
  const names = Object.keys(REQUESTS).filter((name) => !visitor.connected || name !== 'wallet_revokePermissions');
  const of = names[random(names.length)] ?? '';
  const params = REQUESTS[of]?.(random, visitor);
  if (random(5) === 0) return { of, request: { method: of, params }, isValid: true };
  if (random(12) === 0) {
    const methods = [
      `${of}_`,
      of.toUpperCase(),
      `${of}${'n'.repeat(random(2_000))}`,
      hexOf(random, 9),
      mutate(random, of),
    ];
    return { of, request: { method: methods[random(methods.length)], params }, isValid: false };
  }
  // What wants none is asked with some.
  let changed = Object.keys(params ?? {}).length > 0 ? params : [hexOf(random, 20), { of: random(99) }];
  for (let changes = 1 + random(3); changes > 0; changes -= 1) changed = mutate(random, changed);
  return { of, request: { method: of, params: changed }, isValid: false };
}

/** To tell requests apart: what JSON has no word for, too. */
const textOf = (request: unknown): string =>
  JSON.stringify(request, (_, value) =>
    typeof value === 'bigint' || value === undefined || Number.isNaN(value) ? `${typeof value} ${value}` : value,
  );

/** Other ways in that a page may try. */
function forge(random: Random): void {
  window.postMessage({ id: String(random(999)), result: 'forged', state: {}, text: '{}' }, '*');
  window.dispatchEvent(new Event('halfkey:line'));
  window.dispatchEvent(new CustomEvent('halfkey:bridge', { detail: 'forged', cancelable: true }));
  const { port1, port2 } = new MessageChannel();
  for (const place of [window, performance])
    place.dispatchEvent(new MessageEvent('forged', { source: port2, data: { id: String(random(999)) } }));
  port1.close();
}

async function fuzz(seed: number, rounds: number, visitor: Visitor): Promise<FuzzReport> {
  const { ethereum } = window as unknown as { ethereum: Provider };
  const random = randomFrom(seed);
  const answers = new Map<string, string[]>();
  const seen = new Set<string>();
  let [unhandled, valid] = [0, 0];
  window.addEventListener('unhandledrejection', () => {
    unhandled += 1;
  });
  const ask = async ({ of, request, isValid }: Asked): Promise<void> => {
    forge(random);
    seen.add(textOf(request));
    if (isValid) valid += 1;
    const code = await ethereum.request(request).then(
      () => 'answer',
      (error: { code: unknown }) => (error instanceof Error ? String(error.code) : 'no error'),
    );
    answers.set(of, [...(answers.get(of) ?? []), code]);
  };
  for (let left = rounds; left > 0; left -= TOGETHER)
    await Promise.all(Array.from({ length: Math.min(left, TOGETHER) }, () => ask(nextRequest(random, visitor))));
  const told = [...answers].map(([of, codes]) => [of, codes.length, [...new Set(codes)]] as const);
  return { answers: told, distinct: seen.size, valid, unhandled };
}

Object.assign(window, { fuzz });
