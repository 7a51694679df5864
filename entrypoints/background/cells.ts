import { z } from 'zod';
import { networkDraft } from '@/lib/bus/networks';
import { sendDraft } from '@/lib/bus/send-draft';
import { type Preferences, somePreferences } from '@/lib/bus/snapshot';
import { activityRecord } from '@/lib/chains/activity';
import { addressBookRecord } from '@/lib/chains/address-book';
import { balanceRecord } from '@/lib/chains/balances';
import { incomingRecord } from '@/lib/chains/incoming';
import { networksRecord } from '@/lib/chains/networks';
import { quoteRecord } from '@/lib/chains/quote';
import { tokensRecord } from '@/lib/chains/tokens';
import { grantsRecord } from '@/lib/dapp/allowances/grants';
import { batchesRecord } from '@/lib/dapp/batches';
import { documentsRecord } from '@/lib/dapp/documents';
import { limitsRecord } from '@/lib/dapp/limits';
import { requestsRecord } from '@/lib/dapp/requests';
import { sitesRecord } from '@/lib/dapp/sites';
import { statusRecord } from '@/lib/keyless/backup/status';
import { flowRecord } from '@/lib/keyless/onboarding/flow';
import { reminderRecord } from '@/lib/keyless/pin/reminder';
import {
  attemptRecord,
  deviceRecord,
  foreignTriesRecord,
  journalRecord,
  ownRecoveriesRecord,
  secondSignInsRecord,
  sessionRecord,
  statusTokensRecord,
} from '@/lib/keyless/stored';
import { taskRecord } from '@/lib/keyless/upkeep/task';
import { openKeyring } from '@/lib/keyring/contents';
import { deviceJobRecord } from '@/lib/keyring/device-signing';
import { slowDownRecord } from '@/lib/keyring/slow-down';
import { profile } from '@/lib/keyring/wallets';
import { type Area, cell } from '@/lib/platform/storage';
import { pricesRecord } from '@/lib/prices/prices';
import { utxoBalances, utxoKept } from '@/lib/utxo/host/kept';

export const DEFAULT_SETTINGS: Preferences = {
  idleLockMinutes: 15,
  theme: 'system',
  language: 'system',
  hideAmounts: false,
  fiatCurrency: null,
  notifications: false,
  pinReminders: true,
};

/** Every key of both storage areas; `session` ends with the browser and is never on disk. */
export function openCells(local: Area, session: Area) {
  return {
    local,
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    device: cell(local, 'device', deviceRecord),
    journal: cell(local, 'journal', journalRecord),
    statusTokens: cell(local, 'statusTokens', statusTokensRecord),
    foreignTries: cell(local, 'foreignTries', foreignTriesRecord),
    reminder: cell(local, 'reminder', reminderRecord),
    drilledAt: cell(local, 'drilledAt', z.number()),
    drillOffer: cell(local, 'drillOffer', z.literal('ended')),
    status: cell(local, 'status', statusRecord),
    ownTryAt: cell(local, 'ownTryAt', z.number()),
    secondJournal: cell(local, 'secondJournal', journalRecord),
    secondSignIns: cell(local, 'secondSignIns', secondSignInsRecord),
    ownRecoveries: cell(local, 'ownRecoveries', ownRecoveriesRecord),
    signedOut: cell(local, 'signedOut', z.literal(true)),
    settings: cell(local, 'settings', somePreferences),
    slowDown: cell(local, 'slowDown', slowDownRecord),
    pinSlowDown: cell(local, 'pinSlowDown', slowDownRecord),
    activity: cell(local, 'activity', activityRecord),
    incoming: cell(local, 'incoming', incomingRecord),
    addressBook: cell(local, 'addressBook', addressBookRecord),
    networks: cell(local, 'networks', networksRecord),
    tokens: cell(local, 'tokens', tokensRecord),
    sites: cell(local, 'sites', sitesRecord),
    grants: cell(local, 'grants', grantsRecord),
    utxo: cell(local, 'utxo', utxoKept),
    batches: cell(local, 'batches', batchesRecord),
    requests: cell(session, 'requests', requestsRecord),
    documents: cell(session, 'documents', documentsRecord),
    siteLimits: cell(session, 'siteLimits', limitsRecord),
    sitesTold: cell(session, 'sitesTold', z.record(z.string(), z.string())),
    approvalWindow: cell(session, 'approvalWindow', z.int()),
    keyring: cell(session, 'keyring', openKeyring),
    attempt: cell(session, 'attempt', attemptRecord),
    session: cell(session, 'session', sessionRecord),
    secondSession: cell(session, 'secondSession', sessionRecord),
    secondStatusTokens: cell(session, 'secondStatusTokens', statusTokensRecord),
    secondSignedOut: cell(session, 'secondSignedOut', z.literal(true)),
    flow: cell(session, 'flow', flowRecord),
    task: cell(session, 'task', taskRecord),
    lastUse: cell(session, 'lastUse', z.number()),
    balances: cell(session, 'balances', balanceRecord),
    networkDraft: cell(session, 'networkDraft', networkDraft),
    sendDraft: cell(session, 'sendDraft', sendDraft),
    quote: cell(session, 'quote', quoteRecord),
    deviceJob: cell(session, 'deviceJob', deviceJobRecord),
    utxoBalances: cell(session, 'utxoBalances', utxoBalances),
    prices: cell(session, 'prices', pricesRecord),
  };
}
export type Cells = ReturnType<typeof openCells>;
