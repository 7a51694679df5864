/** A whole recovery beside a bare one: what two more servers, their checks and the wallet's own cost. */
import { create, openDevice } from '@/e2e/story/device';
import { lookUpBackup, recoverBackup } from '@/lib/keyless/backup/recover';
import { durationMs, interleave } from './measure';
import { newUser, PIN, startParties } from './parties';
import { type Group, measuredRow } from './row';

const ROUNDS = 10;
const WARM_UPS = 2;

export const recover: Group = {
  name: 'recover',
  run: async ({ say, rounds = ROUNDS }) => {
    const parties = await startParties();
    try {
      say('one backup of ours, one bare registration');
      await create(await openDevice(parties.stack, 'Recover'), PIN);
      const user = newUser();
      await (await parties.bareClient(user)).register();

      const ours = async () => {
        const session = await (await openDevice(parties.stack, 'Recover')).signIn();
        return durationMs(async () => {
          const found = await lookUpBackup(session, null);
          if (!found) throw new Error('there is no backup');
          await recoverBackup(session, found, PIN, () => undefined);
        });
      };
      const peer = async () => {
        const bare = await parties.bareClient(user);
        return durationMs(bare.recover);
      };
      say('recoveries, each on a new device');
      const what = 'a whole recovery after sign-in, ms; peer: a bare juicebox-sdk recover at the same realms';
      return [measuredRow({ id: 'recover', what, limit: 1.25 }, await interleave(rounds, WARM_UPS, ours, peer))];
    } finally {
      await parties.stop();
    }
  },
};
