import { describe, expect, it } from 'vitest';
import { signRelease } from '../testing/actors';
import { createScene, expectOk, type Scene } from '../testing/scene';
import { CHALLENGE_LIFE_MS } from './challenges';
import { refused } from './outcome';

async function withBackup() {
  const scene = createScene();
  const backup = scene.attempt(scene.device(), scene.owner());
  await scene.create(backup);
  return { ...scene, backup };
}

const challengeFor = async (scene: Scene, ...[caller, generation]: Parameters<Scene['vault']['challenge']>) =>
  expectOk(await scene.vault.challenge(caller, generation)).challenge;

describe('release of the backup', () => {
  it('gives record and share to any signed-in device that proves the PIN', async () => {
    const scene = await withBackup();
    const device = scene.device();
    const request = signRelease(scene.backup, scene.vaultId, device, await challengeFor(scene, device, 1));
    const { record, backendShare } = scene.backup.row;
    expect(expectOk(await scene.vault.release(device, 1, request))).toEqual({ record, backendShare });
  });

  it('uses a challenge once', async () => {
    const scene = await withBackup();
    const device = scene.device();
    const request = signRelease(scene.backup, scene.vaultId, device, await challengeFor(scene, device, 1));
    expectOk(await scene.vault.release(device, 1, request));
    expect(await scene.vault.release(device, 1, request)).toEqual(refused('challenge-unknown'));
  });

  it('refuses a challenge that another device asked for, or nobody', async () => {
    const scene = await withBackup();
    const [device, other] = [scene.device(), scene.device()];
    const challenge = await challengeFor(scene, device, 1);
    const stolen = signRelease(scene.backup, scene.vaultId, other, challenge);
    expect(await scene.vault.release(other, 1, stolen)).toEqual(refused('challenge-unknown'));
    const invented = signRelease(scene.backup, scene.vaultId, other, scene.random(32));
    expect(await scene.vault.release(other, 1, invented)).toEqual(refused('challenge-unknown'));
  });

  it('refuses a challenge after two minutes', async () => {
    const scene = await withBackup();
    const device = scene.device();
    const request = signRelease(scene.backup, scene.vaultId, device, await challengeFor(scene, device, 1));
    scene.pass(CHALLENGE_LIFE_MS);
    expect(await scene.vault.release(device, 1, request)).toEqual(refused('challenge-unknown'));
  });

  it('refuses the signature of any other key, and one made for another device', async () => {
    const scene = await withBackup();
    const [device, other] = [scene.device(), scene.device()];
    const challenge = await challengeFor(scene, device, 1);
    const guess = { ...scene.backup, releaseKey: scene.owner() };
    const badSignature = refused('bad-signature');
    expect(await scene.vault.release(device, 1, signRelease(guess, scene.vaultId, device, challenge))).toEqual(
      badSignature,
    );
    expect(await scene.vault.release(device, 1, signRelease(scene.backup, scene.vaultId, other, challenge))).toEqual(
      badSignature,
    );
    expectOk(await scene.vault.release(device, 1, signRelease(scene.backup, scene.vaultId, device, challenge)));
  });

  it('is not disturbed by a thief who asks for a thousand challenges: nothing is kept of them', async () => {
    const scene = await withBackup();
    const [device, thief] = [scene.device(), scene.device()];
    const first = await challengeFor(scene, device, 1);
    const before = await scene.store.read(scene.accountId);
    for (let count = 0; count < 500; count += 1) {
      await challengeFor(scene, thief, 1);
      await challengeFor(scene, scene.device(), 1);
    }
    expect(await scene.store.read(scene.accountId)).toEqual(before);
    expectOk(await scene.vault.release(device, 1, signRelease(scene.backup, scene.vaultId, device, first)));
  });

  it('gives no two challenges alike, and refuses one with any bit changed', async () => {
    const scene = await withBackup();
    const device = scene.device();
    const challenge = await challengeFor(scene, device, 1);
    expect(await challengeFor(scene, device, 1)).not.toEqual(challenge);
    for (let bit = 0; bit < challenge.length * 8; bit += 1) {
      const changed = challenge.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const request = signRelease(scene.backup, scene.vaultId, device, changed);
      expect(await scene.vault.release(device, 1, request)).toEqual(refused('challenge-unknown'));
    }
    expectOk(await scene.vault.release(device, 1, signRelease(scene.backup, scene.vaultId, device, challenge)));
  });

  it('knows no generation before, above or instead', async () => {
    const scene = await withBackup();
    const notFound = refused('not-found');
    for (const generation of [0, 2, 99]) {
      expect(await scene.vault.challenge(scene.device(), generation)).toEqual(notFound);
      const request = signRelease(scene.backup, scene.vaultId, scene.device(), scene.random(32));
      expect(await scene.vault.release(scene.device(), generation, request)).toEqual(notFound);
    }
  });
});

describe('release of a pending row', () => {
  async function withPending() {
    const scene = createScene();
    const pending = scene.attempt(scene.device(), scene.owner());
    await scene.vault.reserve(pending.caller, pending.reserve);
    return { ...scene, pending };
  }

  it('serves the device that reserved, once the row is there', async () => {
    const scene = await withPending();
    const { caller, row } = scene.pending;
    expect(await scene.vault.challenge(caller, 1)).toEqual(refused('not-found'));
    await scene.vault.putRow(caller, 1, row);
    const request = signRelease(scene.pending, scene.vaultId, caller, await challengeFor(scene, caller, 1));
    expect(expectOk(await scene.vault.release(caller, 1, request)).backendShare).toEqual(row.backendShare);
  });

  it('serves nobody else, not even with the right key', async () => {
    const scene = await withPending();
    await scene.vault.putRow(scene.pending.caller, 1, scene.pending.row);
    const thief = scene.device();
    expect(await scene.vault.challenge(thief, 1)).toEqual(refused('not-found'));
    const challenge = await challengeFor(scene, scene.pending.caller, 1);
    const request = signRelease(scene.pending, scene.vaultId, thief, challenge);
    expect(await scene.vault.release(thief, 1, request)).toEqual(refused('not-found'));
  });
});
