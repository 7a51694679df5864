#!/usr/bin/env tsx
import { FIRMWARE_DIFF_USAGE, firmwareDiff } from './firmware-diff';
import { RECOVER_USAGE, recover } from './recover';
import { VERIFY_USAGE, verify } from './verify';

interface Command {
  readonly usage: string;
  readonly run: (args: string[], print: (line: string) => void) => number | Promise<number>;
}

const TERMINAL = { input: process.stdin, output: process.stderr };

/** A command prints lines and returns its exit status; what it throws is told to the user, status 2. */
const COMMANDS = new Map<string, Command>([
  ['verify', { usage: VERIFY_USAGE, run: verify }],
  ['recover', { usage: RECOVER_USAGE, run: (args, print) => recover(args, print, TERMINAL) }],
  ['firmware-diff', { usage: FIRMWARE_DIFF_USAGE, run: firmwareDiff }],
]);

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS.get(name);

if (!command) {
  console.error(['usage:', ...[...COMMANDS.values()].map(({ usage }) => `  ${usage}`)].join('\n'));
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command.run(args, console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
