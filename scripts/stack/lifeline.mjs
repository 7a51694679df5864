/**
 * Loaded before each process of the stack (`node --import`).
 * Ends it when the program that started it is gone, however that ended: the starter holds the other end of standard
 * input and never writes to it.
 */
import { setFlagsFromString } from 'node:v8';

// A story in which days pass: the process lives that much later. Nothing that ships loads this file.
const aheadMs = Number(process.env.STACK_AHEAD_MS ?? 0);
const ofTheMachine = Date.now;
if (aheadMs > 0) Date.now = () => ofTheMachine() + aheadMs;

const GRACE_MS = 10_000;

// The embedded database is 10 MB of WebAssembly in five processes at once: its optimised form costs more than it gives.
setFlagsFromString('--liftoff-only');

const end = () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
};
process.stdin.once('close', end);
process.stdin.on('error', () => undefined);
process.stdin.resume();
process.stdin.unref();
