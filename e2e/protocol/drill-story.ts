import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { backUp, destroy, makeKeys, newMachine, restore, startMachine } from './drill';
import { bytesOf, codeOf, create, PIN, random, recover } from './world';

/** So many accounts are created, lost with their machine, and recovered on another one. */
export async function practise(accounts: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-drill-'));
  try {
    const first = await newMachine(join(folder, 'first'));
    await makeKeys(first);
    const before = await startMachine(first);
    const wallets: { account: Uint8Array; entropy: Uint8Array }[] = [];
    for (let number = 0; number < accounts; number++) {
      const account = random(32);
      const { entropy } = await create(await before.world.device(account));
      wallets.push({ account, entropy: bytesOf(entropy) });
    }
    await backUp(first, join(folder, 'backup'));
    await before.stop();
    await destroy(first);

    const second = await newMachine(join(folder, 'second'));
    await restore(join(folder, 'backup'), second);
    const after = await startMachine(second);
    const [one] = wallets;
    if (one) expect(await codeOf(recover(await after.world.device(one.account), '739104'))).toBe('pin-wrong');
    let recovered = 0;
    for (const { account, entropy } of wallets) {
      expect(bytesOf((await recover(await after.world.device(account), PIN)).entropy)).toEqual(entropy);
      recovered += 1;
    }
    expect(recovered).toBe(accounts);
    await after.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
