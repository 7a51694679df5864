/**
 * A real full node of its own beginning (regtest, in memory), as a child process that is asked over IPC: bcoin for Bitcoin,
 * bcash for Bitcoin Cash. It knows no peers and opens no port. CommonJS, as these packages are.
 * Asked `{ id, method, params }`, it answers `{ id, value }` or `{ id, refused }` with the node's own reason.
 */
const Module = require('node:module');

/** Two packages come with a pure twin of their native part. */
const resolve = Module._resolveFilename;
Module._resolveFilename = (...args) =>
  resolve(...args).replace(/([\\/](?:bdb[\\/]lib[\\/]level|mrmr[\\/]lib[\\/]murmur3))\.js$/, '$1-browser.js');

const [, , name] = process.argv;
const { FullNode, KeyRing, MTX, TX, Address, Script, Coin } = require(name);

const MATURITY = 100;
/** In the smallest unit, of each payment. */
const FEE = 10_000;
/** BIP-125, rule 4: for 1,000 virtual bytes. */
const RELAY_FEE = 1_000;

const node = new FullNode({
  network: 'regtest',
  memory: true,
  persistentMempool: false,
  replaceByFee: true,
  workers: false,
  logLevel: 'none',
});
const { chain, mempool, miner } = node;
const purse = KeyRing.generate();
/** Mined outputs of the purse, the oldest first. */
const mined = [];

class Refusal extends Error {}

/** @returns the block's entry */
async function mine(address = purse.getAddress(), onto = chain.tip) {
  const block = await miner.cpu.mineBlock(onto, address);
  const entry = await chain.add(block);
  if (!entry) throw new Refusal('block');
  if (address.equals(purse.getAddress())) mined.push(Coin.fromTX(block.txs[0], 0, entry.height));
  return entry;
}

/** As many blocks as are left behind and one more, on the one before them, and nothing in them of what waits. */
async function reorganise(count) {
  const from = chain.height - count;
  mined.splice(0, mined.length, ...mined.filter(({ height }) => height <= from));
  let onto = await chain.getEntry(from);
  miner.mempool = null;
  for (let at = 0; at <= count; at += 1) onto = await mine(undefined, onto);
  miner.mempool = mempool;
}

const addressOf = (script) => Address.fromScript(Script.fromRaw(Buffer.from(script, 'hex')));

/** What of the mempool spends the same outputs. */
function conflictsOf(tx) {
  const spending = tx.inputs.map(({ prevout }) => mempool.getSpent(prevout.hash, prevout.index));
  return [...new Set(spending.filter(Boolean))];
}

/** Rule 1, of every version: the node's own test leaves version 2 out. */
const isReplaceable = (tx) => tx.inputs.some(({ sequence }) => sequence < 0xfffffffe);

/** The nodes know no replacement, hence BIP-125 here: rules 1, 3 and 4. The new transaction is then checked as any. */
async function makeRoom(tx, conflicts) {
  const view = await mempool.getCoinView(tx);
  const fee = tx.getFee(view);
  const before = conflicts.reduce((total, entry) => total + entry.fee, 0);
  if (!conflicts.every((entry) => isReplaceable(entry.tx))) throw new Refusal('txn-mempool-conflict');
  if (fee < before + (tx.getVirtualSize() * RELAY_FEE) / 1_000)
    throw new Refusal('insufficient fee, rejecting replacement');
  for (const entry of conflicts) mempool.evictEntry(entry);
}

async function send(tx) {
  const conflicts = name === 'bcoin' && !mempool.has(tx.hash('hex')) ? conflictsOf(tx) : [];
  if (conflicts.length > 0) await makeRoom(tx, conflicts);
  try {
    const missing = await mempool.addTX(tx, -1);
    if (missing) {
      // As over RPC: it is not kept for when what it spends comes, and is refused again when it is sent again.
      mempool.removeOrphan(name === 'bcoin' ? tx.hash('hex') : tx.hash());
      throw new Refusal('bad-txns-inputs-missingorspent');
    }
  } catch (error) {
    for (const entry of conflicts) await mempool.addTX(entry.tx, -1);
    throw error instanceof Refusal ? error : new Refusal(error.reason ?? 'invalid transaction');
  }
  return tx.txid();
}

const METHODS = {
  tip: async () => ({ height: chain.height, hash: Buffer.from(chain.tip.hash, 'hex').reverse().toString('hex') }),
  block: async ({ height }) => {
    const block = await chain.getBlock(height);
    if (!block) throw new Refusal('no such block');
    return { hash: block.rhash(), time: block.time, transactions: block.txs.map((tx) => tx.toRaw().toString('hex')) };
  },
  mempool: async () => Array.from(mempool.map.values(), ({ tx, time }) => ({ hex: tx.toRaw().toString('hex'), time })),
  send: async ({ hex }) => {
    let tx;
    try {
      tx = TX.fromRaw(Buffer.from(hex, 'hex'));
    } catch {
      throw new Refusal('TX decode failed');
    }
    return send(tx);
  },
  /** To the purse, or to a script as its reward. */
  mine: async ({ count, script }) => {
    for (let at = 0; at < count; at += 1) await mine(script && addressOf(script));
    return chain.height;
  },
  /** The last blocks leave the chain; what was in them waits again. */
  reorganise: async ({ count }) => {
    await reorganise(count);
    return chain.height;
  },
  /** A payment out of what the purse has mined. */
  pay: async ({ script, amount }) => {
    const mtx = new MTX();
    mtx.addOutput(Script.fromRaw(Buffer.from(script, 'hex')), amount);
    let left = -amount - FEE;
    while (left < 0) {
      const coin = mined.shift();
      if (!coin || chain.height - coin.height < MATURITY) throw new Refusal('nothing mature to pay with');
      mtx.addCoin(coin);
      left += coin.value;
    }
    if (left > FEE) mtx.addOutput(purse.getAddress(), left);
    mtx.sign(purse);
    return send(mtx.toTX());
  },
};

process.on('message', async ({ id, method, params }) => {
  try {
    process.send({ id, value: await METHODS[method](params) });
  } catch (error) {
    if (error instanceof Refusal) process.send({ id, refused: error.message });
    else process.send({ id, broken: String(error?.stack) });
  }
});
process.on('disconnect', () => process.exit(0));

chain
  .open()
  .then(() => mempool.open())
  .then(() => miner.open())
  .then(() => process.send({ ready: true }));
