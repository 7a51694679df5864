/** The English texts of wallets and accounts: adding, naming, ordering, showing what was written down. */
import type { Format } from './format';

export const walletMessages = {
  'wallet.keyless': 'Keyless wallet',
  'wallet.keyless-of': ({ provider }: { provider: string }) => `Keyless, ${provider}`,
  'wallet.phrase': 'Recovery phrase',
  'wallet.private-key': 'Private key',
  'wallet.watch': 'Watched address',
  'wallet.hardware': 'OneKey',
  'wallet.trezor': 'Trezor',
  'wallet.numbered': ({ kind, place }: { kind: string; place: number }) => `${kind} ${place}`,

  'welcome.phrase': 'I have a recovery phrase',

  'home.watched': 'Watched only.',
  'home.watched.text': 'Its key is not here, so nothing can be sent from it.',

  'accounts.add-to': ({ wallet }: { wallet: string }) => `Add an account to ${wallet}`,
  'accounts.edit': ({ name }: { name: string }) => `Edit ${name}`,
  'accounts.add-wallet': 'Add a wallet',

  'account.title': 'Account',
  'account.picture': 'Picture',
  'account.picture-of': ({ place }: { place: number }) => `Picture ${place}`,
  'account.order': 'Order',
  'account.move-up': 'Move up',
  'account.move-down': 'Move down',
  'account.place': ({ place, count }: { place: number; count: number }, f: Format) =>
    `${f.number(place)} of ${f.number(count)}`,
  'account.saved': 'Saved',
  'account.wallet': 'Wallet',
  'account.wallet-name': 'Name of the wallet',
  'account.show-phrase': 'Show the recovery phrase',
  'account.show-key': 'Show the private key',
  'account.remove': 'Remove this wallet',
  'remove-wallet.title': ({ name }: { name: string }) => `Remove “${name}”?`,
  'remove-wallet.text.phrase':
    'Its words are erased from this device. Only somebody who has written them down can bring it back.',
  'remove-wallet.text.private-key':
    'The key is erased from this device. Only somebody who has a copy of it can bring it back.',
  'remove-wallet.text.watch': 'Nothing is lost: there is no key here. You can watch the address again at any time.',
  'remove-wallet.text.hardware': 'Nothing is lost: its keys are on the device. You can add it again at any time.',
  'remove-wallet.consent.phrase': 'I have written the words down',
  'remove-wallet.consent.private-key': 'I have a copy of the key',
  'remove-wallet.action': 'Remove',

  'add-wallet.title': 'Add a wallet',
  'add-wallet.first.title': 'Which wallet shall it be?',
  'add-wallet.first.text': 'This device is set up. What you add is sealed on it.',
  'add-wallet.bring': 'Bring one along',
  'add-wallet.new': 'Make a new one',
  'add-wallet.phrase': 'Recovery phrase',
  'add-wallet.phrase.detail': '12 to 24 words that you have written down',
  'add-wallet.key': 'Private key',
  'add-wallet.key.detail': '64 digits, one account',
  'add-wallet.hardware': 'Hardware wallet',
  'add-wallet.hardware.detail': 'A OneKey Mini or a Trezor: its keys stay on it',
  'add-wallet.watch': 'Watch an address',
  'add-wallet.watch.detail': 'See what is in it. Nothing can be sent',
  'add-wallet.new-phrase': 'New recovery phrase',
  'add-wallet.new-phrase.detail': '12 words to write down and keep',
  'add-wallet.keyless': 'Keyless wallet',
  'add-wallet.keyless.detail': 'Sign in and a PIN. Nothing to write down',
  'add-wallet.added': 'Wallet added',

  'unlock-first.title': 'First, a lock for this device',
  'unlock-first.text':
    'A phrase or a private key stays on this device, so it must be sealed: with a passkey or a password. A PIN alone keeps nothing here, and could not bring it back.',
  'unlock-first.action': 'Choose a lock',

  'add-keyless.title': 'Keyless wallet',
  'add-keyless.lead': 'A key in two halves',
  'add-keyless.text':
    'Neither half opens anything alone. Your sign-in and a PIN join them, on any device. Your other wallets stay as they are.',
  'add-keyless.why.title': 'Why not turn my phrase into one?',
  'add-keyless.why.text':
    'Words that were ever written down or typed may have been seen. A keyless wallet promises that its key never stood anywhere whole, so it always begins with a new one. Send to it what shall be kept there.',

  'phrase.word': ({ place }: { place: number }) => `Word ${place}`,
  'phrase.show-word': ({ place }: { place: number }) => `Show word ${place}`,

  'new-phrase.title': 'New recovery phrase',
  'new-phrase.before.title': 'Twelve words, on paper',
  'new-phrase.before.text': 'Whoever has these words has the wallet. Whoever loses them, and this device, has nothing.',
  'new-phrase.before.one': 'Take a pen, and nobody else in the room.',
  'new-phrase.before.two': 'Write the words in their order. No photograph, no file, no message to yourself.',
  'new-phrase.before.three': 'We ask for three of them afterwards. Until then there is no wallet.',
  'new-phrase.make': 'Show me the words',
  'new-phrase.words.title': 'Write these down',
  'new-phrase.words.text': 'In this order. They are not shown again unless you ask for them.',
  'new-phrase.written': 'I have written them down',
  'new-phrase.quiz.title': ({ place }: { place: number }) => `Which one is word ${place}?`,
  'new-phrase.quiz.text': ({ step, steps }: { step: number; steps: number }) =>
    `Question ${step} of ${steps}. Look at your paper.`,
  'new-phrase.quiz.wrong': ({ place }: { place: number }) =>
    `That is not word ${place}. Look at your paper again, or at the words.`,
  'new-phrase.quiz.again': 'See the words again',
  'new-phrase.adding': 'Sealing it',

  'import-phrase.title': 'Recovery phrase',
  'import-phrase.lead': 'Type your words',
  'import-phrase.text': 'In their order. You can paste them all into the first field.',
  'import-phrase.count': 'Number of words',
  'import-phrase.completions': 'Words that begin so',
  'import-phrase.add-passphrase': 'There is a passphrase, too',
  'import-phrase.passphrase': 'Passphrase',
  'import-phrase.passphrase.hint':
    'Only if you have chosen one with these words. Every other passphrase opens another wallet, and no message will tell.',
  'import-phrase.passphrase.long': 'That is too long. 256 characters are the most.',
  'import-phrase.action': 'Add this wallet',
  'import-phrase.adding': 'Adding it',
  'import-phrase.unknown': ({ place }: { place: number }) =>
    `Word ${place} is none of the 2,048 words. Look at it again.`,
  'import-phrase.unknown-near': ({ place, word }: { place: number; word: string }) =>
    `Word ${place} is none of the 2,048 words. Did you mean “${word}”?`,
  'import-phrase.length': ({ count }: { count: number }, f: Format) =>
    `${f.plural(count, { one: 'There is one word', other: `There are ${f.number(count)} words` })} so far. A phrase has 12, 15, 18, 21 or 24.`,
  'import-phrase.checksum':
    'Every word exists, but together they are no phrase. One is wrong, or two have changed places. Compare them with your paper.',
  'import-phrase.checksum-near':
    'Every word exists, but together they are no phrase. One of these changes would mend it. Compare with your paper.',
  'import-phrase.use': ({ place, word }: { place: number; word: string }) => `Word ${place} is “${word}”`,
  'import-phrase.swap': ({ place }: { place: number }) => `Exchange words ${place} and ${place + 1}`,

  'import-key.title': 'Private key',
  'import-key.lead': 'Type or paste the key',
  'import-key.text': '64 digits, 0 to 9 and a to f, perhaps with 0x before them.',
  'import-key.field': 'Private key',
  'import-key.show': 'Show the key',
  'import-key.hide': 'Hide the key',
  'import-key.action': 'Add this account',
  'import-key.digits': 'A private key has only the digits 0 to 9 and a to f. There is another character in it.',
  'import-key.too-short': 'That is too short for a private key. It has 64 digits.',
  'import-key.too-long': 'That is too long for a private key. It has 64 digits.',
  'import-key.range': 'These digits are no key: the number is zero, or larger than keys can be.',
  'import-key.address': 'That is an address. Everybody may know it; the key is another number.',

  'watch.title': 'Watch an address',
  'watch.lead': 'Which address?',
  'watch.text': 'You see what is in it. To send from it, its key is needed.',
  'watch.field': 'Address',
  'watch.action': 'Watch it',

  'duplicate.keyless': 'That is an account of your keyless wallet.',
  'duplicate.phrase': 'You have this wallet here already, by its recovery phrase.',
  'duplicate.private-key': 'You have this account here already, by its private key.',
  'duplicate.hardware': 'You have this account here already, by your hardware wallet.',
  'duplicate.watch': 'You watch this address already. Remove it there first, then add it with its key.',
  'duplicate.watch-again': 'You watch this address already.',

  'reveal.phrase.title': 'Recovery phrase',
  'reveal.key.title': 'Private key',
  'reveal.lead': 'Is it you?',
  'reveal.text.phrase': 'Whoever sees the words can take everything. Look around before you go on.',
  'reveal.text.key': 'Whoever sees the key can take everything. Look around before you go on.',
  'reveal.never': 'Nobody from Halfkey will ever ask for it.',
  'reveal.action': 'Go on',
  'reveal.opening': 'Opening',
  'reveal.passkey': 'Use your passkey',
  'reveal.words.text': 'Press a word to see it. One is shown at a time.',
  'reveal.passphrase': 'Passphrase',
  'reveal.show-passphrase': 'Show the passphrase',
  'reveal.show-key': 'Show the key',
  'reveal.hide': 'Hide it',
  'reveal.done': 'Done',
};
