/**
 * The Ethereum Name Service for a local chain, small: a registry (EIP-137), a resolver that keeps addresses, one that
 * sends its callers to a server (EIP-3668), and the universal resolver that the wallet asks (ENSIP-10). It takes names
 * apart by itself: the name in DNS form must hash to what the question is about.
 */
import { encodeFunctionData, type Hex, namehash, parseAbi, toFunctionSelector, toHex, zeroAddress } from 'viem';
import { assemble, type Item } from './assemble';

/** Asks the local chain's node. */
type Rpc = <T>(method: string, params: readonly unknown[]) => Promise<T>;

const UNIVERSAL_RESOLVER = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe';
const REGISTRY = '0x00000000000c2e074ec69a0dfb2997ba6c7d2e1e';
const RESOLVER = '0x231b0Ee14048e9dCcD1d247744d114a4EB5E8E63';
export const OFF_CHAIN_RESOLVER = '0xc1735677a60884abbcf72295e88d47764beda282';

const abi = parseAbi([
  'function setResolver(bytes32 node, address resolver)',
  'function setAddr(bytes32 node, address a)',
]);
/** `OffchainLookup(address,string[],bytes,bytes4,bytes)` and `ResolverNotFound(bytes)`; their arguments are left out. */
const OFFCHAIN_LOOKUP = 0x556f1830n;
const RESOLVER_NOT_FOUND = 0x77209fe8n;

/** Puts all of it on a chain that has none of it. */
export async function putNameService(rpc: Rpc): Promise<void> {
  const contracts = [
    [REGISTRY, recordsCode('resolver(bytes32)', 'setResolver(bytes32,address)')],
    [RESOLVER, recordsCode('addr(bytes32)', 'setAddr(bytes32,address)')],
    [OFF_CHAIN_RESOLVER, [...revertWith(OFFCHAIN_LOOKUP)]],
    [UNIVERSAL_RESOLVER, universalCode()],
  ] as const;
  for (const [address, code] of contracts) await rpc('anvil_setCode', [address, toHex(assemble(code))]);
}

/**
 * Registers a name, as it is: whoever wants it in another form says it in that form.
 * @param address null for a name that nobody has put an address on
 */
export async function registerName(
  rpc: Rpc,
  name: string,
  address: Hex | null,
  resolver: typeof RESOLVER | typeof OFF_CHAIN_RESOLVER = RESOLVER,
): Promise<void> {
  const node = namehash(name);
  const [from] = await rpc<Hex[]>('eth_accounts', []);
  const send = (to: Hex, data: Hex) => rpc('eth_sendTransactionSync', [{ from, to, data }]);
  await send(REGISTRY, encodeFunctionData({ abi, functionName: 'setResolver', args: [node, resolver] }));
  if (resolver === RESOLVER)
    await send(resolver, encodeFunctionData({ abi, functionName: 'setAddr', args: [node, address ?? zeroAddress] }));
}

const selector: readonly Item[] = [0n, 'CALLDATALOAD', 224n, 'SHR'];
const at = (signature: string, label: string): readonly Item[] => [
  ...(['DUP1', BigInt(toFunctionSelector(signature)), 'EQ', `@${label}`, 'JUMPI'] as const),
];
const revert: readonly Item[] = [0n, 0n, 'REVERT'];
const revertWith = (error: bigint): readonly Item[] => [error, 224n, 'SHL', 0n, 'MSTORE', 4n, 0n, 'REVERT'];

/** One word for each node, stored under the node itself; anybody may write. */
const recordsCode = (read: string, write: string): readonly Item[] => [
  ...selector,
  ...at(read, 'read'),
  ...at(write, 'write'),
  ...revert,
  ...(['read:', 4n, 'CALLDATALOAD', 'SLOAD', 0n, 'MSTORE', 32n, 0n, 'RETURN'] as const),
  ...(['write:', 36n, 'CALLDATALOAD', 4n, 'CALLDATALOAD', 'SSTORE', 'STOP'] as const),
];

/** Where it works: the node and a label's hash beside it, a label, then what is asked and answered. */
const [NODE, LABEL_HASH, LABEL, ASKED, DATA] = [0n, 32n, 64n, 128n, 320n];
const FOUND = 288n;

/** `resolve(bytes name, bytes data)`, where `data` is a question about a node that begins at its fourth byte. */
const universalCode = (): readonly Item[] => [
  ...selector,
  ...at('resolve(bytes,bytes)', 'resolve'),
  ...revert,
  'resolve:',
  'POP',
  ...hashOfName,
  // It is the node of the question, or somebody asks about another name than it says.
  ...([36n, 'CALLDATALOAD', 40n, 'ADD', 'CALLDATALOAD', NODE, 'MLOAD', 'EQ', '@named', 'JUMPI'] as const),
  ...revert,
  'named:',
  ...resolverOfNode,
  ...(['DUP1', '@asked', 'JUMPI'] as const),
  ...revertWith(RESOLVER_NOT_FOUND),
  'asked:',
  ...answerOfResolver,
];

/** The hash of the DNS form (EIP-137): places of its labels on the stack, above a 0, then from the last to the first. */
const hashOfName: readonly Item[] = [
  ...([0n, 4n, 'CALLDATALOAD', 36n, 'ADD'] as const),
  ...(['label:', 'DUP1', 'CALLDATALOAD', 248n, 'SHR', 'DUP1', 'ISZERO', '@labels', 'JUMPI'] as const),
  ...(['DUP2', 'ADD', 1n, 'ADD', '@label', 'JUMP'] as const),
  ...(['labels:', 'POP', 'POP'] as const),
  ...(['hash:', 'DUP1', 'ISZERO', '@hashed', 'JUMPI'] as const),
  ...(['DUP1', 'CALLDATALOAD', 248n, 'SHR', 'SWAP1', 1n, 'ADD', 'DUP2', 'SWAP1', LABEL, 'CALLDATACOPY'] as const),
  ...([LABEL, 'KECCAK256', LABEL_HASH, 'MSTORE', 64n, NODE, 'KECCAK256', NODE, 'MSTORE', '@hash', 'JUMP'] as const),
  ...(['hashed:', 'POP'] as const),
];

const resolverOfNode: readonly Item[] = [
  ...([BigInt(toFunctionSelector('resolver(bytes32)')), 224n, 'SHL', ASKED, 'MSTORE'] as const),
  ...([NODE, 'MLOAD', ASKED + 4n, 'MSTORE'] as const),
  ...([32n, FOUND, 36n, ASKED, BigInt(REGISTRY), 'GAS', 'STATICCALL', 'POP', FOUND, 'MLOAD'] as const),
];

/** Asks the resolver on the stack as it was asked, and hands on what it says, or how it refuses. */
const answerOfResolver: readonly Item[] = [
  // Its size, and the question.
  ...([36n, 'CALLDATALOAD', 4n, 'ADD', 'CALLDATALOAD'] as const),
  ...(['DUP1', 36n, 'CALLDATALOAD', 36n, 'ADD', DATA, 'CALLDATACOPY'] as const),
  ...([0n, 'SWAP1', 0n, 'SWAP1', DATA, 'DUP5', 'GAS', 'STATICCALL', '@answered', 'JUMPI'] as const),
  ...(['RETURNDATASIZE', 0n, 0n, 'RETURNDATACOPY', 'RETURNDATASIZE', 0n, 'REVERT'] as const),
  // (bytes result, address resolver)
  ...(['answered:', 32n, 'MSTORE', 64n, 0n, 'MSTORE', 'RETURNDATASIZE', 64n, 'MSTORE'] as const),
  ...(['RETURNDATASIZE', 0n, 96n, 'RETURNDATACOPY', 96n, 'RETURNDATASIZE', 'ADD', 0n, 'RETURN'] as const),
];
