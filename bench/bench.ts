/** `npm run bench -- [GROUP ...] [--rounds N] [--json]`: how to read it is in README.md. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { accounts } from './accounts';
import { create } from './create';
import { crowd } from './crowd';
import { demo } from './demo';
import { extension } from './extension';
import { firmware } from './firmware';
import { hardware } from './hardware';
import { realm } from './realm';
import { recover } from './recover';
import { type Group, jsonOf, type Row, textOf } from './row';
import { services } from './services';
import { signing } from './signing';
import { sites } from './sites';
import { size } from './size';
import { unlock } from './unlock';
import { upkeep } from './upkeep';
import { utxo } from './utxo';

const GROUPS: readonly Group[] = [
  accounts,
  unlock,
  signing,
  utxo,
  size,
  realm,
  services,
  recover,
  create,
  upkeep,
  extension,
  sites,
  crowd,
  firmware,
  hardware,
  demo,
];
const NAMES = GROUPS.map(({ name }) => name).join(', ');

const say = (text: string) => void process.stderr.write(`${text}\n`);
const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

function chosenGroups(names: readonly string[]): readonly Group[] {
  if (names.length === 0) return GROUPS;
  return names.map((name) => {
    const found = GROUPS.find((group) => group.name === name);
    if (!found) throw new Error(`there is no group "${name}": ${NAMES}`);
    return found;
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const rows: Row[] = [];
for (const group of chosenGroups([...positionals, ...(values.only?.split(',') ?? [])])) {
  say(`${group.name} (load ${load()})`);
  for (const row of await group.run({ say: (text) => say(`  ${text}`), rounds })) {
    rows.push(row);
    say(textOf(row));
  }
}
console.log(values.json ? jsonOf(rows) : `\n${rows.map(textOf).join('\n')}`);
