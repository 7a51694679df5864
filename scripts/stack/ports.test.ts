import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PortTaken, portsOf } from './ports';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfkey-ports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('chooses nine different ports once and keeps them', async () => {
  const ports = await portsOf(folder);
  expect(new Set(Object.values(ports)).size).toBe(9);
  expect(await portsOf(folder)).toEqual(ports);
});

it('gives parties that an older folder does not know ports of their own, and keeps the others', async () => {
  const { apple, relay, ...older } = await portsOf(folder);
  writeFileSync(join(folder, 'ports.json'), JSON.stringify(older));
  const ports = await portsOf(folder);
  expect(ports).toEqual({ ...older, apple, relay });
  expect(JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8'))).toEqual(ports);

  const other = createServer().listen(apple, '127.0.0.1');
  await once(other, 'listening');
  writeFileSync(join(folder, 'ports.json'), JSON.stringify(older));
  const elsewhere = await portsOf(folder).finally(() => other.close());
  expect(elsewhere).toMatchObject({ ...older, relay });
  expect(elsewhere.apple).not.toBe(apple);
});

it('chooses a block of its own to keep, below the ports that systems give away', async () => {
  const ports = await portsOf(folder);
  expect(ports.chain - ports.identity).toBe(40);
  expect(Math.max(...Object.values(ports))).toBeLessThan(32_768);
});

it('gives folders that ask at the same moment different blocks', async () => {
  const folders = Array.from({ length: 20 }, (_, index) => join(folder, String(index)));
  const blocks = await Promise.all(folders.map(async (one) => (await portsOf(one)).identity));
  expect(new Set(blocks).size).toBe(folders.length);
});

it('says which kept port is taken and changes nothing', async () => {
  const ports = await portsOf(folder);
  const kept = readFileSync(join(folder, 'ports.json'), 'utf8');
  const other = createServer().listen(ports.vault, '127.0.0.1');
  await once(other, 'listening');
  const refused = await portsOf(folder).catch((error: unknown) => error);
  other.close();
  expect(refused).toBeInstanceOf(PortTaken);
  expect(String(refused)).toContain(`Port ${ports.vault}, kept for vault`);
  expect(readFileSync(join(folder, 'ports.json'), 'utf8')).toBe(kept);
});

it.each(['not JSON', '{}', '{"identity": 70000}'])('refuses a damaged file of ports: %s', async (text) => {
  writeFileSync(join(folder, 'ports.json'), text);
  await expect(portsOf(folder)).rejects.toThrow(/ports\.json should name a port for each/);
});
