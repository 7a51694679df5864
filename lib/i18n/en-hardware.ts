/** The English texts of hardware wallets: adding one, checking an address, signing. */
import type { Format } from './format';

export const hardwareMessages = {
  'hardware.usb': 'Connect by USB',
  'hardware.bridge': 'Connect by a bridge program',
  'hardware.suite': 'Connect a Trezor by Trezor Suite',
  'hardware.no-usb':
    'This browser reaches no USB devices. A bridge program may, if it answers this extension; Chrome and Chromium need none, and reach Trezors, too.',
  'hardware.working': 'Talking to the device',
  'hardware.prompt.pin': 'Enter the PIN on the device',
  'hardware.prompt.confirm': 'Confirm on the device',
  'hardware.prompt.passphrase': 'Enter the passphrase on the device',
  'hardware.prompt.suite': 'Go on in the tab of Trezor Suite',
  'hardware.passphrase.title': 'Which passphrase?',
  'hardware.passphrase.text':
    'Each one opens a wallet of its own, a wrong one too. Press nothing on the device meanwhile: that would choose the wallet without a passphrase.',
  'hardware.passphrase.field': 'Passphrase',
  'hardware.passphrase.hint': 'Left empty: the wallet without a passphrase. At most 50 bytes.',
  'hardware.passphrase.show': 'Show the passphrase',
  'hardware.passphrase.hide': 'Hide the passphrase',
  'hardware.passphrase.too-long': 'That is longer than 50 bytes.',
  'hardware.passphrase.use': 'Use this passphrase',
  'hardware.passphrase.on-device': 'Enter it on the device',

  'hardware.pin.title': 'The PIN, by its places',
  'hardware.pin.text':
    'The digits stand on the device’s screen, in another order each time. Press here where they stand there.',
  'hardware.pin.count': ({ count }: { count: number }, f: Format) =>
    f.plural(count, { one: 'one digit', other: `${f.number(count)} digits` }),
  'hardware.pin.erase': 'Erase the last digit',
  'hardware.pin.place': ({ row, column }: { row: number; column: number }, f: Format) =>
    `Row ${f.number(row)}, column ${f.number(column)}`,
  'hardware.pin.use': 'Use this PIN',

  'hardware.pair.title': 'Add a hardware wallet',
  'hardware.pair.lead': 'Its keys stay on it',
  'hardware.pair.text': 'Plug it in. This wallet learns addresses, and asks the device for every signature.',
  'hardware.accounts.title': 'Which accounts?',
  'hardware.accounts.text': 'The device shows each address before it is added.',
  'hardware.accounts.place': ({ place }: { place: number }, f: Format) => `Account ${f.number(place)} of the device`,
  'hardware.accounts.here': 'Here already',
  'hardware.accounts.more': 'Look at five more',
  'hardware.accounts.add': ({ count }: { count: number }, f: Format) =>
    f.plural(count, { one: 'Check and add one account', other: `Check and add ${f.word(count)} accounts` }),

  'hardware.compare': 'Compare with the device’s screen.',
  'hardware.compare.text': 'Confirm there only if both show the same.',
  'hardware.check.title': 'Check the address',
  'hardware.check.action': 'Check on the device',
  'hardware.check.text': 'A screen can be tricked into showing another address. The device shows the one that it has.',
  'hardware.check.same': 'Confirmed on the device.',
  'hardware.check.same.text': 'This is the address of the account.',

  'hardware.job.transaction': 'Sign a transaction',
  'hardware.job.message': 'Sign a message',
  'hardware.job.typed-data': 'Sign data',
  'hardware.job.account': 'Account',
  'hardware.job.to': 'To',
  'hardware.job.network': 'Network',
  'hardware.job.fee': 'Highest fee',
  'hardware.job.data': 'Data',
  'hardware.job.bytes': ({ count }: { count: number }, f: Format) =>
    f.plural(count, { one: 'one byte', other: `${f.number(count)} bytes` }),
  'hardware.job.new-contract': 'A new contract',
  'hardware.job.domain-hash': 'Domain hash',
  'hardware.job.message-hash': 'Message hash',
  'hardware.job.keep-open': 'Keep this page open until the device has confirmed. Closing it refuses.',
  'hardware.job.elsewhere': 'Your device is being asked',
  'hardware.job.elsewhere.text': 'It goes on in a tab. Keep that tab open until the device has confirmed.',
  'hardware.job.show': 'Show the tab',
  'hardware.job.signed': 'Signed',
  'hardware.job.signed.text': 'The device has confirmed, and the signature is that of your account.',
  'hardware.job.refused': 'Not signed',
};
