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
]);

/** https://docs.uniswap.org/contracts/v2/reference/smart-contracts/router-02, and those made after it. */
export const V2_ROUTER_ABI = parseAbi([
  'function swapExactETHForTokens(uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactETHForTokensSupportingFeeOnTransferTokens(uint256 least, address[] path, address to, uint256 deadline)',
  'function swapETHForExactTokens(uint256 exact, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForETH(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForETHSupportingFeeOnTransferTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256 units, uint256 least, address[] path, address to, uint256 deadline)',
  'function swapTokensForExactTokens(uint256 exact, uint256 most, address[] path, address to, uint256 deadline)',
  'function swapTokensForExactETH(uint256 exact, uint256 most, address[] path, address to, uint256 deadline)',
]);

const V3_PAYMENTS = [
  'function unwrapWETH9(uint256 least, address recipient)',
  'function sweepToken(address token, uint256 least, address recipient)',
  'function refundETH()',
  'function multicall(bytes[] data)',
] as const;

/** SwapRouter of https://github.com/Uniswap/v3-periphery. */
export const V3_ROUTER_ABI = parseAbi([
  'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  'function exactInput((bytes path, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum) params)',
  'function exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params)',
  'function exactOutput((bytes path, address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum) params)',
  ...V3_PAYMENTS,
]);

/** SwapRouter02 of https://github.com/Uniswap/swap-router-contracts. */
export const V3_ROUTER_02_ABI = parseAbi([
  'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params)',
  'function exactInput((bytes path, address recipient, uint256 amountIn, uint256 amountOutMinimum) params)',
  'function exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params)',
  'function exactOutput((bytes path, address recipient, uint256 amountOut, uint256 amountInMaximum) params)',
  'function swapExactTokensForTokens(uint256 units, uint256 least, address[] path, address to)',
  'function swapTokensForExactTokens(uint256 exact, uint256 most, address[] path, address to)',
  'function unwrapWETH9(uint256 least)',
  'function sweepToken(address token, uint256 least)',
  'function multicall(uint256 deadline, bytes[] data)',
  ...V3_PAYMENTS,
]);

export const UNIVERSAL_ROUTER_ABI = parseAbi([
  'function execute(bytes commands, bytes[] inputs, uint256 deadline)',
  'function execute(bytes commands, bytes[] inputs)',
]);

/** Of versions 5 and 6. */
export const ONE_INCH_ABI = parseAbi([
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes permit, bytes data)',
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes data)',
]);

export const EVENTS_ABI = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 units)',
  'event Approval(address indexed owner, address indexed spender, uint256 units)',
  'event Approval(address indexed owner, address indexed token, address indexed spender, uint160 units, uint48 expiration)',
  'event Permit(address indexed owner, address indexed token, address indexed spender, uint160 units, uint48 expiration, uint48 nonce)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 units)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] units)',
]);

export const READ_ABI = parseAbi([
  'function balanceOf(address owner) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function supportsInterface(bytes4 id) view returns (bool)',
  'function symbol() view returns (string)',
  'function name() view returns (string)',
]);
