/** What is known on this device and at the node about tokens and addresses; each is asked once for a review. */
import { encodeFunctionData, getAddress, toFunctionSelector } from 'viem';
import type { AssetFacts, PartyFacts, ReviewChain } from '@/lib/bus/review';
import { sameAddress } from '@/lib/chains/look-alike';
import type { ChainAdapter, Token } from '@/lib/chains/types';
import { READ_ABI } from './abis';
import { wordOf } from './facts';
import { contractName } from './known-contracts';
import type { Address, Hex, NodeRequest, Surroundings } from './types';

export interface Knowledge {
  readonly chain: ReviewChain;
  readonly node: NodeRequest;
  readonly adapter: Pick<ChainAdapter, 'token' | 'balances'>;
  /** Of this chain: the build's list and what the user has added. */
  readonly tokens: readonly Token[];
  readonly own: ReadonlyArray<{ readonly address: string; readonly name: string }>;
  readonly contacts: ReadonlyArray<{ readonly address: string; readonly name: string }>;
  /** To whom something was sent before. */
  readonly sentTo: readonly string[];
}

/** More contracts than these are not asked about one thing in one review. */
const MOST_ASKED = 60;
/** ERC-165 numbers of ERC-721 and ERC-1155. */
const INTERFACES = { erc721: '0x80ac58cd', erc1155: '0xd9b67a26' } as const;
/** The code of an account that has handed itself over: this, then the address of a contract (EIP-7702). */
const DELEGATION = /^0xef0100([0-9a-f]{40})$/i;

export function createSurroundings(known: Knowledge): Surroundings {
  const once = <T>(ask: (address: Address) => Promise<T>, otherwise: T) => {
    const answers = new Map<string, Promise<T>>();
    let asked = 0;
    return (address: Address): Promise<T> => {
      const key = address.toLowerCase();
      const before = answers.get(key);
      if (before !== undefined) return before;
      asked += 1;
      const answer = asked > MOST_ASKED ? Promise.resolve(otherwise) : ask(getAddress(key)).catch(() => otherwise);
      answers.set(key, answer);
      return answer;
    };
  };
  const holdings = new Map<string, Promise<bigint | null>>();
  const supply = once<bigint | null>((address) => readSupply(known.node, address), null);
  const contract = once((address) => readContract(known, address), UNKNOWN);
  const code = once((address) => readCode(known.node, address), { code: 'unknown', delegate: null } as const);
  return {
    asset: async (address, standard, tokenId) => {
      if (address === null) return ownUnit(known.chain);
      const listed = known.tokens.find((token) => sameAddress(token.address, address));
      if (listed !== undefined) {
        const { symbol, decimals } = listed;
        return {
          standard: 'erc20',
          address: getAddress(address.toLowerCase()),
          symbol: wordOf(symbol),
          decimals,
          tokenId: null,
          told: 'listed',
        };
      }
      const read = await contract(address);
      return {
        ...read,
        address: getAddress(address.toLowerCase()),
        standard: standard ?? read.standard,
        tokenId: tokenId ?? null,
      };
    },
    party: async (address) => ({ ...nameOf(known, address), ...(await code(address)) }),
    held: (owner, token) => {
      const key = `${owner} ${token}`.toLowerCase();
      const before = holdings.get(key);
      if (before !== undefined) return before;
      const units = holdings.size < MOST_ASKED ? readHeld(known.adapter, owner, token) : Promise.resolve(null);
      holdings.set(key, units);
      return units;
    },
    supply,
    trusted: [{ symbol: known.chain.symbol, name: '' }, ...known.tokens],
    familiar: [...known.contacts, ...known.own, ...known.sentTo.map((address) => ({ address, name: null }))],
  };
}

const ownUnit = ({ symbol, decimals }: ReviewChain): AssetFacts => ({
  standard: 'own',
  address: null,
  symbol,
  decimals,
  tokenId: null,
  told: 'listed',
});

type Read = Pick<AssetFacts, 'standard' | 'symbol' | 'decimals' | 'told'>;
const UNKNOWN: Read = { standard: 'erc20', symbol: null, decimals: null, told: 'unknown' };

/** A token as it describes itself; a collection says so by ERC-165. */
async function readContract({ node, adapter }: Knowledge, address: Address): Promise<Read> {
  const [is721, is1155] = await Promise.all([supports(node, address, 'erc721'), supports(node, address, 'erc1155')]);
  if (is721 || is1155) {
    const symbol = await readSymbol(node, address);
    return {
      standard: is721 ? 'erc721' : 'erc1155',
      symbol,
      decimals: null,
      told: symbol === null ? 'unknown' : 'read',
    };
  }
  const { symbol, decimals } = await adapter.token(address);
  return { standard: 'erc20', symbol: wordOf(symbol), decimals, told: 'read' };
}

async function supports(node: NodeRequest, to: Address, standard: keyof typeof INTERFACES): Promise<boolean> {
  const data = encodeFunctionData({ abi: READ_ABI, functionName: 'supportsInterface', args: [INTERFACES[standard]] });
  const answer = await node('eth_call', [{ to, data }, 'latest']).catch(() => null);
  return answer === `0x${'0'.repeat(63)}1`;
}

async function readHeld(adapter: Knowledge['adapter'], owner: Address, token: Address | null): Promise<bigint | null> {
  const [units = null] = await adapter.balances([{ owner, token }]).catch(() => []);
  return units;
}

async function readSupply(node: NodeRequest, to: Address): Promise<bigint | null> {
  const answer = await node('eth_call', [{ to, data: SUPPLY }, 'latest']);
  return typeof answer === 'string' && /^0x[0-9a-f]{64}$/i.test(answer) ? BigInt(answer) : null;
}

const SUPPLY = toFunctionSelector('totalSupply()');
const SYMBOL = toFunctionSelector('symbol()');

/** A string as contracts return it: where it is, how long it is, what it is. */
async function readSymbol(node: NodeRequest, to: Address): Promise<string | null> {
  const answer = await node('eth_call', [{ to, data: SYMBOL }, 'latest']).catch(() => null);
  if (typeof answer !== 'string' || !/^0x[0-9a-f]{192,1024}$/i.test(answer)) return null;
  const length = Number(BigInt(`0x${answer.slice(66, 130)}`));
  if (!(length > 0 && length <= 64)) return null;
  const bytes = answer.slice(130, 130 + 2 * length).match(/../g) ?? [];
  return wordOf(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16))));
}

async function readCode(node: NodeRequest, address: Address): Promise<Pick<PartyFacts, 'code' | 'delegate'>> {
  const answer = await node('eth_getCode', [address, 'latest']);
  if (answer === '0x') return { code: 'none', delegate: null };
  if (typeof answer !== 'string' || !/^0x[0-9a-f]+$/i.test(answer)) return { code: 'unknown', delegate: null };
  const [, delegate] = DELEGATION.exec(answer) ?? [];
  return delegate === undefined
    ? { code: 'contract', delegate: null }
    : { code: 'delegated', delegate: getAddress(`0x${delegate}`) };
}

function nameOf(
  { chain, own, contacts, tokens, sentTo }: Knowledge,
  address: Address,
): Pick<PartyFacts, 'address' | 'name' | 'known'> {
  const is = (other: string) => sameAddress(other, address);
  const called = (name: string | null, known: PartyFacts['known']) => ({
    address: getAddress(address.toLowerCase()) as Hex,
    name: name === null ? null : wordOf(name),
    known,
  });
  const mine = own.find((one) => is(one.address));
  if (mine) return called(mine.name, 'own');
  const contact = contacts.find((one) => is(one.address));
  if (contact) return called(contact.name, 'contact');
  const token = tokens.find((one) => is(one.address));
  if (token) return called(token.symbol, 'token');
  const contract = contractName(chain.chainId, address);
  if (contract !== null) return called(contract, 'contract');
  return called(null, sentTo.some(is) ? 'sent-before' : 'no');
}
