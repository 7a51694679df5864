/** One operation of an HTTP API, said once: its route is served from it, and the OpenAPI document is made from it. */
import type { Context, Env, Hono, MiddlewareHandler } from 'hono';
import { type ZodType, z } from 'zod';
import { validate } from '@/services/http/api/problem';

/**
 * Who may call: anybody (`open`), a device with a DPoP proof and an ID token (`proof`), with its access or its status
 * token (`access`, `status`), or another server with the service key (`service`).
 */
export type Access = 'open' | 'proof' | 'access' | 'status' | 'service';

export interface Operation {
  readonly method: 'get' | 'post' | 'put';
  /** As in OpenAPI, such as `/generations/{generation}`. */
  readonly path: `/${string}`;
  /** One line for a developer. */
  readonly summary: string;
  readonly access: Access;
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly body?: ZodType;
  /** Instead of a body of JSON: what a browser posts (`application/x-www-form-urlencoded`). */
  readonly form?: ZodType;
  /** Of success; 200 when absent. With 303 the answer is the address that the browser goes to. */
  readonly status?: 200 | 201 | 303;
  readonly answer: ZodType;
  /** Codes of the service's closed list, beyond those that follow from the rest (`impliedCodes`). */
  readonly refusals: readonly string[];
}

/** The identity: it keeps what exactly an operation says, for `serve`. */
export const operation = <const One extends Operation>(one: One): One => one;

type Part<One extends Operation, Name extends 'params' | 'query' | 'body' | 'form'> =
  One extends Readonly<Record<Name, infer Schema extends ZodType>> ? z.output<Schema> : undefined;

/** What the handler of an operation is given, already parsed. */
export interface Input<One extends Operation> {
  readonly params: Part<One, 'params'>;
  readonly query: Part<One, 'query'>;
  readonly body: Part<One, 'body'>;
  readonly form: Part<One, 'form'>;
}

type Answer<One extends Operation> = z.output<One['answer']>;

export type Handler<One extends Operation, E extends Env> = (
  input: Input<One>,
  context: Context<E>,
) => Promise<Answer<One>> | Answer<One>;

/**
 * Adds the route of an operation.
 * @param before runs first, before anything is parsed: limits and guards
 */
export function serve<One extends Operation, E extends Env>(
  app: Hono<E>,
  one: One,
  before: readonly MiddlewareHandler<NoInfer<E>>[],
  handler: Handler<One, NoInfer<E>>,
): void {
  const { params, query, body, form, answer, status = 200 } = one;
  const parts = { param: params, query, json: body, form };
  const parsed = (['param', 'query', 'json', 'form'] as const).flatMap((target) => {
    const schema = parts[target];
    return schema === undefined ? [] : [validate(target, schema) as MiddlewareHandler];
  });
  const answerIt = async (c: Context<E>) => {
    // `validate` has put there what the schemas of this very operation made of the request.
    const valid = (target: keyof typeof parts) => (parts[target] ? c.req.valid(target as never) : undefined) as never;
    const input = { params: valid('param'), query: valid('query'), body: valid('json'), form: valid('form') };
    const encoded = z.encode(answer, await handler(input, c));
    return status === 303 ? c.redirect(String(encoded), status) : c.json(encoded, status);
  };
  app.on([one.method], [honoPath(one)], ...before, ...(parsed as MiddlewareHandler<E>[]), answerIt);
}

/** The path as the router writes it. */
export const honoPath = ({ path }: Pick<Operation, 'path'>): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Codes that an operation can be refused with because of what it is. */
export function impliedCodes({ access, params, query, body, form }: Operation): string[] {
  return [
    ...(params || query || body || form ? ['bad-request'] : []),
    ...(body || form ? ['too-large'] : []),
    ...(access === 'open' ? [] : ['unauthenticated', 'temporarily-unavailable']),
    ...(access === 'open' || access === 'service' ? [] : ['too-many-requests']),
    'unexpected',
  ];
}
