/** A message of Bitcoin or a relative while it is answered: which chain it is about, and which paths are signed on there. */
import { CHAINS, type Chain } from '../utxo/chains';
import { INPUT, type InputKind } from './bitcoin';
import type { Seed } from './ethereum';
import { FAILURE } from './numbers';
import { Aborted, type Line } from './prompts';
import type { Lies } from './types';
import type { Fields } from './wire';

export interface BitcoinTurn {
  readonly fields: Fields;
  readonly line: Line;
  readonly lies: Lies;
  readonly seed: () => Promise<Seed>;
  readonly anyPath: boolean;
}

const HARDENED = 0x8000_0000;
const MAX_PATH = 8;
const PURPOSES: Readonly<Record<number, InputKind>> = {
  44: INPUT.p2pkh,
  49: INPUT.p2shP2wpkh,
  84: INPUT.p2wpkh,
  86: INPUT.p2tr,
};

export const bad = (text: string): Aborted => new Aborted([FAILURE.dataError, text]);

/** Without a name it is Bitcoin. */
export function chainOf(name = 'Bitcoin'): Chain {
  const chain = Object.values(CHAINS).find((one) => one.name === name);
  if (!chain) throw bad('Invalid coin name');
  return chain;
}

/** Undefined for what this chain's devices do not sign. */
export function kindOf({ bech32, taproot }: Chain, scriptType: bigint | undefined): InputKind {
  const kind = Object.values(INPUT).find((one) => one === Number(scriptType ?? 0n));
  const isThere = kind === INPUT.p2pkh || (bech32 !== undefined && (kind !== INPUT.p2tr || taproot === true));
  if (kind === undefined || !isThere) throw bad('Invalid script type');
  return kind;
}

/** As strict checks have it: the chain's own coin type, or that of the chain it has split from, and the kind's purpose. */
export function checkPath({ coinTypes }: Chain, kind: InputKind, path: readonly number[]): void {
  const [purpose = 0, coinType = 0, account = 0, change = 0] = path;
  const isOwn = coinTypes.some((one) => coinType === HARDENED + one) && PURPOSES[purpose - HARDENED] === kind;
  if (path.length > MAX_PATH) throw bad('array overflow');
  if (!isOwn || account < HARDENED || change > 1) throw bad('Forbidden key path');
}
