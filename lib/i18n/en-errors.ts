/** One text for each code of the closed list: what happened, whether anything was lost, what to do. */

import type { ErrorDetails } from '@/lib/errors';
import { deviceErrors } from './en-device-errors';
import type { Format } from './format';
import type { ErrorText, ErrorTexts } from './language';
import { failsToStore } from './storing';

const NOTHING_LOST = 'Nothing is lost.';
const RETRY = 'Try again in a moment.';
const LEFT_BEHIND =
  'A passkey named Halfkey may be left in your authenticator. It opens nothing, you can remove it there.';

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

/** A backup that came back other than it was written: the true one may still be there. */
const TAMPERED = text(
  'The backup is not the one that you made',
  'It was not opened, and nothing was changed.',
  'Do not go on here. Another device where the wallet is unlocked still has everything.',
);

function nextMoment({ nextAtMs }: ErrorDetails, f: Format): string {
  return nextAtMs === undefined ? RETRY : `The next try comes at ${f.time(nextAtMs)}, ${f.day(nextAtMs)}.`;
}

function triesLeft({ triesLeft: left }: ErrorDetails, f: Format): string {
  return left === undefined
    ? 'That is not the PIN'
    : `That is not the PIN. ${f.plural(left, { one: `${f.Word(left)} try left`, other: `${f.Word(left)} tries left` })}`;
}

export const errors: ErrorTexts = {
  'sign-in-cancelled': text('Signing in was cancelled', NOTHING_LOST, 'Start again when you like.'),
  'sign-in-failed': text('Signing in did not work', NOTHING_LOST, 'Try again, or use another provider.'),
  'sign-in-expired': text('The sign-in has expired', 'Nothing is lost, and no try was used.', 'Sign in again.'),
  'other-account': text(
    'That is another account',
    NOTHING_LOST,
    'This device knows a wallet of a different account. Sign in with that one, or sign this device out first.',
  ),

  offline: text('No network', NOTHING_LOST, 'Try again when you are connected.'),
  'identity-unreachable': text('The sign-in provider does not answer', NOTHING_LOST, RETRY),
  'relay-unreachable': text('The sign-in relay does not answer', NOTHING_LOST, RETRY),
  'vault-unreachable': text('The vault does not answer', NOTHING_LOST, RETRY),
  'issuer-unreachable': text('The issuer does not answer', NOTHING_LOST, RETRY),
  'realms-unreachable': text('Too few realms answer', NOTHING_LOST, RETRY),
  'too-many-requests': (details, f) => ({
    title: 'That was too often',
    lost: NOTHING_LOST,
    next: nextMoment(details, f),
  }),
  'update-the-app': text(
    'This version is too old',
    NOTHING_LOST,
    'Your backup was made with a newer version. Update the extension, then go on.',
  ),
  'servers-disagree': text(
    'The servers do not agree',
    'No PIN was asked for, and no try was used.',
    'Vault and issuer say different things about your backup. Do not go on here before that is explained.',
  ),
  'unsigned-status': text(
    'The backup carries no signature of yours',
    'Your wallet on this device is not touched.',
    'Somebody may have replaced the backup. Send what you have to a new wallet if you cannot explain it.',
  ),
  'party-misbehaved': ({ party }) => ({
    title: party === undefined ? 'A server gave a wrong answer' : `The ${party} gave a wrong answer`,
    lost: 'It was refused. Nothing is lost.',
    next: 'Do not go on here before that is explained.',
  }),

  'backup-exists': text('There is a backup already', NOTHING_LOST, 'Recover it with your PIN.'),
  'backup-not-found': text(
    'There is no backup for this account',
    NOTHING_LOST,
    'Was it another account? Sign in with that one.',
  ),
  'reserved-elsewhere': (details, f) => ({
    title: 'Another device is creating a wallet',
    lost: NOTHING_LOST,
    next:
      details.nextAtMs === undefined
        ? 'Finish there, or try again in fifteen minutes.'
        : `Finish there, or try again after ${f.time(details.nextAtMs)}.`,
  }),
  'slot-void': text('This attempt is no longer valid', NOTHING_LOST, 'Try again with a new one.'),
  'deletion-pending': text(
    'This backup is about to be deleted',
    'It can still be recovered.',
    'Undo the deletion on a device that is unlocked.',
  ),
  'register-failed': text('The realms did not store their half', 'Nothing was created, so nothing is lost.', RETRY),
  'read-back-failed': text(
    'The backup could not be recovered',
    'We tried it before we relied on it, so nothing is lost.',
    'Try again.',
  ),

  'pin-weak': text('That PIN is too easy to guess', NOTHING_LOST, 'Choose another.'),
  'pin-wrong': (details, f) => ({ title: triesLeft(details, f), lost: NOTHING_LOST, next: 'Try another PIN.' }),
  'pin-used-up': text(
    'No tries left',
    'The realms have erased their half. This backup opens for nobody.',
    'A device where the wallet is still unlocked has everything. Send from there.',
  ),
  'realms-empty': text(
    'The realms hold no half of this backup',
    'Nothing was changed here, and no try was used.',
    'A device where the wallet is still unlocked has everything. Make a new backup there.',
  ),
  'try-later': (details, f) => ({
    title: 'Not yet',
    lost: 'Nothing is lost, and no try was used.',
    next: nextMoment(details, f),
  }),
  'try-may-be-used': text(
    'The answer got lost on the way',
    'One try may have been used. Nothing else is lost.',
    'Enter the PIN again.',
  ),

  'payload-mismatch': TAMPERED,
  'record-mismatch': TAMPERED,
  'share-malformed': TAMPERED,
  'commitment-mismatch': TAMPERED,
  'decrypt-failed': TAMPERED,
  'owner-mismatch': TAMPERED,
  'statement-invalid': TAMPERED,

  locked: text('The wallet is locked', NOTHING_LOST, 'Unlock it first.'),
  'password-wrong': text('That is not the password', NOTHING_LOST, 'Try again.'),
  'password-weak': text('That password is too short', NOTHING_LOST, 'Ten characters are the least.'),
  'password-later': (details, f) => ({
    title: 'Too many wrong passwords',
    lost: NOTHING_LOST,
    next: nextMoment(details, f),
  }),
  'passkey-cancelled': ({ reason }) => ({
    title: 'The passkey was not used',
    lost: NOTHING_LOST,
    next: reason === 'made' ? `${LEFT_BEHIND} Start again when you like.` : 'Try again when you like.',
  }),
  'passkey-unsupported': ({ reason }) => ({
    title: 'This passkey cannot open a wallet',
    lost: 'Nothing was kept here, and nothing is lost.',
    next: `It lacks what that takes (PRF).${reason === 'made' ? ` ${LEFT_BEHIND}` : ''} Use another one, or a password.`,
  }),
  'passkey-wrong': text(
    'That is not the passkey of this wallet',
    NOTHING_LOST,
    'Use the one that was set here, or the password.',
  ),
  'wallet-exists': text(
    'There is a wallet on this device already',
    NOTHING_LOST,
    'Unlock it, or sign this device out first.',
  ),
  'wallet-duplicate': text('You have this wallet here already', NOTHING_LOST, 'Look for it among your accounts.'),
  'device-unlock-needed': text(
    'This device needs a way to unlock first',
    NOTHING_LOST,
    'Choose a password or a passkey. What you add is then sealed with it.',
  ),
  'bad-phrase': text('These words are no recovery phrase', NOTHING_LOST, 'Compare them with what you wrote down.'),
  'bad-private-key': text('This is no private key', NOTHING_LOST, 'It has 64 digits, 0 to 9 and a to f.'),
  'wallet-not-found': text(
    'There is no wallet on this device',
    'Your backup is not touched.',
    'Sign in to recover it.',
  ),
  'storage-failed': ({ reason }) =>
    failsToStore(reason)
      ? { title: 'The browser could not store it', lost: NOTHING_LOST, next: 'Make room on the disk, then try again.' }
      : {
          title: 'What is stored on this device cannot be read',
          lost: 'A keyless backup is not touched.',
          next: 'Try again. If it stays so, sign out of this device and begin anew.',
        },
  'keyring-damaged': text(
    'What is stored on this device is damaged',
    'A keyless backup is not touched.',
    'Sign out of this device, by “Forgot it?” on the unlock page, then recover with your PIN. Phrases and keys come back only from your own copies.',
  ),
  busy: text('Something else is still running', NOTHING_LOST, RETRY),
  'bad-message': text(
    'The parts of the extension do not fit together',
    NOTHING_LOST,
    'Close the browser, open it again and update the extension.',
  ),

  'bad-address': text('That is not an address', 'Nothing was sent.', 'Copy the address again.'),
  'bad-amount': text('That is not an amount', 'Nothing was sent.', 'Type a number, for example 0.25.'),
  'bad-contact': text('That cannot be saved', NOTHING_LOST, 'Choose another name or address.'),
  'bad-network': text('That network cannot be used', NOTHING_LOST, 'Look at its node and its chain id again.'),
  'bad-token': text('That is not a token', NOTHING_LOST, 'Look at the address and the network again.'),
  'bad-server': text('That server cannot be used', NOTHING_LOST, 'Look at its address again, or pick another one.'),
  'bad-account': text('That account cannot be added', NOTHING_LOST, 'Use the account before it first.'),
  'bad-text': text('That text cannot be signed', NOTHING_LOST, 'Look at the text and the address again.'),
  'bad-labels': text(
    'Those labels cannot be read',
    'Nothing was changed.',
    'Ask for the file again where it was made.',
  ),
  'labels-full': text(
    'There is no room for more labels, or for more coins put aside',
    'Nothing was changed.',
    'Take away some that you no longer need, in any account of this currency. Then try again.',
  ),
  'bad-psbt': text('That file cannot be signed', NOTHING_LOST, 'Ask for it again where it was made.'),
  'bad-fee': text('That fee does not work', 'Nothing was sent.', 'Look at the numbers of the fee again.'),
  'already-mined': text(
    'It was mined meanwhile',
    'The first transaction counts, nothing more was sent.',
    'Look at the activity list.',
  ),
  'insufficient-funds': text(
    'That and the fee are more than you have',
    'Nothing was sent.',
    'Send less, or add to the account first.',
  ),
  'request-gone': text(
    'Nobody waits for this any more',
    'Nothing was signed. The site has left, or has been answered.',
    'Close this window.',
  ),
  'site-not-allowed': text(
    'Your browser does not let the wallet in there',
    'The site still sees Halfkey under its own name.',
    'Try again, and allow it where the browser asks.',
  ),
  'quote-expired': text(
    'That offer no longer holds',
    'Nothing was sent with it.',
    'Go back, and review the payment again.',
  ),
  'chain-unreachable': text('The network does not answer', NOTHING_LOST, RETRY),
  'transaction-refused': text('The network refused it', 'Nothing was sent.', 'Look at amount and fee, then try again.'),

  ...deviceErrors,

  interrupted: text('That was interrupted', NOTHING_LOST, 'The browser stopped us in the middle. Go on from here.'),
  unexpected: text('Something unforeseen happened', 'Your backup is not touched.', RETRY),
};
