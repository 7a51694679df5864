/**
 * `npm test`: everything that must hold, step by step, from a fresh clone. Goes on after a failure, lists all failures
 * at the end; the last line is `N passed, N failed` over all suites, where a check without cases counts as one.
 * With `--long` the long forms run too.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { bootstrap, firefoxIfPossible, HOW_TO_GET_FIREFOX, installTestNodes } from './bootstrap.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ci = Boolean(process.env.CI);
const long = process.argv.includes('--long');
const results = mkdtempSync(join(tmpdir(), 'halfkey-test-'));

const bin = (/** @type {string} */ path, /** @type {string[]} */ ...args) => [join('node_modules', path), ...args];
const script = (/** @type {string} */ path, /** @type {string[]} */ ...args) => ['--import', 'tsx', path, ...args];
/** @param {number} workers where tests wait for processes and databases, more than there are processors */
const vitest = (/** @type {string} */ project, workers = 2) => ({
  command: bin(
    'vitest/vitest.mjs',
    'run',
    '--project',
    project,
    `--maxWorkers=${workers}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, project)}`,
  ),
  report: project,
  read: readVitest,
});

const playwright = (/** @type {string} */ config, /** @type {string} */ report) => ({
  command: bin('@playwright/test/cli.js', 'test', '-c', config, '--reporter=list,json'),
  report,
  read: readPlaywright,
});

/**
 * `missing`: what a step cannot do without here; then it is skipped.
 * @type {{ name: string, command: string[], report?: string, read?: (json: any) => Counts, missing?: () => Promise<string | undefined> }[]}
 */
const STEPS = [
  { name: 'format and lint', command: bin('@biomejs/biome/bin/biome', ci ? 'ci' : 'check', '.') },
  { name: 'types', command: bin('typescript/bin/tsc', '--noEmit', '-p', '.') },
  { name: 'layers', command: script('scripts/check-layers.ts') },
  { name: 'dead code', command: bin('knip/bin/knip.js') },
  { name: 'third-party notices', command: script('scripts/notices.ts', '--check') },
  { name: 'unit', ...vitest('unit') },
  { name: 'services', ...vitest('services', 3) },
  { name: 'protocol', ...vitest('protocol', 3) },
  { name: 'reproducible build', command: script('scripts/check-reproducible.ts') },
  { name: 'end to end', ...playwright('e2e/playwright.config.ts', 'chromium') },
  {
    name: 'end to end, Firefox',
    ...playwright('e2e/firefox/playwright.config.ts', 'firefox'),
    missing: async () => ((await firefoxIfPossible()) === undefined ? HOW_TO_GET_FIREFOX : undefined),
  },
];

const REASON_LINES = 6;
const REASON_COLUMNS = 300;

/** The beginning of each message, indented below the name of the test. */
function reasons(/** @type {(string | undefined)[]} */ messages) {
  return messages
    .flatMap((message = '') => stripVTControlCharacters(message).split('\n').slice(0, REASON_LINES))
    .map((line) => `\n           ${line.slice(0, REASON_COLUMNS)}`)
    .join('');
}

/** `flaky`: passed at the second try, and counted as passed. @typedef {{ passed: number, skipped: string[], failed: string[], flaky: string[] }} Counts */

/** @returns {Counts} */
function readVitest(/** @type {any} */ { testResults }) {
  /** @type {Counts} */
  const counts = { passed: 0, skipped: [], failed: [], flaky: [] };
  for (const { name, status, assertionResults } of testResults) {
    if (status === 'failed' && assertionResults.length === 0) counts.failed.push(`${name}: did not load`);
    for (const { status: outcome, fullName, failureMessages } of assertionResults) {
      if (outcome === 'passed') counts.passed += 1;
      else if (outcome === 'failed') counts.failed.push(fullName + reasons(failureMessages));
      else counts.skipped.push(fullName);
    }
  }
  return counts;
}

/** @returns {Counts} */
function readPlaywright(/** @type {any} */ { suites, errors }) {
  /** @type {Counts} */
  const counts = {
    passed: 0,
    skipped: [],
    failed: errors.map((/** @type {any} */ { message }) => message),
    flaky: [],
  };
  const visit = (/** @type {any} */ suite) => {
    for (const { title, tests } of suite.specs ?? []) {
      for (const { status, results: tries } of tests) {
        const name = `${suite.file}: ${title}`;
        const errors = tries.flatMap((/** @type {any} */ { errors }) => errors);
        const withReasons = name + reasons(errors.map((/** @type {any} */ { message }) => message));
        if (status === 'flaky') counts.flaky.push(withReasons);
        if (status === 'expected' || status === 'flaky') counts.passed += 1;
        else if (status === 'skipped') counts.skipped.push(name);
        else counts.failed.push(withReasons);
      }
    }
    (suite.suites ?? []).forEach(visit);
  };
  suites.forEach(visit);
  return counts;
}

/** A suite that ran nothing, or that ended badly without naming a test, has failed. */
function outcome(/** @type {(typeof STEPS)[number]} */ { name, report, read }, /** @type {boolean} */ succeeded) {
  if (!report || !read) return { passed: succeeded ? 1 : 0, skipped: [], failed: succeeded ? [] : [name], flaky: [] };
  /** @type {Counts} */
  let counts = { passed: 0, skipped: [], failed: [], flaky: [] };
  try {
    counts = read(JSON.parse(readFileSync(join(results, report), 'utf8')));
  } catch {
    counts.failed.push(`${name}: left no report`);
  }
  if (counts.passed + counts.failed.length === 0) counts.failed.push(`${name}: ran no test`);
  if (!succeeded && counts.failed.length === 0) counts.failed.push(`${name}: ended with an error outside its tests`);
  return counts;
}

async function runStep(/** @type {(typeof STEPS)[number]} */ step, /** @type {string} */ chromium) {
  console.log(`\n--- ${step.name}`);
  const missing = await step.missing?.();
  if (missing !== undefined) {
    console.log(missing);
    const [reason = ''] = missing.split('. ');
    return {
      name: step.name,
      words: 'skipped',
      passed: 0,
      failed: [],
      flaky: [],
      skipped: [`${step.name}: ${reason}`],
    };
  }
  const startedAtMs = Date.now();
  const { status } = spawnSync(process.execPath, step.command, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, step.report ?? ''),
      ...(long ? { HALFKEY_LONG: '1' } : {}),
    },
  });
  const counts = outcome(step, status === 0);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  const words = `${counts.passed} passed, ${counts.failed.length} failed, ${counts.skipped.length} skipped, ${seconds} s`;
  console.log(`--- ${step.name}: ${words}`);
  return { name: step.name, words, ...counts };
}

let failures = 0;
let passes = 0;
try {
  mkdirSync(results, { recursive: true });
  const { chromium } = await bootstrap();
  installTestNodes();
  const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  /** @type {Awaited<ReturnType<typeof runStep>>[]} */
  const outcomes = [];
  for (const step of STEPS.filter(({ name }) => only.length === 0 || only.includes(name)))
    outcomes.push(await runStep(step, chromium));

  console.log('\n=== all steps');
  for (const { name, words, failed, skipped, flaky } of outcomes) {
    console.log(`${failed.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${words}`);
    for (const test of failed) console.log(`       failed: ${test}`);
    for (const test of flaky) console.log(`       passed at the second try: ${test}`);
    for (const test of skipped) console.log(`       skipped${ci ? ', which counts as failed here' : ''}: ${test}`);
  }
  passes = outcomes.reduce((sum, { passed }) => sum + passed, 0);
  failures = outcomes.reduce((sum, { failed, skipped }) => sum + failed.length + (ci ? skipped.length : 0), 0);
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
  failures += 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
process.exitCode = failures === 0 && passes > 0 ? 0 : 1;
console.log(`${passes} passed, ${failures} failed`);
