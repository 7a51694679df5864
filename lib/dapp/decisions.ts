/** What users decide about requests, and what comes of it. */
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { PartlySent } from './batches';
import { carryOut } from './carry-out';
import { type Answer, isOpen, type StoredRequest, type Work } from './requests';
import { RPC_CODE, RpcError, wireErrorOf } from './rpc-error';
import { allowedAccounts, seenAccounts } from './site-state';
import { tellStates } from './tell-states';
import type { DappDeps } from './types';

export interface Decisions {
  /** Notes what the user is shown of a request: only this can be confirmed. @throws WalletError `request-gone` */
  show(key: string, digest: string, work: Work): Promise<void>;
  /**
   * The user has said yes to what was shown.
   * @param accounts connect: those that the site may see
   * @throws WalletError `quote-expired` if something else is shown by now, or the nonce was used meanwhile;
   *   `request-gone`, also if the site may no longer ask; and whatever stood in the way of doing it, which the site is
   *   answered, too, unless calls of its batch are out
   */
  confirm(key: string, digest: string, accounts: readonly `0x${string}`[]): Promise<void>;
  reject(key: string): Promise<void>;
  /** Of one site, or all. */
  rejectAll(origin?: string): Promise<void>;
  /** Opens the window, if something is still to be decided. */
  ask(): Promise<void>;
  /** Drops requests that nobody waits for any more. */
  forget(gone: (request: StoredRequest) => boolean): Promise<void>;
  /** Posts the answer, if there is one and a line to post it by. It is kept until the page has it. */
  deliver(request: StoredRequest): void;
  /** What waited for nothing but an open wallet is answered, and what its site may no longer ask for is refused. */
  settleChanged(): Promise<void>;
  /** After a start: what was confirmed is done, what has lost its document or its window is over. */
  resume(): Promise<void>;
}

export function createDecisions(deps: DappDeps): Decisions {
  const { requests, documents, wallet, window, limits, changed } = deps;
  const oneByOne = inTurn();

  const deliver = ({ id, from, answer }: StoredRequest): void => {
    if (answer !== null) documents.post(from.documentId, { id, ...answer, kept: true });
  };
  const settle = async (key: string, answer: Answer): Promise<void> => {
    const settled = await requests.change(key, (before) => (before.answer === null ? { answer } : null));
    if (settled === null) return;
    // Before the answer: who is told of accounts has seen them change.
    await tellStates(deps);
    deliver(settled);
  };
  /** With nothing left to decide there is nothing left to show. */
  const closeIfDone = async (): Promise<void> => {
    if (!(await requests.list()).some(isOpen)) await window.close();
    changed();
  };
  const forget: Decisions['forget'] = async (gone) => {
    // What is confirmed is done also for a page that has left: the user has said so.
    await requests.remove((one) => gone(one) && (one.confirmed === null || one.answer !== null));
    await closeIfDone();
  };

  const finish = async (request: StoredRequest): Promise<void> => {
    try {
      await settle(request.key, { result: await carryOut(deps, request) });
    } catch (error) {
      // Confirmed is confirmed: it is done once the wallet is open again.
      if (error instanceof WalletError && error.code === 'locked') throw error;
      if (error instanceof PartlySent) {
        await settle(request.key, { result: error.answer });
        throw error.cause;
      }
      await settle(request.key, { error: wireErrorOf(error) });
      throw error;
    }
  };

  const reject = async (request: StoredRequest): Promise<void> => {
    await settle(request.key, { error: { code: RPC_CODE.rejected, message: 'The user has said no.' } });
  };
  const rejectThose = (meant: (request: StoredRequest) => boolean, whoseWill: 'user' | 'nobody') =>
    oneByOne(async () => {
      const open = (await requests.list()).filter((one) => isOpen(one) && meant(one));
      for (const one of open) await reject(one);
      const origins = whoseWill === 'user' ? new Set(open.map(({ from }) => from.origin)) : [];
      for (const origin of origins) await limits.countRejection(origin);
      await closeIfDone();
    });

  /** Its site was disconnected, or has given its accounts back. */
  const refuse = async ({ key }: StoredRequest): Promise<void> => {
    const { wire } = new RpcError('unauthorized', 'The site may no longer see this account.');
    await settle(key, { error: wire });
  };
  /** @returns whether there were any */
  const refuseForbidden = async (): Promise<boolean> => {
    const open = (await requests.list()).filter(isOpen);
    const allowed = await Promise.all(open.map((one) => isAllowed(deps, one)));
    const forbidden = open.filter((_, at) => !allowed[at]);
    for (const one of forbidden) await refuse(one);
    return forbidden.length > 0;
  };

  // In turn with what is decided: a window that nothing is left for does not open.
  const ask = () =>
    oneByOne(async () => {
      if ((await requests.list()).some(isOpen)) await window.show();
    });

  return {
    deliver,
    ask,
    forget,
    show: async (key, digest, work) => {
      const noted = await requests.change(key, (before) => (isOpen(before) ? { shown: { digest, work } } : null));
      if (noted === null) throw new WalletError('request-gone');
    },
    confirm: (key, digest, accounts) =>
      oneByOne(async () => {
        const request = await requests.find(key);
        if (request === null || !isOpen(request)) throw new WalletError('request-gone');
        const { shown } = request;
        if (shown === null || shown.digest !== digest) throw new WalletError('quote-expired');
        if (!(await wallet.isUnlocked())) throw new WalletError('locked');
        if (!(await isAllowed(deps, request))) {
          await refuse(request);
          await closeIfDone();
          throw new WalletError('request-gone');
        }
        await checkAccounts(deps, request, accounts);
        await checkNonce(deps, request, shown.work);
        const confirmed = { work: shown.work, accounts: [...accounts] };
        const noted = await requests.change(key, (now) =>
          isOpen(now) && now.shown?.digest === digest ? { confirmed } : null,
        );
        if (noted === null) throw new WalletError('request-gone');
        await finish(noted).finally(() => {
          // Nobody is left to be answered. After a start that is not known yet: pages come back one by one.
          if (!documents.isOpen(noted.from.documentId)) return requests.remove((one) => one.key === key);
        });
        await closeIfDone();
      }),
    reject: (key) => rejectThose((one) => one.key === key, 'user'),
    rejectAll: (origin) => rejectThose((one) => origin === undefined || one.from.origin === origin, 'user'),
    settleChanged: () =>
      oneByOne(async () => {
        if (await refuseForbidden()) await closeIfDone();
        if (!(await wallet.isUnlocked())) return;
        const all = await requests.list();
        const waiting = all.filter((one) => isOpen(one) && one.asked.kind === 'connect' && one.asked.how === 'unlock');
        for (const one of waiting) {
          const seen = await seenAccounts(deps, one.from.origin);
          if (seen.length > 0) await settle(one.key, { result: seen });
        }
        for (const one of all.filter(({ confirmed, answer }) => confirmed !== null && answer === null))
          await finish(one).catch(() => undefined);
        if (waiting.length > 0 || all.some(({ confirmed }) => confirmed !== null)) await closeIfDone();
      }),
    resume: async () => {
      const all = await requests.list();
      if (all.length === 0) return;
      await oneByOne(async () => {
        await refuseForbidden();
        for (const one of all.filter(({ confirmed, answer }) => confirmed !== null && answer === null))
          await finish(one).catch(() => undefined);
      });
      const there = await Promise.all(all.map(({ from }) => documents.isThere(from)));
      await forget((one) => all.some(({ key }, at) => key === one.key && !there[at]));
      const open = (await requests.list()).filter(isOpen);
      if (open.length === 0) return;
      // It was closed while nobody listened: the user has decided. Where it never opened it opens now.
      if (await window.wasClosed()) await rejectThose((one) => open.some(({ key }) => key === one.key), 'user');
      else await ask();
    },
  };
}

/** Whether the site was given what it asks with. A connection is what gives it; whoever waits for a lock has it. */
async function isAllowed(deps: DappDeps, { asked, from }: StoredRequest): Promise<boolean> {
  const isUnlock = asked.kind === 'connect' && asked.how === 'unlock';
  if (!('account' in asked) && !isUnlock) return true;
  const allowed = await allowedAccounts(deps, from.origin);
  return 'account' in asked ? allowed.some(({ address }) => address === asked.account) : allowed.length > 0;
}

/** A connection shows accounts that are there, at least one. @throws WalletError `bad-message` */
async function checkAccounts(
  { wallet }: DappDeps,
  { asked }: StoredRequest,
  chosen: readonly `0x${string}`[],
): Promise<void> {
  const own = new Set((await wallet.accounts()).map(({ address }) => address));
  const isRight =
    asked.kind === 'connect' ? chosen.length > 0 && chosen.every((one) => own.has(one)) : chosen.length === 0;
  if (!isRight) throw new WalletError('bad-message', { reason: 'accounts' });
}

/** What was sent since it was shown has taken the nonce; one that was taken on purpose replaces. */
async function checkNonce({ wallet }: DappDeps, { asked }: StoredRequest, work: Work): Promise<void> {
  if (work.kind !== 'transactions' || asked.kind !== 'transaction') return;
  const [first] = work.transactions;
  if (first === undefined || work.nonceChosen) return;
  if ((await wallet.nextNonce(first.chainId, asked.account)) > first.nonce) throw new WalletError('quote-expired');
}
