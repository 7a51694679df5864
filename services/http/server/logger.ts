import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Names whose values are never written, at the top or up to two levels down. */
const REDACTED_NAMES = [
  'accessToken',
  'accountId',
  'authorization',
  'backendShare',
  'body',
  'ciphertext',
  'client_secret',
  'cookie',
  'dpop',
  'DPoP',
  'entropy',
  'headers',
  'id_token',
  'idToken',
  'key',
  'nonce',
  'password',
  'pin',
  'proof',
  'random',
  'record',
  'secret',
  'share',
  'signature',
  'statusToken',
  'sub',
  'token',
  'words',
];

export interface LoggerOptions {
  /** The service's name on each line, such as `vault`. */
  service: string;
  level?: string;
  /** Where lines go; stdout when absent. */
  destination?: DestinationStream;
}

/** Structured logger of a service: JSON lines, ISO times, secrets and personal identifiers replaced. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    base: { service },
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError, error: describeError },
    redact: { paths: REDACTED_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error without its other members: those of drivers and of token libraries hold values of rows and claims. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, code, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}
