/** Contracts that many sites send people to, by the addresses that their makers publish. */
import type { Address } from './types';

/** https://github.com/Uniswap/permit2: the same on every chain. */
export const PERMIT2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3';

/** https://www.multicall3.com: calls others with what it is handed, and takes nothing by an allowance. */
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

const ONE_INCH_V5 = '1inch v5';
const ONE_INCH_V6 = '1inch v6';

/** The same on every chain where they are at all. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  [PERMIT2]: 'Permit2',
  [MULTICALL3]: 'Multicall3',
  '0x0000000000000068F116a894984e2DB1123eB395': 'Seaport 1.6',
  '0x00000000000000ADc04C56Bf30aC9d3c0aAF14dC': 'Seaport 1.5',
  '0x00000000006c3852cbEf3e08E8dF289169EdE581': 'Seaport 1.1',
  '0x1111111254EEB25477B68fb85Ed929f73A960582': ONE_INCH_V5,
  '0x111111125421cA6dc452d289314280a0f8842A65': ONE_INCH_V6,
};

const UNISWAP_V2_ROUTER = 'Uniswap v2 router';
const UNISWAP_V3_ROUTER = 'Uniswap v3 router';
const UNISWAP_ROUTER = 'Uniswap router';
const UNIVERSAL_ROUTER = 'Uniswap universal router';
const SUSHISWAP_ROUTER = 'SushiSwap router';

const BY_CHAIN: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {
    '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D': UNISWAP_V2_ROUTER,
    '0xE592427A0AEce92De3Edee1F18E0157C05861564': UNISWAP_V3_ROUTER,
    '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45': UNISWAP_ROUTER,
    '0x3fC91A3afd70395Cd496C647d5a6CC9D4B2b7FAD': UNIVERSAL_ROUTER,
    '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af': UNIVERSAL_ROUTER,
    '0xd9e1cE17f2641f24aE83637ab66a2cca9C378B9F': SUSHISWAP_ROUTER,
    '0x000000000000Ad05Ccc4F10045630fb830B95127': 'Blur exchange',
    '0xb2ecfE4E4D61f8790bbb9DE2D1259B9e2410CEA5': 'Blur exchange',
  },
  10: {
    '0xE592427A0AEce92De3Edee1F18E0157C05861564': UNISWAP_V3_ROUTER,
    '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45': UNISWAP_ROUTER,
  },
  137: {
    '0xE592427A0AEce92De3Edee1F18E0157C05861564': UNISWAP_V3_ROUTER,
    '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45': UNISWAP_ROUTER,
  },
  8453: { '0x2626664c2603336E57B271c5C0b26F421741e481': UNISWAP_ROUTER },
  42161: {
    '0xE592427A0AEce92De3Edee1F18E0157C05861564': UNISWAP_V3_ROUTER,
    '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45': UNISWAP_ROUTER,
  },
};

/** Contracts that hold the chain's own unit and give a token for it, one for one. */
const WRAPPERS: Readonly<Record<number, Address>> = {
  1: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
  10: '0x4200000000000000000000000000000000000006',
  56: '0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c',
  137: '0x0d500B1d8E8eF31E21C99d1Db9A6444d3ADf1270',
  8453: '0x4200000000000000000000000000000000000006',
  42161: '0x82aF49447D8a07e3bd95BD0d56f35241523fBab1',
  43114: '0xB31f66AA3C1e785363F0875A1B74E27b85FD66c7',
  11155111: '0xfFf9976782d46CC05630D1f6eBAb18b2324d6B14',
};

const lowered = (names: Readonly<Record<string, string>>) =>
  new Map(Object.entries(names).map(([address, name]) => [address.toLowerCase(), name]));
const everywhere = lowered(EVERYWHERE);

/** The name of a contract, or null for one that is none of these. */
export function contractName(chainId: number, address: string): string | null {
  const key = address.toLowerCase();
  return everywhere.get(key) ?? lowered(BY_CHAIN[chainId] ?? {}).get(key) ?? null;
}

/** Whose functions a router has: `v3` is the first SwapRouter, `v3-02` the second, which has those of v2, too. */
export type RouterKind = 'v2' | 'v3' | 'v3-02' | 'universal' | '1inch';

const KINDS: Readonly<Record<string, RouterKind>> = {
  [UNISWAP_V2_ROUTER]: 'v2',
  [SUSHISWAP_ROUTER]: 'v2',
  [UNISWAP_V3_ROUTER]: 'v3',
  [UNISWAP_ROUTER]: 'v3-02',
  [UNIVERSAL_ROUTER]: 'universal',
  [ONE_INCH_V5]: '1inch',
  [ONE_INCH_V6]: '1inch',
};

/** Null for what is no router that is known. */
export const routerKind = (chainId: number, address: string): RouterKind | null =>
  KINDS[contractName(chainId, address) ?? ''] ?? null;

/** Those that can be allowed to take tokens. */
export const knownSpenders = (chainId: number): readonly Address[] =>
  Object.keys({ ...EVERYWHERE, ...BY_CHAIN[chainId] }).filter((one): one is Address => one !== MULTICALL3);

/** In lower case; null where none is known. */
export const wrapperOf = (chainId: number): Address | null =>
  (WRAPPERS[chainId]?.toLowerCase() as Address | undefined) ?? null;

export const isWrapper = (chainId: number, address: string): boolean => wrapperOf(chainId) === address.toLowerCase();
