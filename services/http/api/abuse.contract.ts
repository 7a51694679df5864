/** What strangers cannot do to a service, at every operation that its document names. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import { bodyFor, INJECTIONS, wellFormed } from '@/services/http/testing/bodies';

/** Thousands of requests, on a machine that may be busy. */
const SLOW_MS = 240_000;
const BODIES = process.env.HALFKEY_LONG ? 20_000 : 2_000;

export interface AbusedService {
  readonly document: OpenApiDocument;
  /** As a device that signed in, or as the server with the service key. Throws when the document does not foretell the answer. */
  ask(method: string, path: string, body?: string): Promise<Response>;
}

export interface AskedOperation {
  readonly method: string;
  readonly path: string;
  readonly schema: object | undefined;
  /** Names of what a caller must show. */
  readonly security: string;
}

export const operationsOf = (document: OpenApiDocument): AskedOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, security }]) => ({
      method: method.toUpperCase(),
      path,
      schema: (requestBody?.content['application/json'] as { schema: object } | undefined)?.schema,
      security: Object.keys(security[0] ?? {}).join(),
    })),
  );

/** Those that work on the account of whoever calls. */
export const operationsOfAccounts = (document: OpenApiDocument): AskedOperation[] =>
  operationsOf(document).filter(({ security }) => security.includes('Token'));

/** Those that take a body from whoever has shown a token or the service key; what opens a session has tests of its own. */
const operationsWithBodies = (document: OpenApiDocument): AskedOperation[] =>
  operationsOf(document).filter(({ security, schema }) => schema !== undefined && /Token|serviceKey/.test(security));

type Properties = Readonly<Record<string, { type: string; maxLength?: number }>>;

/** @param open on PostgreSQL, so that a string that gets through reaches its parser */
export function abuseContract(name: string, open: () => Promise<AbusedService>): void {
  describe(`strangers at the ${name}`, { timeout: SLOW_MS }, () => {
    let service: AbusedService;
    beforeAll(async () => {
      service = await open();
    });
    const filled = (path: string, generation = '1') =>
      path.replace('{generation}', generation).replace('{account}', '00'.repeat(32));

    it(`are refused, and nothing breaks, whatever their bodies: ${BODIES} of them`, async () => {
      const withBodies = operationsWithBodies(service.document);
      for (const { method, path, schema } of withBodies) {
        const runs = { numRuns: Math.ceil(BODIES / withBodies.length), seed: 20_260_101 };
        const property = fc.asyncProperty(bodyFor(schema ?? {}), fc.nat(3), async (body, generation) => {
          const response = await service.ask(method, filled(path, String(generation)), JSON.stringify(body));
          expect(response.status).toBeLessThan(500);
        });
        await fc.assert(property, runs);
      }
    });

    it(`put nothing into a string of a body that reaches further than the check of its form: ${INJECTIONS.length} each`, async () => {
      expect(INJECTIONS.length).toBeGreaterThanOrEqual(500);
      for (const { method, path, schema } of operationsWithBodies(service.document)) {
        const { properties = {} } = (schema ?? {}) as { properties?: Properties };
        const right = Object.fromEntries(
          Object.entries(properties).map(([field, { type, maxLength = 8 }]) => [
            field,
            type === 'string' ? 'A'.repeat(maxLength) : 1,
          ]),
        );
        const names = Object.entries(properties).flatMap(([field, { type }]) => (type === 'string' ? [field] : []));
        for (const field of names) {
          for (const text of INJECTIONS) {
            const body = JSON.stringify({ ...right, [field]: text });
            const { status } = await service.ask(method, filled(path), body);
            // A few are, by chance, bytes of the right length: what they name is not there.
            const isWellFormed = text.length === properties[field]?.maxLength && /^[\w-]+$/.test(text);
            if (isWellFormed) expect([field, text, status >= 400 && status < 500]).toEqual([field, text, true]);
            else expect([field, text, status]).toEqual([field, text, 400]);
          }
        }
      }
    });

    it(`put nothing into an address that reaches further: ${INJECTIONS.length} in each place of a path, and in a query`, async () => {
      const asWritten = (text: string) => encodeURIComponent(wellFormed(text)).replaceAll('.', '%2e');
      for (const { method, path } of operationsOf(service.document)) {
        const body = method === 'GET' ? undefined : '{}';
        for (const place of path.match(/\{\w+\}/g) ?? []) {
          for (const text of INJECTIONS) {
            const address = filled(path.replace(place, asWritten(text)));
            expect((await service.ask(method, address, body)).status).toBeLessThan(500);
            if (method === 'GET')
              expect((await service.ask(method, `${filled(path)}?after=${asWritten(text)}`)).status).toBeLessThan(500);
          }
        }
      }
    });
  });
}
