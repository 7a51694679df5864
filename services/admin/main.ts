/** `halfkey-admin`: what an operator does to the databases and keys of the services. */
import { randomBytes } from 'node:crypto';
import { runAdmin } from './run';

const { status, stdout, stderr } = await runAdmin(process.argv.slice(2), {
  environment: process.env,
  now: Date.now,
  random: (length) => new Uint8Array(randomBytes(length)),
});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status;
