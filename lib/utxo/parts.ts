/** Puts the parts together. */
import { type Book, createBook } from './book';
import type { UtxoDeps } from './deps';
import { createDeviceJobs, type DeviceJobs } from './device';
import { createDiscovery, type Discovery } from './discovery';
import { createFollowUp, type FollowUp } from './follow';
import { createHistory, type History } from './history';
import { createPsbts, type Psbts } from './psbt';
import { createQuotes, type Quotes } from './quotes';
import { createReaders } from './readers';
import { createSending, type Sending } from './sending';
import { createSentBook, type SentBook } from './sent';
import { createServers, type Servers } from './servers';
import { createSync, type Sync } from './sync';
import { createTips } from './tips';
import { createTransactions, type Transactions } from './transactions';
import { createVouch, type Vouch } from './vouch';

export interface UtxoParts {
  readonly deps: UtxoDeps;
  readonly servers: Servers;
  readonly book: Book;
  readonly sent: SentBook;
  readonly sync: Sync;
  readonly discovery: Discovery;
  readonly quotes: Quotes;
  readonly sending: Sending;
  readonly history: History;
  readonly transactions: Transactions;
  readonly psbts: Psbts;
  readonly jobs: DeviceJobs;
  readonly vouch: Vouch;
  /** Asks what became of what was sent. */
  readonly followUp: FollowUp;
}

export function createParts(deps: UtxoDeps): UtxoParts {
  const servers = createServers(deps);
  const book = createBook(deps);
  const sent = createSentBook(deps);
  const transactions = createTransactions(servers);
  const readers = createReaders(servers, transactions);
  const sync = createSync({ deps, book, servers, readers, sent, transactions });
  const discovery = createDiscovery({ deps, book, servers, readers, sync });
  const vouch = createVouch(deps, book);
  const quotes = createQuotes({ deps, book, servers, sync, sent, vouch });
  const sending = createSending({ deps, book, servers, sent, quotes });
  const history = createHistory({ book, readers, sent, sync, transactions, now: deps.now });
  const psbts = createPsbts({ book, sync, quotes, transactions, vouch });
  const jobs = createDeviceJobs({ deps, quotes, transactions });
  const followUp = createFollowUp({ deps, servers, sent, sending, sync, tips: createTips(deps, servers) });
  return {
    deps,
    servers,
    book,
    sent,
    sync,
    discovery,
    quotes,
    sending,
    history,
    transactions,
    psbts,
    jobs,
    vouch,
    followUp,
  };
}
