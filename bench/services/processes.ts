/** What a process uses, from outside: Linux's `/proc`. */
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
/** `sysconf(_SC_CLK_TCK)`, 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

export const residentMb = (pid: number): number =>
  (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 1_000_000;

/** Seconds of processor time so far, all threads (proc(5), fields 14 and 15 of `stat`). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
/** Of durations, for a person. */
export const milliseconds = (values: readonly number[]) =>
  `median ${percentile(values, 0.5).toFixed(1)} ms, 99th percentile ${percentile(values, 0.99).toFixed(1)} ms`;

/** So that accounts of one machine are not all one network to the limits. */
export const BEHIND_A_PROXY = { VAULT_PROXIES: '1', ISSUER_PROXIES: '1', REALM_PROXIES: '1' };
