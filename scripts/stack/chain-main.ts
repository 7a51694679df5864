/** The local chain as a process that ends with its starter, as the services do. */
import { startLocalChain } from '../local-chain';

const { CHAIN_PORT, CHAIN_STATE_FILE } = process.env;
if (!CHAIN_PORT || !CHAIN_STATE_FILE) throw new Error('CHAIN_PORT and CHAIN_STATE_FILE must be set');

const ended = new Promise<void>((resolve) => {
  process.once('SIGTERM', () => resolve());
  process.once('SIGINT', () => resolve());
});
const chain = await startLocalChain({ port: Number(CHAIN_PORT), stateFile: CHAIN_STATE_FILE });
console.log(`listening on ${chain.rpcUrl}`);
await ended;
await chain.stop();
