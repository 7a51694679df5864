/**
 * The closed list of things that can go wrong, and what the caller may do next.
 * A screen switches over the code; the words stand in `lib/i18n`.
 */

/** What may be done after an error: try the same thing again, ask the user for something else, update, or stop. */
export type NextStep = 'try-again' | 'wait' | 'ask-user' | 'sign-in' | 'update' | 'stop';

/** Every code, with what may be done next. Codes that reach another party's wire are marked in `lib/keyless/wire`. */
export const NEXT_STEP = {
  // sign-in
  'sign-in-cancelled': 'ask-user',
  'sign-in-failed': 'try-again',
  'sign-in-expired': 'sign-in',
  'other-account': 'ask-user',
  // parties
  offline: 'try-again',
  'identity-unreachable': 'try-again',
  'relay-unreachable': 'try-again',
  'vault-unreachable': 'try-again',
  'issuer-unreachable': 'try-again',
  'realms-unreachable': 'try-again',
  'too-many-requests': 'wait',
  'update-the-app': 'update',
  'servers-disagree': 'stop',
  'unsigned-status': 'stop',
  'party-misbehaved': 'stop',
  // life cycle of a backup
  'backup-exists': 'ask-user',
  'backup-not-found': 'ask-user',
  'reserved-elsewhere': 'wait',
  'slot-void': 'try-again',
  'deletion-pending': 'ask-user',
  'register-failed': 'try-again',
  'read-back-failed': 'try-again',
  // PIN
  'pin-weak': 'ask-user',
  'pin-wrong': 'ask-user',
  'pin-used-up': 'stop',
  'realms-empty': 'stop',
  'try-later': 'wait',
  'try-may-be-used': 'ask-user',
  // checks of a recovered backup, in their order (protocol section 5, Recover 6)
  'payload-mismatch': 'stop',
  'record-mismatch': 'stop',
  'share-malformed': 'stop',
  'commitment-mismatch': 'stop',
  'decrypt-failed': 'stop',
  'owner-mismatch': 'stop',
  'statement-invalid': 'stop',
  // this device
  locked: 'ask-user',
  'password-wrong': 'ask-user',
  'password-weak': 'ask-user',
  'password-later': 'wait',
  'passkey-cancelled': 'ask-user',
  'passkey-unsupported': 'ask-user',
  'passkey-wrong': 'ask-user',
  'wallet-exists': 'stop',
  'wallet-duplicate': 'ask-user',
  'device-unlock-needed': 'ask-user',
  'bad-phrase': 'ask-user',
  'bad-private-key': 'ask-user',
  'wallet-not-found': 'ask-user',
  'storage-failed': 'try-again',
  'keyring-damaged': 'stop',
  busy: 'wait',
  'bad-message': 'stop',
  // the browser stopped the background in the middle
  interrupted: 'try-again',
  // chains
  'bad-address': 'ask-user',
  'bad-amount': 'ask-user',
  'bad-contact': 'ask-user',
  'bad-fee': 'ask-user',
  'already-mined': 'ask-user',
  'insufficient-funds': 'ask-user',
  'bad-network': 'ask-user',
  'bad-token': 'ask-user',
  'bad-server': 'ask-user',
  'bad-account': 'ask-user',
  'bad-text': 'ask-user',
  'bad-psbt': 'ask-user',
  'bad-labels': 'ask-user',
  'labels-full': 'ask-user',
  'quote-expired': 'ask-user',
  'chain-unreachable': 'try-again',
  'transaction-refused': 'ask-user',
  // hardware wallets
  'device-not-chosen': 'ask-user',
  'device-no-bridge': 'ask-user',
  'device-no-suite': 'ask-user',
  'device-in-use': 'ask-user',
  'device-disconnected': 'try-again',
  'device-bootloader': 'ask-user',
  'device-empty': 'ask-user',
  'device-unsupported': 'ask-user',
  'device-cancelled': 'ask-user',
  'device-page-closed': 'ask-user',
  'device-pin-wrong': 'ask-user',
  'device-refused': 'ask-user',
  'device-wrong-wallet': 'ask-user',
  'device-silent': 'try-again',
  'device-garbled': 'try-again',
  'device-misbehaved': 'stop',
  // sites
  'request-gone': 'stop',
  'site-not-allowed': 'ask-user',
  // firmware files
  'bad-firmware': 'ask-user',
  // anything that nobody foresaw
  unexpected: 'try-again',
} as const satisfies Record<string, NextStep>;

export type ErrorCode = keyof typeof NEXT_STEP;

/** Facts that may stand beside a code: numbers and names, never secrets. */
export interface ErrorDetails {
  /** Tries left of the budget between two successes, 0 to 8. */
  readonly triesLeft?: number;
  /** When the next try or reservation is possible, ms since the epoch. */
  readonly nextAtMs?: number;
  /** The reason inside a code, for example which weakness a PIN has. */
  readonly reason?: string;
  /** Which party an error is about. */
  readonly party?: string;
  /** The address that an account has, and the one that a device gives for it. */
  readonly expectedAddress?: string;
  readonly actualAddress?: string;
  /** The chain that a node says it is of. */
  readonly chainId?: number;
  /** Which of several things of the same kind is meant, from 0. */
  readonly place?: number;
}

/** The one error class of the product. Its message is the code: nothing else can leak through it. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  get nextStep(): NextStep {
    return NEXT_STEP[this.code];
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(NEXT_STEP, value);
}

/** Any thrown value as a WalletError; what nobody foresaw becomes `unexpected`, without its text. */
export function asWalletError(error: unknown): WalletError {
  return error instanceof WalletError ? error : new WalletError('unexpected');
}
