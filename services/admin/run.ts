import { parseArgs } from 'node:util';
import { z } from 'zod';
import { KeysUnusable } from '@/services/http/config/key-files';
import { KmsError } from '@/services/kms/key-provider';
import { COMMANDS, type Command, type Context, type Outcome, optionsSchema } from './commands';
import { AdminError } from './targets';

export interface Printed {
  /** 0 done, 1 something is wrong, 2 the command was not understood. */
  readonly status: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

const FLAGS = {
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  lock: { type: 'boolean' },
  events: { type: 'string' },
  tenant: { type: 'string' },
  after: { type: 'string' },
} as const;

const width = Math.max(...COMMANDS.map((command) => callOf(command).length));
export const USAGE = [
  'Usage: halfkey-admin COMMAND [--json]',
  ...COMMANDS.map((command) => `  ${callOf(command).padEnd(width)}  ${command.says}`),
  'SERVICE is vault, issuer, relay or realm; its database is named by the variables that the service reads itself.',
].join('\n');

function callOf({ words, operands }: Command): string {
  return [words, ...operands].join(' ');
}

/**
 * Carries out one command line. With `--json` there is one JSON value on standard output, whatever happens:
 * `{"ok": true, ...}` or `{"ok": false, "error": "..."}`.
 */
export async function runAdmin(argv: readonly string[], context: Omit<Context, 'options'>): Promise<Printed> {
  const json = argv.includes('--json');
  const found = understand(argv);
  if (typeof found === 'string') return failure(2, found, json, `${found}\n\n${USAGE}`);
  try {
    const outcome = await found.command.run({ ...context, options: found.options }, found.operands);
    return success(outcome, json);
  } catch (error) {
    if (error instanceof z.ZodError) return failure(2, error.issues[0]?.message ?? 'not understood', json);
    return failure(1, messageOf(error), json);
  }
}

function understand(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: FLAGS, allowPositionals: true });
    const command = COMMANDS.find(({ words, operands }) => {
      const length = words.split(' ').length;
      return positionals.length === length + operands.length && positionals.slice(0, length).join(' ') === words;
    });
    if (command === undefined) return 'There is no such command.';
    const options = optionsSchema.parse(values);
    return { command, options, operands: positionals.slice(command.words.split(' ').length) };
  } catch (error) {
    if (error instanceof z.ZodError) return `--${error.issues[0]?.path.join('.')} is not as expected.`;
    return messageOf(error);
  }
}

function success({ ok, text, data }: Outcome, json: boolean): Printed {
  const stdout = json ? `${JSON.stringify({ ok, ...Object(data) })}\n` : `${text}\n`;
  return { status: ok ? 0 : 1, stdout, stderr: '' };
}

function failure(status: 1 | 2, error: string, json: boolean, text = error): Printed {
  if (json) return { status, stdout: `${JSON.stringify({ ok: false, error })}\n`, stderr: '' };
  return { status, stdout: '', stderr: `${text}\n` };
}

/** What our own errors say is meant for people; of others only the code, because a driver may quote an address. */
function messageOf(error: unknown): string {
  if (error instanceof AdminError || error instanceof KeysUnusable || error instanceof KmsError) return error.message;
  if (!(error instanceof Error)) return 'It did not work.';
  if ('code' in error && typeof error.code === 'string' && !error.code.startsWith('ERR_PARSE_ARGS'))
    return `It did not work (${error.code}).`;
  return error.message;
}
