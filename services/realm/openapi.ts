/** What `GET /openapi.json` of a realm says. The wire is that of Juicebox: CBOR, and refusals in words, not problems. */
import { z } from 'zod';
import type { OpenApiDocument, OpenApiOperation } from '@/services/http/api/openapi';

const json = (schema: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { 'application/json': { schema: rest } };
};
const text = { 'text/plain': { schema: { type: 'string' } } };
const message = json(z.object({ message: z.string() }));
const cbor = (maxLength: number) => ({
  'application/octet-stream': { schema: { contentMediaType: 'application/cbor', maxLength } },
});
const retry = { 'Retry-After': { schema: { type: 'integer' } } };
const limited = {
  description: 'Too many requests; nothing was carried out, no guess counted.',
  headers: retry,
  content: text,
};
const failed = { description: 'An error of the realm itself; nothing was answered.', content: text };

const open = (operationId: string, summary: string, schema: z.ZodType): OpenApiOperation => ({
  operationId,
  summary,
  security: [],
  responses: { 200: { description: 'Done.', content: json(schema) }, 500: failed },
});

const probe = z.object({ status: z.literal('ok') });
const page = z.object({ events: z.array(z.record(z.string(), z.unknown())) });

const audit = (operationId: string, summary: string, answer: z.ZodType): OpenApiOperation => ({
  operationId,
  summary,
  security: [{ token: [] }],
  requestBody: { required: true, content: json(z.record(z.string(), z.unknown())) },
  responses: {
    200: { description: 'Done.', content: json(answer) },
    400: { description: 'The body is not as expected.', content: text },
    401: { description: 'The token is no token of an auditor here.', content: { ...message, ...text } },
    413: { description: 'The body is too large.', content: text },
    429: limited,
    500: failed,
  },
});

export const realmDocument: OpenApiDocument = {
  openapi: '3.1.1',
  info: {
    title: 'Halfkey realm',
    description: 'Keeps one share of a PIN-protected secret and counts guesses; speaks the Juicebox protocol.',
    version: '1.0.0',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  paths: {
    '/': { get: open('getRoot', 'Which realm this is', z.object({ realmID: z.string() })) },
    '/req': {
      post: {
        operationId: 'postReq',
        summary: 'One request of the Juicebox protocol and its response, both CBOR',
        security: [{ token: [] }],
        parameters: [{ name: 'X-Juicebox-Version', in: 'header', required: true, schema: { type: 'string' } }],
        requestBody: { required: true, content: cbor(2048) },
        responses: {
          200: { description: 'The response.', content: cbor(2048) },
          400: { description: 'The body is not the one encoding of a request.', content: text },
          401: { description: 'The token does not allow this.', content: { ...message, ...text } },
          413: { description: 'The body is too large.', content: text },
          426: { description: 'The client is too old.', content: text },
          429: limited,
          500: failed,
        },
      },
    },
    '/tenant_log': { post: audit('postTenantLog', 'Events of the tenant that were not acknowledged', page) },
    '/tenant_log/ack': { post: audit('postTenantLogAck', 'Acknowledges events', z.object({})) },
    '/livez': { get: open('getLivez', 'Whether the process answers at all', probe) },
    '/readyz': {
      get: {
        ...open('getReadyz', 'Whether it should be sent requests', probe),
        responses: {
          200: { description: 'Ready.', content: json(probe) },
          503: { description: 'Names what is not in order.', headers: retry, content: text },
        },
      },
    },
    '/openapi.json': { get: open('getOpenapiJson', 'This document', z.record(z.string(), z.unknown())) },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT of a tenant (EdDSA)' } },
  },
};
