import { describe, expect, it } from 'vitest';
import { type Account, NEW_ACCOUNT, withSlot } from '../account/account';
import { numbered } from '../testing/model-vault';
import { accountWith } from '../testing/steps';
import type { AccountStore } from './store';

/** What every store of accounts must do. `open` gives an empty one. */
export function describeStore(name: string, open: () => Promise<AccountStore>): void {
  describe(name, () => {
    const id = (index = 0) => numbered(32, index);
    const numbering = (lastNumber: number): Account => ({ ...NEW_ACCOUNT, lastNumber });

    it('has no account at first', async () => {
      expect(await (await open()).read(id())).toBeNull();
    });

    it.each(['reserved', 'granted', 'kept', 'current'] as const)('gives back what was written: %s', async (state) => {
      const store = await open();
      const { account } = accountWith(state);
      expect(await store.compareAndSwap(id(), null, account)).toBe(true);
      expect((await store.read(id()))?.account).toEqual(account);
    });

    it('writes only over the version that was read', async () => {
      const store = await open();
      await store.compareAndSwap(id(), null, numbering(1));
      const first = (await store.read(id()))?.version ?? null;
      expect(await store.compareAndSwap(id(), null, numbering(9))).toBe(false);
      expect(await store.compareAndSwap(id(), first, numbering(2))).toBe(true);
      expect(await store.compareAndSwap(id(), first, numbering(9))).toBe(false);
      expect((await store.read(id()))?.account.lastNumber).toBe(2);
    });

    it('refuses a version of an account that is not there', async () => {
      const store = await open();
      expect(await store.compareAndSwap(id(), 1, numbering(1))).toBe(false);
      expect(await store.read(id())).toBeNull();
    });

    it('keeps accounts apart', async () => {
      const store = await open();
      await store.compareAndSwap(id(1), null, numbering(1));
      await store.compareAndSwap(id(2), null, numbering(2));
      expect((await store.read(id(1)))?.account.lastNumber).toBe(1);
    });

    it('lets exactly one of many parallel swaps win', async () => {
      const store = await open();
      const swapAll = async (expected: number | null) => {
        const swaps = Array.from({ length: 20 }, (_, n) => store.compareAndSwap(id(), expected, numbering(n)));
        return (await Promise.all(swaps)).filter((won) => won).length;
      };
      expect(await swapAll(null)).toBe(1);
      expect(await swapAll((await store.read(id()))?.version ?? null)).toBe(1);
    });

    it('lists what is due, the longest due first, up to the limit', async () => {
      const store = await open();
      const { account } = accountWith('reserved');
      for (const [index, checkAtMs] of [30, 10, 20].entries())
        await store.compareAndSwap(id(index), null, { ...account, checkAtMs });
      await store.compareAndSwap(id(3), null, accountWith('current').account);
      expect(await store.listDue(9, 10)).toEqual([]);
      expect(await store.listDue(20, 10)).toEqual([id(1), id(2)]);
      expect(await store.listDue(1000, 2)).toEqual([id(1), id(2)]);
      expect(await store.listDue(1000, 10)).toEqual([id(1), id(2), id(0)]);
    });

    it('lists a retired slot when it is to be deleted', async () => {
      const store = await open();
      const common = { slot: numbered(16, 1), to: 1, realmSetId: numbered(16, 2), registerTokensEndMs: 5 };
      const retired = { ...common, deleteAtMs: 50, rounds: 1, confirmed: ['ab'] };
      const account = withSlot(NEW_ACCOUNT, { ...retired, state: 'retired' });
      await store.compareAndSwap(id(), null, account);
      expect(await store.listDue(49, 10)).toEqual([]);
      expect(await store.listDue(50, 10)).toEqual([id()]);
      expect((await store.read(id()))?.account).toEqual(account);
    });

    it('keeps its own copy of what it is given', async () => {
      const store = await open();
      const account = structuredClone(accountWith('kept').account);
      const before = structuredClone(account);
      await store.compareAndSwap(id(), null, account);
      account.slots[0]?.slot.fill(0);
      expect((await store.read(id()))?.account).toEqual(before);
    });
  });
}
