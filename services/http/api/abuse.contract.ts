/** What strangers cannot do to a service, at every operation that its document names. */
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sessionRequest } from '@/lib/keyless/wire/session';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import { bodyFor, INJECTIONS, wellFormed } from '@/services/http/testing/bodies';

const BODIES = process.env.HALFKEY_LONG ? 20_000 : 2_000;
/** Thousands of requests, on a machine that may be busy. */
const SLOW_MS = BODIES * 120;

export interface AbusedService {
  readonly document: OpenApiDocument;
  /**
   * As whoever may ask: a device that signed in, the server with the service key, or a stranger with a key of his own.
   * Throws when the document does not foretell the answer.
   */
  ask(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Response>;
  /** The database answers, and what was right before still is. */
  stillWorks(): Promise<void>;
  /** Values for fields and parameters that let a request get further than their form. */
  readonly right?: Readonly<Record<string, string>>;
  /** A new device with this name; absent where there are no sessions. */
  readonly signIn?: (deviceName: string) => Promise<NamedDevice>;
}

export interface NamedDevice {
  /** Of `POST /session`. */
  readonly response: Response;
  /** What the service shows of the name, at every place. */
  shown(): Promise<readonly string[]>;
  /** What PostgreSQL has, as hex of UTF-8. */
  stored(): Promise<string>;
}

type Properties = Readonly<Record<string, { type: string; maxLength?: number }>>;

export interface AskedOperation {
  readonly method: string;
  readonly path: string;
  /** Of the body; undefined where there is none. */
  readonly schema: { readonly properties?: Properties } | undefined;
  /** Of the body, such as `application/json`. */
  readonly type: string;
  /** Parameters of the query. */
  readonly query: Properties;
  /** Names of what a caller must show. */
  readonly security: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Properties[string];
}

export const operationsOf = (document: OpenApiDocument): AskedOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, security, parameters = [] }]) => {
      const [[type, content] = ['application/json', undefined]] = Object.entries(requestBody?.content ?? {});
      const inQuery = (parameters as unknown as readonly Parameter[]).filter((one) => one.in === 'query');
      return {
        method: method.toUpperCase(),
        path,
        schema: (content as { schema: object } | undefined)?.schema,
        type,
        query: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
        security: Object.keys(security[0] ?? {}).join(),
      };
    }),
  );

/** Those that work on the account of whoever calls. */
export const operationsOfAccounts = (document: OpenApiDocument): AskedOperation[] =>
  operationsOf(document).filter(({ security }) => security.includes('Token'));

/** Where every string is bytes of one length. */
const takesBytesOnly = ({ security }: AskedOperation): boolean => /Token|serviceKey/.test(security);

const PLACE = 'the-place';
/** Overlong forms of NUL, "/" and "." , a surrogate, what is beyond Unicode, a lone continuation, and UTF-16. */
const NO_UTF8: readonly (readonly number[])[] = [
  [0xc0, 0x80],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xae],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0x80],
  [0xff, 0xfe, 0x41, 0x00],
];

/** Lines of a stack, and places in a program. */
export const STACK = /\n\s+at |node:internal|node_modules|\.m?[jt]s:\d/;
/** Shorter ones may be in an answer by chance. */
const ECHO_LENGTH = 6;

/**
 * Nothing broke, and a refusal is one: a problem with a code, or a page with one for a browser, that says nothing about
 * the program and does not repeat what was sent.
 */
async function expectClean(response: Response, sent = ''): Promise<void> {
  expect(response.status).toBeLessThan(500);
  const location = decodeURIComponent(response.headers.get('location') ?? '');
  const text = await response.text();
  expect(text).not.toMatch(STACK);
  if (sent.length >= ECHO_LENGTH) expect([location, text].filter((said) => said.includes(sent))).toEqual([]);
  if (response.status < 400) return;
  const isPage = response.headers.get('content-type')?.startsWith('text/html');
  const code = isPage ? /data-code="([^"]*)"/.exec(text)?.[1] : JSON.parse(text).code;
  if (!isPage) expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(code).toMatch(/^[a-z-]+$/);
}

/** As JSON, or as the form that a browser posts. */
const written = (type: string, value: unknown): string =>
  type === 'application/json' || typeof value !== 'object'
    ? JSON.stringify(value)
    : new URLSearchParams(
        Object.entries(value ?? {}).map(([name, each]) => [
          name,
          wellFormed(typeof each === 'string' ? each : JSON.stringify(each)),
        ]),
      ).toString();

const rightOf = (properties: Properties, right: Readonly<Record<string, string>> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).map(([field, { type, maxLength = 8 }]) => [
      field,
      type === 'string' ? (right[field] ?? 'A'.repeat(maxLength)) : 1,
    ]),
  );
const textsOf = (properties: Properties): string[] =>
  Object.entries(properties).flatMap(([field, { type }]) => (type === 'string' ? [field] : []));

/** @param open on PostgreSQL, so that a string that gets through reaches its parser */
export function abuseContract(name: string, open: () => Promise<AbusedService>): void {
  describe(`strangers at the ${name}`, { timeout: SLOW_MS }, () => {
    let service: AbusedService;
    beforeAll(async () => {
      service = await open();
    });
    afterEach(() => service.stillWorks());
    const filled = (path: string, generation = '1') =>
      path.replace('{generation}', generation).replace('{account}', '00'.repeat(32)).replace('{provider}', 'apple');
    const asWritten = (text: string) => encodeURIComponent(wellFormed(text)).replaceAll('.', '%2e');

    it(`are refused, and nothing breaks, whatever their bodies: ${BODIES} of them`, async () => {
      const withBodies = operationsOf(service.document).filter(({ schema }) => schema !== undefined);
      let sent = 0;
      for (const { method, path, schema, type } of withBodies) {
        const runs = { numRuns: Math.ceil(BODIES / withBodies.length), seed: 20_260_101 };
        const property = fc.asyncProperty(bodyFor(schema ?? {}), fc.nat(3), async (body, generation) => {
          sent += 1;
          await expectClean(await service.ask(method, filled(path, String(generation)), written(type, body), type));
        });
        await fc.assert(property, runs);
      }
      expect(sent).toBeGreaterThanOrEqual(BODIES);
    });

    it(`break nothing by a string of a body, and are refused where it should be bytes: ${INJECTIONS.length} each`, async () => {
      expect(INJECTIONS.length).toBeGreaterThanOrEqual(500);
      for (const operation of operationsOf(service.document)) {
        const { method, path, schema, type } = operation;
        const { properties = {} } = schema ?? {};
        const right = rightOf(properties, service.right);
        for (const field of textsOf(properties)) {
          for (const text of INJECTIONS) {
            const body = written(type, { ...right, [field]: text });
            const response = await service.ask(method, filled(path), body, type);
            await expectClean(response, text);
            if (!takesBytesOnly(operation)) continue;
            // A few are, by chance, bytes of the right length: what they name is not there.
            const isWellFormed = text.length === properties[field]?.maxLength && /^[\w-]+$/.test(text);
            if (isWellFormed) expect([field, text, response.status >= 400]).toEqual([field, text, true]);
            else expect([field, text, response.status]).toEqual([field, text, 400]);
          }
        }
      }
    });

    it('send bytes that are no UTF-8 in every string, and break nothing', async () => {
      for (const { method, path, schema, type } of operationsOf(service.document)) {
        const { properties = {} } = schema ?? {};
        const isForm = type !== 'application/json';
        const right = rightOf(properties, isForm ? service.right : {});
        for (const field of textsOf(properties)) {
          const [before = '', after = ''] = written(type, { ...right, [field]: PLACE }).split(PLACE);
          for (const bytes of NO_UTF8) {
            const body = new Uint8Array([...Buffer.from(before), ...bytes, ...Buffer.from(after)]);
            const response = await service.ask(method, filled(path), body, type);
            await expectClean(response);
            if (!isForm) expect([path, field, response.status >= 400]).toEqual([path, field, true]);
          }
        }
      }
    });

    it(`break nothing by an address: ${INJECTIONS.length} in each place of a path and of a query`, async () => {
      for (const { method, path, query, type } of operationsOf(service.document)) {
        const body = method === 'GET' ? undefined : '{}';
        for (const place of path.match(/\{\w+\}/g) ?? [])
          for (const text of INJECTIONS)
            await expectClean(await service.ask(method, filled(path.replace(place, asWritten(text))), body, type));
        const right = rightOf(query, service.right);
        for (const parameter of textsOf(query)) {
          for (const text of INJECTIONS) {
            const asked = written('query', { ...right, [parameter]: text });
            await expectClean(await service.ask(method, `${filled(path)}?${asked}`, body, type), text);
          }
        }
      }
    });

    it(`name their devices as they like: ${INJECTIONS.length} names are kept as they were written, or refused`, async () => {
      const { signIn } = service;
      const hasSessions = Object.hasOwn(service.document.paths, '/session');
      expect(signIn !== undefined).toBe(hasSessions);
      if (signIn === undefined) return;
      let kept = 0;
      for (const text of INJECTIONS) {
        const wanted = sessionRequest.shape.deviceName.safeParse(text).data;
        const { response, shown, stored } = await signIn(text);
        expect([text, response.status]).toEqual([text, wanted === undefined ? 400 : 201]);
        if (wanted === undefined) {
          await expectClean(response, text);
          continue;
        }
        kept += 1;
        for (const name of await shown()) expect(name).toBe(wanted);
        expect(await stored()).toBe(Buffer.from(wanted).toString('hex'));
      }
      expect(kept).toBeGreaterThan(INJECTIONS.length / 2);
    });
  });
}
