/** Holds every answer of an application against its own OpenAPI document. */
import { z } from 'zod';
import type { OpenApiDocument, OpenApiOperation } from '@/services/http/api/openapi';

/** What was asked of an operation and how it was answered. */
export interface Observed {
  readonly operationId: string;
  readonly status: number;
}

/** @throws Error naming the operation, unless the document foretells this answer to this request: status, type, body */
export type Conformance = (request: { method: string; path: string }, response: Response) => Promise<Observed | null>;

export function conformanceTo(document: OpenApiDocument): Conformance {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ method, matches: patternOf(path), described })),
  );
  const parsers = new Map<unknown, z.ZodType>();
  const parserOf = (schema: object) => {
    const known = parsers.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    parsers.set(schema, known);
    return known;
  };
  return async ({ method, path }, response) => {
    const found = operations.find((one) => one.method === method.toLowerCase() && one.matches.test(path));
    if (found === undefined) {
      if (method === 'OPTIONS' || response.status === 404) return null;
      throw new Error(`${method} ${path} answers with ${response.status} and is not in the document`);
    }
    const { operationId, responses } = found.described;
    const name = `${operationId}, ${response.status}`;
    const described = responses[response.status];
    if (described === undefined) throw new Error(`${name}: the document does not know this status`);
    if (described.content === undefined) return { operationId, status: response.status };
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const media = described.content?.[type];
    if (media === undefined) throw new Error(`${name}: the document does not know the type ${type}`);
    const { schema } = media as { schema: object };
    if (type.endsWith('json')) {
      const checked = parserOf(schema).safeParse(await response.clone().json());
      if (!checked.success) throw new Error(`${name}: ${z.prettifyError(checked.error)}`);
    }
    if ([429, 503].includes(response.status) && describedRetry(described) && !isWaitOrTime(response))
      throw new Error(`${name}: says neither Retry-After nor when`);
    return { operationId, status: response.status };
  };
}

/** What the application says of itself. */
export async function documentOf(app: {
  request(path: string): Response | Promise<Response>;
}): Promise<OpenApiDocument> {
  return (await app.request('/openapi.json')).json();
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

const describedRetry = (described: OpenApiOperation['responses'][string]): boolean => 'headers' in described;

/** A schedule that is the protocol's own tells its time in the body. */
const isWaitOrTime = (response: Response): boolean => response.headers.has('retry-after') || response.status === 429;
