/** What a node tells of things that have arrived: states at one block, logs of token transfers. */
import { decodeEventLog, getAddress, type Hex, numberToHex, pad, parseAbi, toEventSelector } from 'viem';
import { getBalance, getTransactionCount } from 'viem/actions';
import type { IncomingChain, TokenTransfer } from '../incoming';
import type { Address } from '../types';
import { type NodeClient, reach } from './node-client';

const abi = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 units)']);
/** Of EIP-20's `Transfer`. */
const TRANSFER = toEventSelector('Transfer(address,address,uint256)');

interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly transactionHash: Hex | null;
  readonly logIndex: Hex | null;
  readonly removed?: boolean;
}

/** @throws WalletError `chain-unreachable` from every method */
export function readArrivals(client: NodeClient): IncomingChain {
  return {
    latestBlock: async () => BigInt(await reach(client.request({ method: 'eth_blockNumber' }))),
    stateAt: async (owner, block) => {
      const [wei, nonce] = await reach(
        Promise.all([
          getBalance(client, { address: owner, blockNumber: block }),
          getTransactionCount(client, { address: owner, blockNumber: block }),
        ]),
      );
      return { wei, nonce };
    },
    transfersTo: async (owners, tokens, fromBlock, toBlock) => {
      const topics: (Hex | Hex[] | null)[] = [TRANSFER, null, owners.map((owner) => pad(owner))];
      const filter = { address: [...tokens], topics, fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock) };
      const logs = await reach(client.request({ method: 'eth_getLogs', params: [filter] }));
      return (logs as readonly Log[]).flatMap(transferIn);
    },
  };
}

/** Empty for a log that is none of EIP-20, such as a transfer of a collectible, whose amount is a topic. */
function transferIn(log: Log): readonly TokenTransfer[] {
  if (log.removed || log.transactionHash === null || log.logIndex === null) return [];
  try {
    const [signature, ...topics] = log.topics;
    if (signature === undefined) return [];
    const { args } = decodeEventLog({ abi, data: log.data, topics: [signature, ...topics] });
    const token: Address = getAddress(log.address);
    return [{ token, ...args, hash: log.transactionHash, logIndex: Number(log.logIndex) }];
  } catch {
    return [];
  }
}
