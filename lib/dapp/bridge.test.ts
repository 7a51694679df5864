/** Whatever comes by the port of a page: each message with an id of its own is answered once, with the code for it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './testing/browser';

const RUNS = process.env.HALFKEY_LONG ? 20_000 : 1_000;

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

/** A page whose script has taken the port for itself. */
async function openPort(browser: TestBrowser) {
  await browser.start();
  const { port1, port2 } = new MessageChannel();
  browser.openPage({}, 'dapp 1 ', port2);
  const answers: Answer[] = [];
  let wake = () => {};
  port1.onmessage = ({ data }) => {
    if (data.id !== undefined) answers.push(data);
    wake();
  };
  return {
    close: () => port1.close(),
    /** Asks, and after it something that is certainly answered: by then the first one is, too. */
    ask: async (message: unknown, last: string): Promise<readonly Answer[]> => {
      answers.length = 0;
      port1.postMessage(message);
      port1.postMessage({ id: last, method: 'eth_chainId' });
      while (!answers.some(({ id }) => id === last)) await new Promise<void>((resolve) => (wake = resolve));
      return answers.filter(({ id }) => id !== last);
    },
  };
}

const isId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{1,64}$/.test(id);
const isParams = (params: unknown): boolean => params === undefined || (typeof params === 'object' && params !== null);

/** What JSON-RPC and EIP-1193 give for it; null where nothing can be answered. */
function codeOf({ id, method, params }: { id?: unknown; method?: unknown; params?: unknown }): number | null {
  if (typeof id !== 'string') return null;
  if (!isId(id)) return -32600;
  if (JSON.stringify({ id, method, params }).length > 1_000_000) return -32602;
  return typeof method !== 'string' || method === '' || !isParams(params) ? -32600 : -32601;
}

const json = fc.jsonValue({ maxDepth: 4 });
const id = fc.oneof(
  fc.stringMatching(/^[\w-]{1,64}$/),
  fc.constantFrom('', ' ', '1 2', '\ud800', 'ü', '__proto__', 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(2_000)),
  json,
);
/** None that anybody knows. */
const method = fc.oneof(
  fc.stringMatching(/^no_[a-z]{0,300}$/),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'no'.repeat(50),
    'no'.repeat(51),
    'no'.repeat(400_000),
    'no'.repeat(500_000),
  ),
  fc.constantFrom(null, 7, true, undefined),
  json.filter((value) => typeof value !== 'string'),
);
const params = fc.oneof(
  json,
  fc.constant(undefined),
  fc.constantFrom(...[10, 1_000, 100_000].map((length) => Array.from({ length }, () => null))),
  fc.constantFrom('x'.repeat(1_000_001), ['x'.repeat(1_000_001)], { of: 'x'.repeat(999_999) }),
);
const message = fc.oneof(
  { weight: 8, arbitrary: fc.record({ id, method, params }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: json },
  { weight: 1, arbitrary: fc.record({ id, method, params, text: json, ack: json, kept: json }) },
);

it('is answered at once and once with its code, or cannot be answered', async () => {
  const browser = openBrowser();
  const port = await openPort(browser);
  const seen = new Map<number | null, number>();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(message, async (sent) => {
      count += 1;
      const asked = typeof sent === 'object' && sent !== null ? (sent as Record<string, unknown>) : {};
      const code = codeOf(asked);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      const answers = await port.ask(sent, `last-${count}`);
      expect(answers.map((one) => [one.id, one.error?.code])).toEqual(code === null ? [] : [[asked.id, code]]);
      expect(browser.state.windowsOpened).toBe(0);
    }),
    { numRuns: RUNS },
  );
  port.close();
  expect(await browser.read()).toEqual([]);
  for (const code of [null, -32600, -32601, -32602]) expect(seen.get(code), String(code)).toBeGreaterThan(RUNS / 100);
}, 600_000);

it('is refused with its code: what is too deep, what is no JSON, a name that is too long', async () => {
  const browser = openBrowser();
  const port = await openPort(browser);
  const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const circle: unknown[] = [];
  circle.push(circle);
  for (const [method, params, code] of [
    ['eth_call', deep(65), -32602],
    ['eth_call', deep(1_000), -32602],
    ['eth_call', circle, -32602],
    ['eth_call', [10n], -32602],
    ['personal_sign'.padEnd(101, 'n'), [], -32601],
    ['wallet_'.padEnd(200_000, 'n'), [], 4200],
    ['wallet_nothing', [], 4200],
    ['personal_sign', [], -32602],
    ['personal_sign', {}, -32602],
    ['personal_sign', undefined, -32602],
    ['personal_sign', null, -32600],
    ['personal_sign', 'text', -32600],
  ] as const)
    expect(await port.ask({ id: '1', method, params }, 'last')).toMatchObject([{ id: '1', error: { code } }]);
  expect(browser.state.windowsOpened).toBe(0);
  port.close();
});
