/** A whole creation beside a bare registration and recovery: ours, too, reads its backup back before it counts. */
import { openDevice, random } from '@/e2e/story/device';
import { createBackup } from '@/lib/keyless/backup/create';
import { durationMs, interleave } from './measure';
import { PIN, startParties } from './parties';
import { type Group, measuredRow } from './row';

const ROUNDS = 10;
const WARM_UPS = 2;

export const create: Group = {
  name: 'create',
  run: async ({ say, rounds = ROUNDS }) => {
    const parties = await startParties();
    try {
      let accounts = 0;
      const ours = async () => {
        accounts += 1;
        const { journal, attempt, signIn } = await openDevice(parties.stack, `Create ${accounts}`);
        const session = await signIn();
        const dependencies = { parties: session, journal, attempt, random, onStep: () => undefined };
        return durationMs(() => createBackup(dependencies, PIN));
      };
      const peer = async () => {
        const bare = await parties.bareClient();
        return durationMs(async () => {
          await bare.register();
          await bare.recover();
        });
      };
      say('creations, each on a new account');
      const what =
        'a whole creation after sign-in, ms; peer: a bare juicebox-sdk register and recover at the same realms';
      return [measuredRow({ id: 'create', what, limit: 1.25 }, await interleave(rounds, WARM_UPS, ours, peer))];
    } finally {
      await parties.stop();
    }
  },
};
