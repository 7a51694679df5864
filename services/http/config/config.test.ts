import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '@/services/http/config/config';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).describe('a port, 0 to 65535'),
  NAME: z.string().default('vault'),
  SECRET: z.string().length(4).describe('four characters'),
});

it('reads what the schema names, with its defaults', () => {
  expect(readConfig(schema, { PORT: '8080', SECRET: 'abcd', OTHER: 'x', NAME: '' })).toEqual({
    ok: true,
    config: { PORT: 8080, NAME: 'vault', SECRET: 'abcd' },
  });
});

it('reads a secret from a file and says when it cannot', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'halfkey-config-')), 'secret');
  writeFileSync(path, 'wxyz\n');
  expect(readConfig(schema, { PORT: '1', SECRET_FILE: path })).toMatchObject({ ok: true, config: { SECRET: 'wxyz' } });
  expect(readConfig(schema, { PORT: '1', SECRET_FILE: `${path}-missing` })).toEqual({
    ok: false,
    report: [
      'The configuration is not usable:',
      'SECRET_FILE: should be the path of a readable file',
      'SECRET: should be four characters',
    ].join('\n  '),
  });
});

it('names every wrong variable and what it should be, never its value', () => {
  const result = readConfig(schema, { PORT: '70000', SECRET: 'planted' });
  expect(result).toEqual({
    ok: false,
    report: [
      'The configuration is not usable:',
      'PORT: should be a port, 0 to 65535',
      'SECRET: should be four characters',
    ].join('\n  '),
  });
});

it('ends a program with status 2', async () => {
  const program = `
    import { z } from 'zod';
    import { configOrExit } from './services/http/config/config.ts';
    configOrExit(z.object({ PORT: z.string().describe('a port') }), {});
    process.exit(0);`;
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('PORT: should be a port') });
});
