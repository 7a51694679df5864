/** A collection for tests (ERC-721): rights to one and to all of it, and nothing else. */
import type { Hex } from 'viem';
import { argument, type ContractFunction, creationCode, returnTop, rightOf } from './contract';

/** What is sent to make the contract. @param holder to whom every number belongs */
export function collectionCode(holder: string): Hex {
  const functions: readonly ContractFunction[] = [
    ['ownerOf(uint256)', 'owner', [BigInt(holder), ...returnTop]],
    ['approve(address,uint256)', 'approve', [...argument(0), ...argument(1), 'SSTORE', 'STOP']],
    ['getApproved(uint256)', 'approved', [...argument(0), 'SLOAD', ...returnTop]],
    ['setApprovalForAll(address,bool)', 'set', [...argument(1), ...rightOf(['CALLER'], argument(0)), 'SSTORE', 'STOP']],
    ['isApprovedForAll(address,address)', 'all', [...rightOf(argument(0), argument(1)), 'SLOAD', ...returnTop]],
    // ERC-165: ERC-721, and not ERC-1155.
    ['supportsInterface(bytes4)', 'supports', [0x80ac58cdn, 224n, 'SHL', ...argument(0), 'EQ', ...returnTop]],
  ];
  return creationCode(functions);
}
