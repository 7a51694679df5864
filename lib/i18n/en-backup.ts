/** The English texts of the backup page and of what is done with a backup that stands. */
import type { Format } from './format';

export const backupMessages = {
  'backup.title': 'Backup',
  'backup.verified': 'Checked for real',
  'backup.verified.text': ({ atMs }: { atMs: number }, f: Format) => `Recovered once, ${f.innerMoment(atMs)}`,
  'backup.made': 'Made',
  'backup.account': 'Sign-in',
  'backup.who-holds-what': 'Who holds what',
  'backup.change-pin': 'Change PIN',

  'task.not-begun': 'Nothing has begun yet',
  'task.not-begun.text': 'Your backup is as it was.',
  'task.may-be-done': 'We do not know whether it is done',
  'task.may-be-done.text': 'Sign in again to find out. What is done already stays done.',
  'task.sign-in-again': 'Sign in again',
  'task.leave': 'Back to the wallet',

  'pin-reset.prove': ({ provider }: { provider: string }) =>
    `The old PIN is not needed. This device has to know you, and ${provider} too: its window opens next.`,
  'pin-reset.choose': 'Choose a new PIN',
  'pin-reset.action': 'Change PIN',
  'pin-reset.title.making-key': 'Making a new lock',
  'pin-reset.title.storing-realms': 'Storing one half',
  'pin-reset.title.storing-vault': 'Storing the other half',
  'pin-reset.title.checking': 'Checking that the new PIN opens it',
  'pin-reset.step.making-key': 'A new lock for the same wallet',
  'pin-reset.step.making-key.detail': 'Your accounts stay as they are',
  'pin-reset.step.storing-realms': 'One half with the realms',
  'pin-reset.step.storing-realms.detail': 'Under the new PIN, in a new place',
  'pin-reset.step.storing-vault': 'The other half with the vault',
  'pin-reset.step.storing-vault.detail': 'The old backup stays good until then',
  'pin-reset.step.checking': 'Check, then change over',
  'pin-reset.step.checking.detail': 'We try it for real before the old one goes',
  'pin-reset.counts.old': 'Your old PIN still counts. The new one opens nothing.',
  'pin-reset.counts.either': 'We do not know yet which PIN counts. Keep both in mind until you have found out.',
  'pin-reset.counts.other':
    'Another device has changed the PIN at the same time. The one that was chosen there counts.',
  'pin-reset.find-out': 'Find out',
  'pin-reset.done': 'The PIN is changed',
  'pin-reset.done.text': 'The new one has opened your backup once. The old one opens nothing any more.',
  'pin-reset.done.others': 'Your other devices stay unlocked, and are told.',

  'backup.made.detail': ({ atMs, generation }: { atMs: number; generation: number }, f: Format) =>
    `${f.moment(atMs)}, generation ${f.number(generation)}`,
  'backup.pin-due': 'Your PIN is asked for',
  'backup.pin-due.row': 'Do you still know your PIN?',
  'backup.pin-confirmed': 'PIN confirmed',
  'backup.pin.detail': ({ confirmedAtMs, dueAtMs }: { confirmedAtMs: number; dueAtMs: number }, f: Format) =>
    `${f.moment(confirmedAtMs)}, next on ${f.shortDay(dueAtMs)}`,
  'backup.guesses': 'Eight wrong PINs end this backup. Somebody who asks the realms one by one has at most twelve.',
  'backup.practise': 'Practise',

  'general.pin-reminders': 'PIN reminders',
  'general.pin-reminders.detail': 'The switch turns only the notice off: the question stays on home',
  'home.ask-pin': 'Do you still know your PIN?',
  'home.ask-pin.text': 'Type it once, so that you do not forget it. It uses no try.',
  'home.ask-pin.action': 'Type it',
  'home.ask-practice': 'Practise a recovery once.',
  'home.ask-practice.text': 'Best on a second device. Then you know that it works before you need it.',

  'pin-check.title': 'Your PIN',
  'pin-check.question': 'Do you still know it?',
  'pin-check.text': 'This device checks it by itself. No try is used.',
  'pin-check.wrong': 'That is not the PIN. No try was used: this device checked it by itself.',
  'pin-check.action': 'Check',
  'pin-check.reset': 'Choose a new PIN instead',
  'pin-check.right': 'That is it',
  'pin-check.right.text': ({ nextAtMs }: { nextAtMs: number }, f: Format) =>
    `We ask again on ${f.day(nextAtMs)}. The better you know it, the more rarely.`,
  'pin-check.long-away': 'It has been a while',
  'pin-check.long-away.text':
    'Another device may have changed the PIN meanwhile. So this time we try a real recovery: a sign-in, and one try that comes back.',

  'practice.title': 'Practice',
  'practice.begin': 'Sign in and begin',
  'practice.offer': 'Practise a recovery',
  'practice.offer.text': 'Nothing is changed by it. It uses one try, which the right PIN gives back.',
  'practice.never': 'Not done yet',
  'practice.last': ({ when }: { when: string }) => `Last done on ${when}`,
  'practice.on-second': 'On a second device',
  'practice.on-second.detail': 'Where it would matter. Both show the same code.',
  'practice.here': 'On this device',
  'practice.here.detail': 'In memory, compared, and wiped again',
  'practice.pin': 'As on a new device. What comes back is compared and wiped.',
  'practice.action': 'Practise',
  'practice.works': 'It works',
  'practice.works.text': 'We recovered your wallet for real, compared it, and wiped it again. Nothing has changed.',
  'practice.sign-in': 'Sign-in',
  'practice.servers': 'Servers',
  'practice.servers.detail': ({ generation }: { generation: number }, f: Format) =>
    `agree, generation ${f.number(generation)}`,
  'practice.pin-right': ({ failedTries }: { failedTries: number }, f: Format) =>
    failedTries === 0
      ? 'right the first time'
      : f.plural(failedTries, {
          one: `right after ${f.word(failedTries)} wrong one`,
          other: `right after ${f.word(failedTries)} wrong ones`,
        }),
  'practice.realms.detail': ({ count }: { count: number }, f: Format) => `${f.word(count)} answered`,
  'practice.record': 'Record',
  'practice.record.detail': 'whole, from the vault',
  'practice.same': 'Same wallet',
  'practice.seconds': ({ seconds }: { seconds: string }) => `${seconds} s`,
  'practice.second': 'Recover on the second device',
  'practice.second.text': ({ provider }: { provider: string }) =>
    `Open Halfkey there, continue with ${provider}, type your PIN. Then compare the code.`,
  'practice.code': 'The code of this wallet',
  'practice.where': 'There it stands under Settings, Backup, Practise, On a second device.',
  'practice.same-code': 'Both show the same',
  'practice.other-code': 'They differ',
  'practice.look-again': 'Look again',
  'practice.differs': 'Do not use the wallet on the other device.',
  'practice.differs.text':
    'It is another wallet. Did you sign in with another account there? If not, somebody may have come between. This one is as it was.',

  'backup.look': 'Look at this',
  'backup.asking': 'Asking the servers',
  'backup.servers': 'Who answers',
  'backup.as-of': ({ atMs }: { atMs: number }, f: Format) => f.moment(atMs),
  'backup.issuer': 'The issuer',
  'backup.party.up': 'Answers, and agrees with what this device knows',
  'backup.party.down': 'Does not answer just now',
  'backup.party.expired': 'Wants you to sign in again: change the PIN or practise once',
  'backup.realms': ({ up, of }: { up: number; of: number }, f: Format) => `${f.Word(up)} of ${f.word(of)} realms up`,
  'backup.realms.down': ({ hosts }: { hosts: string }) => `No answer from ${hosts}`,
  'backup.activity': 'What happened',
  'backup.event.device-signed-in': 'A new device signed in',
  'backup.event.device-signed-out': 'A device was signed out',
  'backup.event.try-granted': 'A PIN was tried',
  'backup.event.recovered': 'The right PIN opened it',
  'backup.event.activated': 'The backup was made, or its PIN changed',
  'backup.event.ordered': 'Its deletion was ordered',
  'backup.event.undone': 'The deletion was taken back',
  'backup.event.erased': 'The backup was deleted',

  'backup.devices': 'Devices with a session',
  'backup.devices.this': 'This device',
  'backup.devices.seen': ({ atMs }: { atMs: number }, f: Format) => `Last seen ${f.innerMoment(atMs)}`,

  'start-over.title': 'Start over',
  'start-over.forgot': 'Forgot your PIN?',
  'start-over.lead': 'Make room for a new wallet',
  'start-over.text':
    'Nobody can tell or change your PIN without a device that has the wallet. What is left is to let the old backup go: this account can then have a new wallet. The old one does not come back by it.',
  'start-over.only': 'Only once no try is left.',
  'start-over.only.text':
    'The realms are asked whether the backup has any tries left. As long as it does, keep trying: wrong PINs are slowed down, eight of them take about three days.',
  'start-over.days': 'It takes seven days.',
  'start-over.days.text': 'Every device that has the wallet is told, and any of them can object. Then nothing happens.',
  'start-over.consent': 'I understand that the old wallet does not come back by this',
  'start-over.action': 'Start over in seven days',
  'start-over.asking': 'Asking the realms',
  'start-over.asking.text': 'Whether any try is left. This uses none.',
  'start-over.ordered': 'The old backup is on its way out',
  'start-over.ordered.text': ({ deadlineMs }: { deadlineMs: number }, f: Format) =>
    `No PIN opens it any more. After ${f.day(deadlineMs)}, ${f.time(deadlineMs)} sign in again, and make a new wallet.`,
  'start-over.object': 'Is there still a device with the wallet?',
  'start-over.object.text': 'Open it there: it can object, and choose a new PIN.',

  'second.title': 'Another sign-in',
  'second.none': 'In case you lose the first account',
  'second.made': ({ providers }: { providers: string }) => `Also with ${providers}`,
  'second.lead': 'A second way back to the same wallet',
  'second.text':
    'Accounts get lost. With a second one, and a PIN of its own, this wallet comes back without the first.',
  'second.budgets': 'Two sign-ins are two times the tries.',
  'second.budgets.text':
    'Whoever gets into either account has its tries: at most twelve each. Choose a PIN that is as hard to guess as the first.',
  'second.apart': 'Each has a PIN of its own.',
  'second.apart.text':
    'A change of one PIN changes nothing for the other. This device looks after the first sign-in only; to look after the second, recover with it somewhere.',
  'second.prove': ({ provider }: { provider: string }) =>
    `This device has to know you. Then the window of ${provider} opens: sign in there with the other account.`,
  'second.choose': 'A PIN for this sign-in',
  'second.action': 'Back up',
  'second.first-stays': 'Your first backup is not touched.',
  'second.done': 'There are two ways back now',
  'second.done.text': ({ provider }: { provider: string }) =>
    `With ${provider} and the PIN that you just chose, the same wallet comes back.`,

  'prove.pin': 'So that nobody else does this at an open browser. This device checks it by itself, and no try is used.',

  'sign-out-device.title': 'Sign a device out',
  'sign-out-device.text': 'Its session at the servers ends. It is told, and it does not sign in again by itself.',
  'sign-out-device.keeps': 'A device that holds the wallet keeps it.',
  'sign-out-device.keeps.text':
    'Nobody can take the key back from afar. If the device is in strange hands, send what you own to a new wallet.',
  'sign-out-device.back': ({ provider }: { provider: string }) =>
    `Whoever can sign in with ${provider} can come back as a new device.`,
  'sign-out-device.back.text': 'You would see it in this list. Sign that device out of your account there, too.',
  'sign-out-device.action': 'Sign it out',
  'sign-out-device.prove': ({ provider }: { provider: string }) =>
    `This device has to know you, and ${provider} too: its window opens next.`,
  'sign-out-device.done': ({ name }: { name: string }) => `${name} is signed out`,
  'sign-out-device.done.text': 'Its session has ended at both servers. It is told the next time it asks.',

  'recover.wrong-tries': ({ count }: { count: number }, f: Format) =>
    f.plural(count, {
      one: `${f.Word(count)} wrong try since you were last here.`,
      other: `${f.Word(count)} wrong tries since you were last here.`,
    }),
  'recover.wrong-tries.text': ({ lastAtMs }: { lastAtMs: number | null }, f: Format) =>
    lastAtMs === null
      ? 'If that was not you, change the PIN once you are in.'
      : `The last one: ${f.innerMoment(lastAtMs)}. If that was not you, change the PIN once you are in.`,

  'home.signed-out': 'This device was signed out.',
  'home.signed-out.text':
    'Another device of yours did it. The wallet stays here. To look after the backup from here, sign in again: change the PIN or practise once.',
  'home.recovered': 'The wallet was recovered on another device.',
  'home.recovered.text': ({ atMs, deviceName }: { atMs: number; deviceName: string | null }, f: Format) =>
    deviceName === null
      ? `${f.moment(atMs)}. If that was not you, somebody else has your wallet: send what you own to a new one.`
      : `${deviceName}, ${f.innerMoment(atMs)}. If that was not you, somebody else has your wallet: send what you own to a new one.`,

  'home.alarm.action': 'What does that mean',
  'home.deletion': 'Your backup is about to be deleted.',
  'home.deletion.text': ({ deadlineMs }: { deadlineMs: number }, f: Format) =>
    `It can be undone until ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. Until then it still recovers.`,
  'home.deletion.action': 'Undo',
  'home.start-over': 'Somebody wants to start over with your account.',
  'home.start-over.text': ({ deadlineMs }: { deadlineMs: number }, f: Format) =>
    `If nobody objects, your backup goes on ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. This device can object.`,
  'home.start-over.action': 'Object',
  'home.backup-gone': 'This wallet has no backup.',
  'home.backup-gone.text': 'It was deleted. The wallet is on this device only, until you make a new one.',
  'home.backup-gone.action': 'Make a new one',
  'home.pin-changed': 'The PIN was changed on another device.',
  'home.pin-changed.text': ({ atMs, deviceName }: { atMs: number; deviceName: string | null }, f: Format) =>
    deviceName === null
      ? `${f.moment(atMs)}. If that was not you, change it again.`
      : `${deviceName}, ${f.innerMoment(atMs)}. If that was not you, change it again.`,
  'home.pin-changed.action': 'See the backup',
  'home.pin-changed.noted': 'That was me',

  'delete.title': 'Delete this backup',
  'delete.lead': 'Without a backup, this device is all there is',
  'delete.text': 'Nobody can recover the wallet then, not with the PIN either. The wallet on this device stays.',
  'delete.export': 'Write the wallet down first',
  'delete.export.detail': 'Twenty-four words that open it in any wallet',
  'delete.no-export':
    'Set a password or a passkey first. With “PIN every time” the wallet would be gone with its backup.',
  'delete.undo': 'You have 72 hours to change your mind.',
  'delete.undo.text': 'Until then the backup recovers as before. Afterwards nothing brings it back.',
  'delete.remains':
    'What the servers keep: the number of the last backup, a hash of it, when it was deleted, and the realms’ log of tries.',
  'delete.consent': 'I understand that nobody can bring it back',
  'delete.go-on': 'Go on',
  'delete.prove': ({ provider }: { provider: string }) =>
    `This device has to know you, and ${provider} too: its window opens next. Then we ask for the PIN.`,
  'delete.pin': 'Nothing is deleted for 72 hours.',
  'delete.action': 'Delete in 72 hours',
  'delete.ordering': 'Telling the vault',
  'delete.ordering.text': 'Nothing is deleted for 72 hours.',
  'delete.ordered': 'It will be deleted',
  'delete.ordered.text': ({ deadlineMs }: { deadlineMs: number }, f: Format) =>
    `On ${f.day(deadlineMs)}, ${f.time(deadlineMs)}. Until then you can undo it on any device that is unlocked.`,
  'delete.ordered.where': 'You find “Undo” on the first page of the wallet.',
  'delete.withdrawn': 'Your backup stays',
  'delete.withdrawn.text': 'Nothing was deleted. It recovers as before.',
};
