import type { AllowanceView } from '@/lib/bus/allowances';
import type { Address } from '@/lib/chains/types';
import { createGrants } from '@/lib/dapp/allowances/grants';
import { readAllowances } from '@/lib/dapp/allowances/read-allowances';
import { showAllowances } from '@/lib/dapp/allowances/show-allowances';
import type { DappParts } from './dapp-parts';
import { reviewSide } from './dapp-review';
import { environment } from './environment';

/** What was granted through this wallet, and what others may take now. */
export function openAllowances(parts: DappParts) {
  const { cells, registry, tokens } = parts;
  const { now } = environment;
  const grants = createGrants({ stored: cells.grants, now });
  /** On one network, as its node says. @throws WalletError `chain-unreachable` */
  const listAllowances = async (owner: Address, chainId: number): Promise<AllowanceView[]> => {
    const { read } = await registry.get(chainId);
    const here = (await tokens.all()).filter((one) => one.chainId === chainId).map(({ address }) => address);
    const looked = { chainId, owner, tokens: here, grants: await grants.list(), read, nowMs: now() };
    return showAllowances(await readAllowances(looked), await reviewSide(parts).aroundOf(chainId));
  };
  return { grants, listAllowances };
}
