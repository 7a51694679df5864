/** Multicall3 as it is deployed everywhere (https://www.multicall3.com), for a local chain that begins without it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hex } from 'viem';

/** @param rpc asks the local chain's node */
export async function putMulticall(
  rpc: <T>(method: string, params: readonly unknown[]) => Promise<T>,
  address: string,
): Promise<void> {
  const [from] = await rpc<string[]>('eth_accounts', []);
  const deployed = await rpc<{ contractAddress: Hex }>('eth_sendTransactionSync', [
    { from, data: await creationCode() },
  ]);
  const code = await rpc<Hex>('eth_getCode', [deployed.contractAddress, 'latest']);
  await rpc('anvil_setCode', [address, code]);
}

/** Of the library that carries it for calls on chains without it; it is no part of its interface. */
async function creationCode(): Promise<Hex> {
  const library = dirname(createRequire(import.meta.url).resolve('viem/package.json'));
  const file = pathToFileURL(join(library, '_esm', 'constants', 'contracts.js')).href;
  const { multicall3Bytecode } = (await import(file)) as { multicall3Bytecode: Hex };
  return multicall3Bytecode;
}
