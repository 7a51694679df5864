/** OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1) from the operations of a service and their schemas. */
import { type ZodType, z } from 'zod';
import { type Access, impliedCodes, type Operation } from '@/services/http/api/operation';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  /** HTTP status of each code that the service refuses with. */
  readonly statusOf: Readonly<Record<string, number>>;
}

type Json = Record<string, unknown>;

/** The parts of the document that this project reads again, in tests. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Json;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Json[];
  readonly parameters?: readonly Json[];
  readonly requestBody?: { readonly required: true; readonly content: Json };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly headers?: Json; readonly content?: Json }>
  >;
}

/** Version of the wire, not of the software: it is frozen. */
const WIRE_VERSION = '1.0.0';
const PROBLEM_TYPE = 'application/problem+json';

const SCHEMES = {
  accessToken: dpopScheme('Access token (20 minutes), bound to the device key by a DPoP proof (RFC 9449).'),
  statusToken: dpopScheme(
    'Status token (90 days, sliding), bound to the device key by a DPoP proof; reads status only.',
  ),
  proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'A DPoP proof (RFC 9449) without a token.' },
  serviceKey: { type: 'http', scheme: 'bearer', description: 'The key that the vault gave to its issuer.' },
};

const SECURITY: Readonly<Record<Access, readonly Json[]>> = {
  open: [],
  proof: [{ proof: [] }],
  access: [{ accessToken: [], proof: [] }],
  status: [{ statusToken: [], proof: [] }],
  service: [{ serviceKey: [] }],
};

function dpopScheme(description: string): Json {
  return { type: 'http', scheme: 'dpop', description };
}

export function openApiOf({ title, description, operations, statusOf }: ApiDescription): OpenApiDocument {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const one of operations) {
    paths[one.path] = { ...paths[one.path], [one.method]: describeOperation(one, statusOf) };
  }
  const used = new Set(operations.flatMap(({ access }) => SECURITY[access].flatMap(Object.keys)));
  const securitySchemes = Object.fromEntries(Object.entries(SCHEMES).filter(([name]) => used.has(name)));
  const info = { title, description, version: WIRE_VERSION, license: { name: 'MIT', identifier: 'MIT' } };
  return { openapi: '3.1.1', info, paths, components: { securitySchemes } };
}

function describeOperation(one: Operation, statusOf: ApiDescription['statusOf']): OpenApiOperation {
  const { method, path, summary, access, status = 200 } = one;
  const parameters = [...parametersIn('path', one.params), ...parametersIn('query', one.query)];
  const requestBody = requestBodyOf(one);
  return {
    operationId: `${method}${path.replace(/[^a-z]+(.)?/gi, (_, letter: string = '') => letter.toUpperCase())}`,
    summary,
    security: SECURITY[access],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { [status]: successOf(one), ...refusalsOf(one, statusOf) },
  };
}

function requestBodyOf({ body, form }: Operation): OpenApiOperation['requestBody'] {
  const schema = body ?? form;
  const type = body ? 'application/json' : 'application/x-www-form-urlencoded';
  return schema && { required: true, content: { [type]: { schema: wireSchema(schema) } } };
}

function successOf({ status, answer }: Operation): OpenApiOperation['responses'][string] {
  if (status === 303)
    return { description: 'The browser goes on.', headers: { Location: { schema: { type: 'string' } } } };
  return { description: 'Done.', content: { 'application/json': { schema: wireSchema(answer) } } };
}

function refusalsOf(one: Operation, statusOf: ApiDescription['statusOf']): OpenApiOperation['responses'] {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set([...impliedCodes(one), ...one.refusals])) {
    const status = statusOf[code];
    if (status === undefined) throw new RangeError(`The code ${code} has no status.`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        ...([429, 503].includes(status) && { headers: { 'Retry-After': { schema: { type: 'integer' } } } }),
        content: {
          [PROBLEM_TYPE]: { schema: problemSchema(status, codes) },
          // Whoever is sent on is looking at the page.
          ...(one.status === 303 && { 'text/html': { schema: { type: 'string' } } }),
        },
      },
    ]),
  );
}

/** RFC 9457 with our member `code`; whatever else may be there is named. */
function problemSchema(status: number, codes: readonly string[]): Json {
  return {
    type: 'object',
    properties: {
      type: { const: 'about:blank' },
      status: { const: status },
      code: { enum: codes },
      detail: { type: 'string' },
      ...(status === 401 && { reason: { type: 'string' }, signature: { type: 'string' } }),
      ...(status === 503 && { reason: { type: 'string' } }),
      ...([409, 429].includes(status) && { nextAtMs: { type: 'integer' } }),
    },
    required: ['type', 'status', 'code'],
    additionalProperties: false,
  };
}

function parametersIn(place: 'path' | 'query', schema: ZodType | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = wireSchema(schema) as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: each,
  }));
}

/** JSON Schema 2020-12 of what travels: codecs by the side that is text. */
function wireSchema(schema: ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
