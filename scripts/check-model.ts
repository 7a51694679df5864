import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODEL = join(import.meta.dirname, '..', 'docs', 'model', 'life-cycle.pml');

/** Each breaks one rule of the life cycle, and must be caught. */
export const MUTANTS = [
  'PINNED_AT_KEPT',
  'OVERWRITTEN',
  'WITNESS_AFTER',
  'UNSIGNED',
  'ERASING_FIRST',
  'BY_CLOCK',
  'BY_DEVICE',
  'WITHOUT_RECEIPT',
  'LIVE_TOKEN',
  'ISSUER_FIRST',
  'RESTARTING_NUMBERS',
  'PUT_TWICE',
] as const;

/** Each is a state that must be reachable: without it the rules would hold of a model that does nothing. */
export const GOALS = [
  'ROTATED',
  'ERASED_AND_MADE_AGAIN',
  'HELD_BY_THE_THIEF',
  'RESTORED_BEHIND',
  'DELETED_EVERYWHERE',
  'SECOND_KEY',
] as const;

export interface Verdict {
  readonly states: number;
  /** The assertion that failed; null if all states were visited and none did. */
  readonly violated: string | null;
}

export const HOW_TO_GET_SPIN = `The model of the life cycle is checked with spin and a C compiler, and there is none.
  Debian, Ubuntu:  sudo apt-get install spin gcc
  macOS:           brew install spin`;

/**
 * Visits every state of the model.
 * @param definitions such as `MUTANT_BY_CLOCK` or `SLOTS=3`
 * @throws Error if a tool is missing, or did not come to an end
 */
export function checkModel(definitions: readonly string[]): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-model-'));
  try {
    run(folder, 'spin', [...definitions.map((name) => `-D${name}`), '-a', MODEL]);
    run(folder, 'gcc', ['-w', '-O1', '-DSAFETY', '-DCOLLAPSE', '-DMEMLIM=12000', '-o', 'pan', 'pan.c']);
    return readVerdict(run(folder, join(folder, 'pan'), ['-m1000000', '-w25', '-n']));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(folder: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (error && 'code' in error && error.code === 'ENOENT') throw new Error(HOW_TO_GET_SPIN);
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

function readVerdict(report: string): Verdict {
  const states = Number(/^\s*(\d+) states, stored/m.exec(report)?.[1]);
  const errors = Number(/errors: (\d+)/.exec(report)?.[1]);
  const violated = /^pan:\d+: assertion violated (.*) \(at depth/m.exec(report)?.[1] ?? null;
  const isComplete = !/Search not completed|max search depth too small|out of memory/.test(report);
  const isSound = errors === 0 ? isComplete : violated !== null;
  if (!(states > 0) || !isSound) throw new Error(`spin came to no verdict:\n${report}`);
  return { states, violated };
}

/** `check-model [NAME=VALUE ...]` checks the rules as they stand, every mutant and every goal. */
if (process.argv[1] === import.meta.filename) {
  const definitions = process.argv.slice(2);
  const { states, violated } = checkModel(definitions);
  console.log(`the rules: ${states} states, ${violated === null ? 'nothing violated' : `VIOLATED: ${violated}`}`);
  const missed = [...MUTANTS.map((name) => `MUTANT_${name}`), ...GOALS.map((name) => `GOAL_${name}`)].filter((name) => {
    const verdict = checkModel([...definitions, name]);
    console.log(`${name}: ${verdict.violated === null ? 'NOT FOUND' : 'found'} after ${verdict.states} states`);
    return verdict.violated === null;
  });
  process.exitCode = violated === null && missed.length === 0 ? 0 : 1;
}
