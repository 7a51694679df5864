/**
 * Signatures that are made on a device, outside of this process: what waits for one is written down, a page asks the
 * device, and what it hands in is checked here. One at a time; all of it survives a background that is stopped.
 */
import type { Hex } from 'viem';
import { z } from 'zod';
import { toBase64url } from '@/lib/bytes';
import { accountRef } from '@/lib/chains/account-ref';
import { quoteRecord } from '@/lib/chains/quote';
import { type ErrorCode, isErrorCode, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { checkAnswer, deviceWork } from './device-work';

const ID_BYTES = 16;

const asked = z.object({
  /** Who asks; asked for again under the same name goes on with the same signature. */
  purpose: z.string(),
  account: accountRef,
  address: z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)),
  work: deviceWork,
  /** A payment of this wallet, as it was shown; null for what a site has asked for. */
  payment: quoteRecord.nullable(),
});
export type AskedOfDevice = z.output<typeof asked>;

/** In `storage.session`. */
export const deviceJobRecord = asked.extend({
  id: z.string(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('signed'), answer: z.custom<Hex>((value) => typeof value === 'string') }),
    z.object({ kind: z.literal('refused'), code: z.custom<ErrorCode>(isErrorCode) }),
  ]),
});
export type DeviceJob = z.output<typeof deviceJobRecord>;

export interface DeviceSigningDeps {
  readonly stored: {
    read(): Promise<DeviceJob | null>;
    write(value: DeviceJob): Promise<void>;
    remove(): Promise<void>;
  };
  readonly random: (length: number) => Uint8Array;
  readonly isUnlocked: () => Promise<boolean>;
  /** Shows the page that asks the device. */
  readonly show: () => Promise<void>;
  /** Whether that page is open somewhere. */
  readonly isShown: () => Promise<boolean>;
  readonly changed: () => void;
}

/** A page that holds a job: closed, it has refused it. */
export interface Holder {
  onClose(listener: () => void): void;
}

export interface DeviceSigning {
  job(): Promise<DeviceJob | null>;
  /** Writes down what is asked, and shows it. @throws WalletError `busy` while another signature is waited for */
  begin(what: AskedOfDevice): Promise<void>;
  /**
   * The same, and waits for what the device has signed: a raw transaction, or 65 bytes.
   * @throws WalletError `busy`, `device-cancelled`, `device-page-closed`
   */
  sign(what: AskedOfDevice): Promise<Hex>;
  /**
   * @param use what is done with a signature that is right, before it counts as done; it may be called again
   * @throws WalletError `locked`; `request-gone` if nothing of that id waits; `device-misbehaved` if it is not that
   *   signature; what `use` throws: then it still waits
   */
  deliver<Result>(id: string, answer: Hex, use: (job: DeviceJob) => Promise<Result>): Promise<Result>;
  refuse(id: string, code: ErrorCode): Promise<void>;
  /** Forgets what has come to its end. */
  leave(id: string): Promise<void>;
  hold(id: string, holder: Holder): void;
  /** After a start: what no page shows any more was closed while nobody listened. */
  resume(): Promise<void>;
}

export function createDeviceSigning({ stored, random, isUnlocked, show, isShown, changed }: DeviceSigningDeps) {
  const exclusively = inTurn();
  const holders = new Map<string, Set<Holder>>();
  const waiting = new Map<string, Array<() => void>>();

  const note = async (job: DeviceJob): Promise<void> => {
    await stored.write(job);
    for (const wake of waiting.get(job.id) ?? []) wake();
    waiting.delete(job.id);
    changed();
  };
  const waitingJob = async (id: string): Promise<DeviceJob> => {
    const job = await stored.read();
    if (job?.id !== id || job.state.kind !== 'waiting') throw new WalletError('request-gone');
    return job;
  };
  const refuse: DeviceSigning['refuse'] = (id, code) =>
    exclusively(async () => note({ ...(await waitingJob(id)), state: { kind: 'refused', code } }));

  /** The job of this purpose, new or known. */
  const enter = (what: AskedOfDevice): Promise<DeviceJob> =>
    exclusively(async () => {
      const known = await stored.read();
      if (known?.purpose === what.purpose) return known;
      if (known?.state.kind === 'waiting') throw new WalletError('busy');
      const job: DeviceJob = { ...what, id: toBase64url(random(ID_BYTES)), state: { kind: 'waiting' } };
      await stored.write(job);
      return job;
    });
  const begin = async (what: AskedOfDevice): Promise<DeviceJob> => {
    const job = await enter(what);
    if (job.state.kind === 'waiting' && (holders.get(job.id)?.size ?? 0) === 0) await show();
    changed();
    return job;
  };
  const ended = async (id: string): Promise<Hex> => {
    for (;;) {
      const woken = new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
      const job = await stored.read();
      if (job?.id !== id) throw new WalletError('device-page-closed');
      if (job.state.kind === 'signed') return job.state.answer;
      if (job.state.kind === 'refused') throw new WalletError(job.state.code);
      await woken;
    }
  };

  const signing: DeviceSigning = {
    job: stored.read,
    begin: async (what) => void (await begin(what)),
    sign: async (what) => ended((await begin(what)).id),
    deliver: (id, answer, use) =>
      exclusively(async () => {
        const job = await waitingJob(id);
        if (!(await isUnlocked())) throw new WalletError('locked');
        checkAnswer(job.work, answer, job.address);
        const result = await use(job);
        await note({ ...job, state: { kind: 'signed', answer } });
        return result;
      }),
    refuse,
    leave: (id) =>
      exclusively(async () => {
        const job = await stored.read();
        if (job?.id === id && job.state.kind !== 'waiting') await stored.remove();
        changed();
      }),
    hold: (id, holder) => {
      const held = holders.get(id) ?? new Set();
      holders.set(id, held.add(holder));
      holder.onClose(() => {
        held.delete(holder);
        if (held.size === 0) refuse(id, 'device-page-closed').catch(() => undefined);
      });
    },
    resume: async () => {
      const job = await stored.read();
      if (job?.state.kind === 'waiting' && !(await isShown())) await refuse(job.id, 'device-page-closed');
    },
  };
  return signing;
}
