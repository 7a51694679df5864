/** Guesses at a realm, beside the arithmetic that each of them is. */
import type { Servers } from '@/e2e/story/servers';
import { evaluate } from '@/services/realm/protocol/oprf';
import { makeRegistration, random, randomPoint } from '@/services/realm/testing/device';
import { interleave, spreadOf } from '../measure';
import { figureRow, measuredRow, type Row, type RunOptions } from '../row';
import { createGuessClients, guessRate } from './guess-clients';
import { cpuSeconds, milliseconds } from './processes';

const CLIENTS = [1, 8, 32];
const ROUNDS = 7;
const WARM_UPS = 1;
const GUESSERS = 16;
const LEAST_OF_EVALUATION = 0.5;
/** Times `GUESSERS` users guess before anything is counted: over some two thousand guesses V8 compiles what they run. */
const UNTIL_WARM = 16;

export async function guesses(servers: Servers, { say, rounds = ROUNDS }: RunOptions): Promise<Row[]> {
  const guessAtOnce = async (count: number) => {
    const clients = await createGuessClients(servers, GUESSERS);
    const before = cpuSeconds(servers.pidOf('realm'));
    const rate = await guessRate(clients, servers.urls.realm, count);
    return { ...rate, perCore: rate.guesses / (cpuSeconds(servers.pidOf('realm')) - before) };
  };
  say('guesses at a realm that has just started');
  const first = await guessAtOnce(8);
  for (let times = 1; times < UNTIL_WARM; times += 1) await guessAtOnce(8);
  const cold = `guesses for a second of the realm's processor time, the first ${first.guesses} of the process`;
  const rows: Row[] = [figureRow({ id: 'realm-core-cold', what: cold }, first.perCore)];
  for (const count of CLIENTS) {
    say(`guesses by ${count} at once`);
    const took: number[] = [];
    const perCores: number[] = [];
    const rate = async () => {
      const { perSecond, perCore, tookMs } = await guessAtOnce(count);
      perCores.push(perCore);
      took.push(...tookMs);
      return perSecond;
    };
    const spread = await interleave(rounds, WARM_UPS, rate, evaluationsACore);
    say(`  ${milliseconds(took)}`);
    const what = `guesses a second, ${count} at once, as clients see them; peer: OPRF evaluation and proof alone, on a core`;
    rows.push(measuredRow({ id: `realm-guess-${count}`, what, limit: null }, spread));
    const core = `guesses for a second of the realm's processor time, ${count} at once; peer: OPRF evaluation and proof alone`;
    const spreads = { ours: spreadOf(perCores.slice(WARM_UPS)), peer: spread.peer };
    rows.push(measuredRow({ id: `realm-core-${count}`, what: core, limit: null, least: LEAST_OF_EVALUATION }, spreads));
  }
  return rows;
}

/** For a second of this process's time. */
async function evaluationsACore(): Promise<number> {
  const { oprfPrivateKey, oprfSignedPublicKey } = makeRegistration(1);
  const inputs = Array.from({ length: 8 * GUESSERS }, randomPoint);
  const before = process.cpuUsage();
  for (const input of inputs) evaluate(oprfPrivateKey, oprfSignedPublicKey.publicKey, input, random);
  const { user, system } = process.cpuUsage(before);
  return (inputs.length * 1_000_000) / (user + system);
}
