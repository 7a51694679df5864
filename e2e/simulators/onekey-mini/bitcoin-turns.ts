/** Messages of Bitcoin and its relatives, by the field numbers of the Mini's firmware; `SignTx` is in a file of its own. */
import { HDKey } from '@scure/bip32';
import { addressOfScript } from '../utxo/addresses';
import { INPUT, ownScript, signText } from './bitcoin';
import { type BitcoinTurn, bad, chainOf, checkPath, kindOf } from './bitcoin-paths';
import { signTransaction } from './bitcoin-signing';
import { deriveNode, keyOf } from './ethereum';
import { BITCOIN, BUTTON, FAILURE } from './numbers';
import { Aborted } from './prompts';
import { encode } from './wire';

const MAX_MESSAGE = 1024;
const ACCOUNT_STEPS = 3;

export const knowsBitcoin = (type: number): boolean =>
  [BITCOIN.getPublicKey, BITCOIN.getAddress, BITCOIN.signMessage, BITCOIN.signTx].some((known) => known === type);

export async function answerBitcoin(type: number, turn: BitcoinTurn): Promise<void> {
  switch (type) {
    case BITCOIN.getPublicKey:
      return getPublicKey(turn);
    case BITCOIN.getAddress:
      return getAddress(turn);
    case BITCOIN.signMessage:
      return signMessage(turn);
    default:
      return signTransaction(turn);
  }
}

async function ownOf(turn: BitcoinTurn, name: string | undefined, scriptType: bigint | undefined) {
  const chain = chainOf(name);
  const kind = kindOf(chain, scriptType);
  const path = turn.fields.numbers(1).map(Number);
  if (!turn.anyPath) checkPath(chain, kind, path);
  const node = deriveNode(await turn.seed(), path);
  const key = keyOf(node);
  const address = turn.lies.address ?? addressOfScript(chain, ownScript(kind, key)) ?? '';
  return { chain, kind, path, node, key, address };
}

async function getPublicKey(turn: BitcoinTurn): Promise<void> {
  const { fields, line } = turn;
  const { chain, kind, path, node } = await ownOf(turn, fields.text(4), fields.numbers(5)[0]);
  if (path.length < ACCOUNT_STEPS) throw bad('Forbidden key path');
  const { depth, parentFingerprint, index, chainCode, publicKey } = node;
  if (!chainCode || !publicKey) throw new Error('no key');
  const versions = { public: chain.xpub[kind] ?? 0, private: 0 };
  const { publicExtendedKey } = new HDKey({ versions, depth, parentFingerprint, index, chainCode, publicKey });
  if (fields.numbers(3)[0] === 1n) await line.confirm(BUTTON.publicKey, 'Public key', [publicExtendedKey]);
  const inner = encode([1, depth], [2, parentFingerprint], [3, index], [4, chainCode], [6, publicKey]);
  line.send(BITCOIN.publicKey, encode([1, inner], [2, publicExtendedKey]));
}

async function getAddress(turn: BitcoinTurn): Promise<void> {
  const { fields, line } = turn;
  const { address } = await ownOf(turn, fields.text(2), fields.numbers(5)[0]);
  if (fields.numbers(3)[0] === 1n) await line.confirm(BUTTON.address, 'Address', [address]);
  line.send(BITCOIN.address, encode([1, address]));
}

async function signMessage(turn: BitcoinTurn): Promise<void> {
  const { fields, line, lies } = turn;
  const message = fields.bytes(2) ?? new Uint8Array();
  if (message.length > MAX_MESSAGE) throw bad('bytes overflow');
  const { chain, kind, key, address } = await ownOf(turn, fields.text(3), fields.numbers(4)[0]);
  if (kind === INPUT.p2tr) throw new Aborted([FAILURE.processError, 'Error signing message']);
  await line.confirm(BUTTON.protectCall, 'Sign message?', [address, new TextDecoder().decode(message)]);
  const signature = signText(chain, message, kind, lies.otherKey ? key.toReversed() : key);
  const given = lies.shortSignature ? signature.subarray(0, -1) : signature;
  line.send(BITCOIN.messageSignature, encode([1, address], [2, given]));
}
