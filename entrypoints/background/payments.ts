import type { Preferences } from '@/lib/bus/snapshot';
import { createActivity } from '@/lib/chains/activity';
import { createAddressBook } from '@/lib/chains/address-book';
import type { Balances } from '@/lib/chains/balances';
import { checkAddress } from '@/lib/chains/evm/address';
import { createIncoming } from '@/lib/chains/incoming';
import { createArrivalLook } from '@/lib/chains/look-for-arrivals';
import type { Networks } from '@/lib/chains/networks';
import { createNotices } from '@/lib/chains/notices';
import type { ChainRegistry } from '@/lib/chains/registry';
import { createSending, type SendingDeps } from '@/lib/chains/sending';
import type { Tokens } from '@/lib/chains/tokens';
import type { Cells } from './cells';
import { environment } from './environment';
import { showPayment } from './payment-notice';

export interface PaymentParts {
  readonly cells: Cells;
  readonly registry: ChainRegistry;
  readonly networks: Networks;
  readonly tokens: Tokens;
  readonly balances: Balances;
  readonly sign: SendingDeps['sign'];
  /** What the user has chosen and the browser allows. */
  readonly settings: () => Promise<Preferences>;
}

/** What is sent, what has arrived, and the people in between. */
export function openPayments({ cells, registry, networks, tokens, balances, sign, settings }: PaymentParts) {
  const { now, random } = environment;
  const chainOf = registry.get;
  const activity = createActivity(cells.activity, chainOf, now);
  const sending = createSending({ chainOf, activity, quote: cells.quote, sign, random, now });
  const contacts = createAddressBook(cells.addressBook, checkAddress);
  const arrivalsOf = async (chainId: number) => (await chainOf(chainId)).arrivals;
  const incoming = createIncoming({ stored: cells.incoming, chainOf: arrivalsOf, now });
  const tell = createNotices({
    activity,
    isWanted: async () => (await settings()).notifications,
    show: showPayment({ settings, networks, tokens }),
  });
  /** Asks what became of what is pending, and tells of what has come to an end. */
  const followUp = async () => {
    const pending = await activity.refresh();
    tell().catch(() => undefined);
    return pending;
  };

  const lookForArrivals = createArrivalLook({ activity, balances, tokens, incoming });
  return { activity, sending, contacts, incoming, lookForArrivals, followUp };
}
