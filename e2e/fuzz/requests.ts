/** Requests as sites make them, by method; every one of them is valid. */

export interface Visitor {
  /** Of the wallet; the site may know it or not. */
  readonly account: string;
  readonly chainId: number;
  readonly connected: boolean;
}

/** @returns a whole number from 0, below the given one */
export type Random = (below: number) => number;

/** xorshift32 of Marsaglia: every seed but 0 goes through all 2^32 - 1 states. */
export function randomFrom(seed: number): Random {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}

export const hexOf = (random: Random, bytes: number): string =>
  `0x${Array.from({ length: bytes }, () => random(256).toString(16).padStart(2, '0')).join('')}`;

const TYPES = {
  EIP712Domain: [
    { name: 'name', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ],
  Person: [
    { name: 'name', type: 'string' },
    { name: 'wallets', type: 'address[]' },
  ],
  Mail: [
    { name: 'from', type: 'Person' },
    { name: 'contents', type: 'string' },
    { name: 'count', type: 'uint32' },
  ],
};

type Maker = (random: Random, visitor: Visitor) => unknown;

const nothing: Maker = () => [];
const permissions: Maker = () => [{ eth_accounts: {} }];
const chainOf = ({ chainId }: Visitor) => `0x${chainId.toString(16)}`;
const typedData: Maker = (random, { account, chainId }) => {
  const typed = {
    types: TYPES,
    primaryType: 'Mail',
    domain: { name: 'Letters', chainId, verifyingContract: hexOf(random, 20) },
    message: {
      from: { name: `Mira ${random(1_000)}`, wallets: [hexOf(random, 20)] },
      contents: 'x'.repeat(random(40)),
      count: random(2 ** 31),
    },
  };
  return [account, random(2) === 0 ? typed : JSON.stringify(typed)];
};
const call = (random: Random) => ({ to: hexOf(random, 20), value: `0x${random(99).toString(16)}` });

/** By the name of its method. */
export const REQUESTS: Readonly<Record<string, Maker>> = {
  eth_accounts: nothing,
  eth_chainId: nothing,
  eth_coinbase: nothing,
  net_version: nothing,
  web3_clientVersion: nothing,
  wallet_getPermissions: nothing,
  eth_requestAccounts: nothing,
  wallet_requestPermissions: permissions,
  wallet_revokePermissions: permissions,
  personal_sign: (random, { account }) => [hexOf(random, random(80)), account],
  personal_ecRecover: (random) => [hexOf(random, random(80)), `${hexOf(random, 64)}1b`],
  eth_signTypedData: (random, { account }) => [[{ type: 'uint8', name: 'count', value: random(256) }], account],
  eth_signTypedData_v3: typedData,
  eth_signTypedData_v4: typedData,
  eth_sendTransaction: (random, { account }) => [
    { from: account, ...call(random), gas: '0x5208', data: hexOf(random, random(40)), maxFeePerGas: '0x77359400' },
  ],
  wallet_sendCalls: (random, visitor) => [
    {
      version: '2.0.0',
      id: hexOf(random, 4),
      from: visitor.account,
      chainId: chainOf(visitor),
      atomicRequired: random(4) === 0,
      calls: Array.from({ length: 1 + random(3) }, () => call(random)),
    },
  ],
  wallet_getCallsStatus: (random) => [hexOf(random, 32)],
  wallet_getCapabilities: (_, visitor) => [visitor.account, [chainOf(visitor), '0x1']],
  wallet_switchEthereumChain: (random, visitor) => [{ chainId: [chainOf(visitor), '0x1', '0x64'][random(3)] }],
  wallet_addEthereumChain: (random) => [
    {
      chainId: `0x${(1 + random(2 ** 20)).toString(16)}`,
      chainName: `Chain ${random(99)}`,
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: ['https://rpc.example'],
      blockExplorerUrls: ['https://explorer.example'],
    },
  ],
  wallet_watchAsset: (random) => ({
    type: 'ERC20',
    options: { address: hexOf(random, 20), symbol: 'USDX', decimals: 6, image: 'https://a.example/x.png' },
  }),
  eth_call: (random) => [{ to: hexOf(random, 20), data: hexOf(random, 4) }, 'latest'],
  eth_getBalance: (random) => [hexOf(random, 20), 'latest'],
  eth_sendRawTransaction: (random) => [`0x02${hexOf(random, 60).slice(2)}`],
  eth_sign: (random, { account }) => [account, hexOf(random, 32)],
  eth_decrypt: (random, { account }) => [hexOf(random, 40), account],
  // What the wallet's own pages say to the background, and names that objects have by themselves.
  'state.get': nothing,
  'session.lock': () => ({}),
  'requests.confirm': () => ({ key: 'a 1', digest: '0x1', choice: {} }),
  'requests.reject-all': () => ({}),
  ['__proto__']: nothing,
  constructor: nothing,
};
