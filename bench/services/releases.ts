/** Releases by the vault, beside a bare handler, and what the load generator itself takes. */
import { join } from 'node:path';
import type { Servers } from '@/e2e/story/servers';
import { startProcess } from '@/services/http/testing/process';
import { interleave, spreadOf } from '../measure';
import { figureRow, measuredRow, type Row, type RunOptions } from '../row';
import { cpuSeconds, milliseconds } from './processes';
import { type ReleaseClient, releaseRate } from './release-clients';

const CLIENTS = [1, 8, 32];
const ROUNDS = 7;
const WARM_UPS = 1;
/** Of each sample. */
const RELEASES = 80;
const LEAST_OF_BARE = 0.7;

export async function releases(
  servers: Servers,
  { say, rounds = ROUNDS }: RunOptions,
  clients: readonly ReleaseClient[],
) {
  const { urls, folder, databaseUrls, pidOf } = servers;
  const environment = {
    VAULT_KEYS_DIR: join(folder, 'vault-keys'),
    VAULT_KMS_DIR: join(folder, 'kms'),
    VAULT_DATABASE_URL: databaseUrls.vault,
  };
  const bare = await startProcess('bench/services/bare-vault.ts', environment);
  const nothing = await startProcess('bench/services/null-vault.ts', {});
  const rows: Row[] = [];
  try {
    for (const count of CLIENTS) {
      const some = clients.slice(0, count);
      const took = { ours: [] as number[], peer: [] as number[] };
      const cpu = { ours: [] as number[], peer: [] as number[] };
      const sample = (whose: 'ours' | 'peer', origin: string, pid: number) => async () => {
        const before = cpuSeconds(pid);
        const { perSecond, tookMs } = await releaseRate(some, origin, RELEASES);
        cpu[whose].push(((cpuSeconds(pid) - before) * 1_000) / RELEASES);
        took[whose].push(...tookMs);
        return perSecond;
      };
      say(`releases by ${count} at once`);
      const spread = await interleave(
        rounds,
        WARM_UPS,
        sample('ours', urls.vault, pidOf('vault')),
        sample('peer', bare.url, bare.pid),
      );
      say(`  ours: ${milliseconds(took.ours)}; peer: ${milliseconds(took.peer)}`);
      const what = `releases a second, ${count} at once, each a challenge and its answer; peer: a bare handler with the same statements and verifications`;
      rows.push(measuredRow({ id: `vault-release-${count}`, what, limit: null, least: LEAST_OF_BARE }, spread));
      const costs = { ours: spreadOf(cpu.ours.slice(WARM_UPS)), peer: spreadOf(cpu.peer.slice(WARM_UPS)) };
      const cost = `processor time of the server for a release, ${count} at once, ms; peer: the same of the bare handler`;
      rows.push(measuredRow({ id: `vault-cpu-${count}`, what: cost, limit: null }, costs));
    }
    const before = process.cpuUsage();
    const alone: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      alone.push((await releaseRate(clients, nothing.url, RELEASES)).perSecond);
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1_000 / (rounds * RELEASES);
    rows.push(
      figureRow(
        { id: 'generator', what: 'releases a second of the load generator against a server that does nothing' },
        spreadOf(alone).median,
      ),
    );
    rows.push(figureRow({ id: 'generator-cpu', what: 'its processor time for a release, ms' }, ms));
    return rows;
  } finally {
    await Promise.all([bare.stop(), nothing.stop()]);
  }
}
