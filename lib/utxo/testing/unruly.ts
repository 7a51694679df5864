/** A chain whose blocks and nodes do as they like with what was sent, within what nodes allow. */
import type { TestChain } from '@/lib/chains/utxo/testing/chain';
import { type Transaction, type TxInput, txidOf } from '@/lib/chains/utxo/transaction';
import { outpoint } from '@/lib/chains/utxo/utxos';

/** Below a bound, the same numbers for the same seed (Numerical Recipes, "Quick and dirty generators"). */
export function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Where = 'block' | 'pool';

export interface Unruly {
  readonly known: ReadonlyMap<string, Transaction>;
  has(txid: string): boolean;
  /** They were handed it. */
  taken(one: Transaction): void;
  mine(): void;
  /** It leaves its block, and what spends of it. */
  takeBack(): void;
  /** The nodes lose it, and what spends of it. @param txid any without one */
  lose(txid?: string): void;
  /** They have again what they had lost, if nothing in a block stands against it. */
  find(where: Where): void;
  /** Somebody else's transaction of the same coins is mined. */
  rival(script: Uint8Array): void;
  /** What everything comes from is there. */
  rest(): void;
}

export function unruly(chain: TestChain, origin: Transaction, pick: (below: number) => number): Unruly {
  const known = new Map([[txidOf(origin), origin]]);
  const present = new Map<string, Where>([[txidOf(origin), 'block']]);
  const isOrigin = (one: Transaction) => one === origin;
  const some = (ids: readonly string[]) => ids[pick(ids.length)] ?? '';
  const idsIn = (where: Where) => [...present].filter(([, is]) => is === where).map(([txid]) => txid);
  const spending = (test: (input: TxInput) => boolean) =>
    [...present.keys()].filter((txid) => known.get(txid)?.inputs.some(test));
  const rivalsOf = ({ inputs }: Transaction) => {
    const spent = new Set(inputs.map(outpoint));
    return spending((input) => spent.has(outpoint(input)));
  };
  const put = (one: Transaction, where: Where): void => {
    if (where === 'block') chain.pay(one);
    else chain.wait(one);
    known.set(txidOf(one), one);
    present.set(txidOf(one), where);
  };
  const drop = (lost: string): void => {
    for (const txid of spending((input) => input.txid === lost)) drop(txid);
    chain.drop(lost);
    present.delete(lost);
  };
  const takeBack = (txid: string): void => {
    for (const further of spending((input) => input.txid === txid)) takeBack(further);
    if (present.get(txid) !== 'block') return;
    chain.takeBack(txid);
    present.set(txid, 'pool');
  };
  /** @returns whether it could be put there */
  const makeRoom = (one: Transaction, where: Where): boolean => {
    const isThere = ({ txid }: TxInput) => present.get(txid) === 'block' || (where === 'pool' && present.has(txid));
    if (!isOrigin(one) && !one.inputs.every(isThere)) return false;
    const rivals = rivalsOf(one);
    if (rivals.some((txid) => present.get(txid) === 'block')) return false;
    for (const txid of rivals) drop(txid);
    return true;
  };
  return {
    known,
    has: (txid) => present.has(txid),
    taken: (one) => {
      known.set(txidOf(one), one);
      present.set(txidOf(one), 'pool');
    },
    mine: () => {
      chain.mine();
      for (const txid of present.keys()) present.set(txid, 'block');
    },
    takeBack: () => takeBack(some(idsIn('block').filter((txid) => txid !== txidOf(origin)))),
    lose: (txid = some([...present.keys()])) => {
      if (txid !== txidOf(origin) || pick(6) === 0) drop(txid);
    },
    find: (where) => {
      const one = known.get(some([...known.keys()].filter((txid) => !present.has(txid))));
      if (one && makeRoom(one, where)) put(one, where);
    },
    rival: (script) => {
      const one = known.get(some([...known.keys()].filter((txid) => txid !== txidOf(origin))));
      const other = one && { ...one, outputs: [{ amount: BigInt(1_000 + pick(1_000)), script }] };
      if (other && makeRoom(other, 'block')) put(other, 'block');
    },
    rest: () => {
      if (!present.has(txidOf(origin))) put(origin, 'block');
    },
  };
}
