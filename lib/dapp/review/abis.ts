/** Functions of the standards, and of what many sites use. */
import { parseAbi } from 'viem';

/** ERC-20 (with what was common before), ERC-721 and ERC-1155, EIP-2612, wrapped units. */
export const TOKEN_ABI = parseAbi([
  'function transfer(address to, uint256 units)',
  'function transferFrom(address from, address to, uint256 unitsOrId)',
  'function approve(address spender, uint256 unitsOrId)',
  'function increaseAllowance(address spender, uint256 units)',
  'function decreaseAllowance(address spender, uint256 units)',
  'function increaseApproval(address spender, uint256 units)',
  'function decreaseApproval(address spender, uint256 units)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function setApprovalForAll(address operator, bool approved)',
  'function safeTransferFrom(address from, address to, uint256 id)',
  'function safeTransferFrom(address from, address to, uint256 id, bytes data)',
  'function safeTransferFrom(address from, address to, uint256 id, uint256 units, bytes data)',
  'function safeBatchTransferFrom(address from, address to, uint256[] ids, uint256[] units, bytes data)',
  'function deposit() payable',
  'function withdraw(uint256 units)',
]);

/** https://github.com/Uniswap/permit2, interfaces IAllowanceTransfer. */
export const PERMIT2_ABI = parseAbi([
  'function approve(address token, address spender, uint160 units, uint48 expiration)',
  'function transferFrom(address from, address to, uint160 units, address token)',
  'function lockdown((address token, address spender)[] approvals)',
]);

export const MULTICALL_ABI = parseAbi([
  'function multicall(bytes[] data)',
  'function multicall(uint256 deadline, bytes[] data)',
  'function aggregate3((address target, bool allowFailure, bytes callData)[] calls)',
]);

/** Routers of Uniswap v2 and v3 and those made after them; the universal router; 1inch v5 and v6. */
export const ROUTER_ABI = parseAbi([
  'function swapExactETHForTokens(uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactETHForTokensSupportingFeeOnTransferTokens(uint256 least, address[] path, address to, uint256 deadline)',
  'function swapETHForExactTokens(uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForETH(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForETHSupportingFeeOnTransferTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapTokensForExactTokens(uint256 least, uint256 units, address[] path, address to, uint256 deadline)',
  'function swapTokensForExactETH(uint256 least, uint256 units, address[] path, address to, uint256 deadline)',
  'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  'function exactInput((bytes path, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum) params)',
  'function exactInput((bytes path, address recipient, uint256 amountIn, uint256 amountOutMinimum) params)',
  'function execute(bytes commands, bytes[] inputs, uint256 deadline)',
  'function execute(bytes commands, bytes[] inputs)',
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes permit, bytes data)',
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes data)',
]);

export const EVENTS_ABI = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 units)',
  'event Approval(address indexed owner, address indexed spender, uint256 units)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 units)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] units)',
]);

export const READ_ABI = parseAbi([
  'function balanceOf(address owner) view returns (uint256)',
  'function supportsInterface(bytes4 id) view returns (bool)',
  'function symbol() view returns (string)',
  'function name() view returns (string)',
]);
