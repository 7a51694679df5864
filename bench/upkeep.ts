/** What is done with a backup that stands: its PIN changed, asked for, and its recovery practised. */
import { create, openDevice, PROVIDER, random, stored } from '@/e2e/story/device';
import { Secret } from '@/lib/crypto/secret';
import { ownerKeyOf, publicHalfOf } from '@/lib/keyless/backup/generation';
import { lookUpBackup, recoverBackup } from '@/lib/keyless/backup/recover';
import { rotateBackup } from '@/lib/keyless/backup/rotate';
import { createConfirmation } from '@/lib/keyless/pin/confirmation';
import { pinCheckOf } from '@/lib/keyless/pin/pin-check';
import type { Reminder } from '@/lib/keyless/pin/reminder';
import type { Parties } from '@/lib/keyless/ports';
import type { DeviceRecord } from '@/lib/keyless/stored';
import { drillWork } from '@/lib/keyless/upkeep/drill-work';
import type { TaskDependencies } from '@/lib/keyless/upkeep/reset-work';
import { createSlowDown, OF_PINS } from '@/lib/keyring/slow-down';
import { durationMs, interleave } from './measure';
import { PIN, startParties } from './parties';
import { type Group, measuredRow } from './row';

const ROUNDS = 10;
const WARM_UPS = 2;
const nothing = () => undefined;

/** A device at home: signed in, with the wallet open. */
async function atHome(stack: Parameters<typeof openDevice>[0], name: string) {
  const device = await openDevice(stack, name);
  const entropy = await create(device, PIN);
  const parties = await device.signIn();
  const { accountId } = parties;
  const { active } = await parties.vault.metadata();
  if (!active) throw new Error('there is no backup');
  const record = stored<DeviceRecord>();
  const { generation, statement, createdAtMs } = active;
  const ownerPub = publicHalfOf(ownerKeyOf(entropy, accountId));
  const pinCheck = pinCheckOf(entropy, accountId, generation, PIN);
  const known = { providerId: PROVIDER, accountId, generation, ownerPub, statement, createdAtMs };
  await record.write({ ...known, verifiedAtMs: Date.now(), pinCheck });
  const tasks: TaskDependencies = {
    sessions: device.sessions,
    journal: device.journal,
    device: record,
    ownRecoveries: stored<number[]>(),
    wallet: { isUnlocked: async () => true, lendEntropy: (work) => work(entropy.slice()) },
    random,
    now: Date.now,
  };
  return { tasks, entropy, parties };
}

const recovery = (parties: Parties) =>
  durationMs(async () => {
    const found = await lookUpBackup(parties, null);
    if (!found) throw new Error('there is no backup');
    await recoverBackup(parties, found, PIN, nothing);
  });

export const upkeep: Group = {
  name: 'upkeep',
  run: async ({ say, rounds = ROUNDS }) => {
    const { stack, bareClient, stop } = await startParties();
    try {
      say('changes of the PIN, one after the other');
      const changing = await atHome(stack, 'Change');
      const rotation = async () => {
        const { journal } = changing.tasks;
        const entropy = new Secret(changing.entropy.slice());
        const making = { parties: changing.parties, journal, random, onStep: nothing };
        return durationMs(() => rotateBackup(making, entropy, PIN)).finally(() => entropy.wipe());
      };
      const bare = async () => {
        const client = await bareClient();
        return durationMs(async () => {
          await client.register();
          await client.recover();
        });
      };
      const rotations = await interleave(rounds, WARM_UPS, rotation, bare);

      say('PINs checked on the device, and recoveries');
      // Another account recovers: a realm answers one user sixty times a minute.
      const { parties } = await atHome(stack, 'Recover');
      const { tasks } = await atHome(stack, 'Check');
      const slowDown = createSlowDown({ record: stored(), now: Date.now, codes: OF_PINS });
      const confirmation = createConfirmation({ ...tasks, slowDown, reminder: stored<Reminder>() });
      const check = () => durationMs(() => confirmation.check(PIN));
      const checks = await interleave(rounds, WARM_UPS, check, () => recovery(parties));

      say('drills, and recoveries');
      const drill = () => durationMs(() => drillWork(tasks, { signIn: 0, servers: 0 }, PIN, nothing, nothing));
      const drills = await interleave(rounds, WARM_UPS, drill, () => recovery(parties));

      const ofRotation = 'a change of the PIN after sign-in, ms; peer: a bare juicebox-sdk register and recover';
      const ofCheck = 'a PIN checked on this device, ms; peer: a whole recovery after sign-in';
      const ofDrill = 'a recovery practised and compared, ms; peer: a whole recovery after sign-in';
      return [
        measuredRow({ id: 'rotation', what: ofRotation, limit: 1.25 }, rotations),
        measuredRow({ id: 'pin-check', what: ofCheck, limit: 0.1 }, checks),
        measuredRow({ id: 'drill', what: ofDrill, limit: 1.1 }, drills),
      ];
    } finally {
      await stop();
    }
  },
};
