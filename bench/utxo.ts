/** Bitcoin and its relatives: addresses of a seed, and a payment of many inputs, beside the bare libraries. */
import { HDKey } from '@scure/bip32';
import { Transaction } from '@scure/btc-signer';
import { equalBytes, toHex } from '@/lib/bytes';
import { addressesOf, deriveAccount, HARDENED, pathText, placesOf } from '@/lib/chains/utxo/accounts';
import { discoverAccounts, reachOf } from '@/lib/chains/utxo/discover';
import { prepareDraft } from '@/lib/chains/utxo/draft';
import { hash256 } from '@/lib/chains/utxo/script';
import { signDraft } from '@/lib/chains/utxo/sign';
import { outpoint, type Utxo } from '@/lib/chains/utxo/utxos';
import { verifySigned } from '@/lib/chains/utxo/verify';
import { durationMs, interleave } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 3;
const INPUTS = 100;
const RATE = 5_000n;

const seed = crypto.getRandomValues(new Uint8Array(64));
const nobody = { isUsed: async () => false };

/** Four kinds, of each chain the first address and the twenty of the gap. */
const ours = () => {
  const master = HDKey.fromMasterSeed(seed);
  return discoverAccounts(
    () => nobody,
    placesOf('btc'),
    (place) => deriveAccount(master, place),
  );
};

/** The same keys, with nothing made of them. */
const bare = () => {
  const master = HDKey.fromMasterSeed(seed);
  return placesOf('btc').map(({ purpose, coinType }) => {
    const account = master.derive(`m/${purpose}'/${coinType}'/0'`);
    return [0, 1].map((chain) => {
      const parent = account.deriveChild(chain);
      return Array.from({ length: reachOf([]) }, (_, index) => parent.deriveChild(index).publicKey);
    });
  });
};

function payment() {
  const master = HDKey.fromMasterSeed(seed);
  const account = deriveAccount(master, { coin: 'btc', purpose: 84, coinType: 0, account: 0 });
  const at = addressesOf(account, 0);
  const utxos = Array.from({ length: INPUTS }, (_, index): Utxo => {
    const { script, scriptType, publicKey, path } = at(index);
    const state = { confirmations: 6, isCoinbase: false, isOwn: false, isFrozen: false, carriesToken: false };
    return {
      script,
      scriptType,
      publicKey,
      path,
      ...state,
      txid: toHex(hash256(Uint8Array.of(index))),
      index: 0,
      amount: 10_000n,
    };
  });
  // Keys are at hand on both sides: what is measured is the transaction.
  const held = new Map(
    utxos.map(({ path }) => [pathText(path), master.derive(pathText(path)).privateKey ?? new Uint8Array()]),
  );
  const keyOf = (path: readonly number[]) => held.get(pathText(path)) ?? new Uint8Array();
  const change = addressesOf(account, 1)(0);
  return { utxos, change, keyOf };
}

function signers() {
  const { utxos, change, keyOf } = payment();
  const request = { coin: 'btc', utxos, picked: new Set(utxos.map(outpoint)), feePerKvB: RATE, change } as const;
  const payments = [{ amount: 500_000n, script: change.script }];
  const draft = () => prepareDraft({ ...request, payments, everythingTo: null });
  const keys = { withKey: <Result>(path: readonly number[], work: (key: Uint8Array) => Result) => work(keyOf(path)) };
  const sample = draft();
  const bareSigning = () => {
    const transaction = new Transaction({ version: 2 });
    for (const { txid, index, amount, script, sequence } of sample.inputs)
      transaction.addInput({ txid, index, sequence, witnessUtxo: { amount, script } });
    for (const { amount, script } of sample.outputs) transaction.addOutput({ amount, script });
    for (const [index, { path }] of sample.inputs.entries()) transaction.signIdx(keyOf(path), index);
    transaction.finalize();
    return transaction.extract();
  };
  const signed = () => signDraft(draft(), keys);
  if (!equalBytes(signed(), bareSigning())) throw new Error('the transaction differs from the peer');
  const verified = () => {
    const draftNow = draft();
    if (!verifySigned(draftNow, signDraft(draftNow, keys)).ok) throw new Error('the transaction does not pass');
  };
  return { signed, verified, bareSigning };
}

export const utxo: Group = {
  name: 'utxo',
  run: async ({ say, rounds = ROUNDS }) => {
    const compare = (one: () => unknown, peer: () => unknown) =>
      interleave(
        rounds,
        WARM_UPS,
        () => durationMs(one),
        () => durationMs(peer),
      );
    const first = (await ours())[0]?.receive.fresh;
    const theirs = bare()[0]?.[0]?.[0];
    if (!first || !theirs || !equalBytes(first.publicKey, theirs)) throw new Error('the keys differ from the peer');
    if (first.path[0] !== HARDENED + 84) throw new Error('the kinds differ from the peer');
    say('discovery of four kinds of account');
    const discovery = await compare(ours, bare);
    const { signed, verified, bareSigning } = signers();
    say(`a payment of ${INPUTS} inputs`);
    const signing = await compare(signed, bareSigning);
    say('the same, verified before it would be broadcast');
    const checked = await compare(verified, bareSigning);
    const peer = 'peer: bare @scure/btc-signer';
    return [
      measuredRow(
        {
          id: 'utxo-discovery',
          what: '4 kinds of account, 2 x 21 addresses each, from the seed, ms; peer: bare @scure/bip32',
          limit: 1.2,
        },
        discovery,
      ),
      measuredRow(
        { id: 'utxo-signing', what: `${INPUTS} inputs chosen, put together and signed, ms; ${peer}`, limit: 1.2 },
        signing,
      ),
      measuredRow(
        { id: 'utxo-verified', what: `the same with every signature verified, ms; ${peer}`, limit: null },
        checked,
      ),
    ];
  },
};
