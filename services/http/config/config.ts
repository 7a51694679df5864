import { readFileSync } from 'node:fs';
import type { ZodObject, z } from 'zod';

type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigResult<Schema extends ZodObject> =
  | { ok: true; config: z.infer<Schema> }
  | { ok: false; report: string };

/**
 * Reads the variables a schema names. `NAME_FILE` may give the path of a file that holds NAME, as secrets should be
 * given. The report names each wrong variable and what it should be (`.describe()` of its schema), never its value.
 */
export function readConfig<Schema extends ZodObject>(schema: Schema, environment: Environment): ConfigResult<Schema> {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = readVariable(name, environment, problems);
    if (value !== undefined) values[name] = value;
  }
  const parsed = schema.safeParse(values);
  if (parsed.success && problems.length === 0) return { ok: true, config: parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? 'configuration');
    const description = schema.shape[name]?.description;
    problems.push(description === undefined ? `${name}: ${issue.message}` : `${name}: should be ${description}`);
  }
  return { ok: false, report: ['The configuration is not usable:', ...new Set(problems)].join('\n  ') };
}

function readVariable(name: string, environment: Environment, problems: string[]): string | undefined {
  const direct = environment[name];
  const path = environment[`${name}_FILE`];
  // An empty line in an .env file means "not set".
  if (direct !== undefined && direct !== '') return direct;
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: should be the path of a readable file`);
    return undefined;
  }
}

/** Like `readConfig`, for a `main.ts`: prints the report on stderr and ends the process with status 2. */
export function configOrExit<Schema extends ZodObject>(schema: Schema, environment: Environment): z.infer<Schema> {
  const result = readConfig(schema, environment);
  if (result.ok) return result.config;
  process.stderr.write(`${result.report}\n`);
  process.exit(2);
}
