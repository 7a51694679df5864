/** The English texts of what sites ask for. */
import type { Format } from './format';

/** Facts of a risk in words; empty where a risk has none. */
export interface RiskWords {
  readonly amount: string;
  readonly symbol: string;
  readonly held: string;
  readonly who: string;
  readonly name: string;
  readonly chain: string;
  readonly until: string;
}

export const approvalMessages = {
  'approval.embedded': ({ site, top }: { site: string; top: string }) => `${site} inside ${top}`,
  'approval.embedded.somewhere': ({ site }: { site: string }) => `${site} inside another page`,
  'approval.asks': 'asks',
  'approval.queue': ({ place, total }: { place: number; total: number }, f: Format) =>
    `${f.number(place)} of ${f.number(total)}`,
  'approval.reject': 'Reject',
  'approval.reject-all': 'Reject all',
  'approval.close': 'Close',
  'approval.signing': 'Signing',
  'approval.working': 'One moment',
  'approval.account': ({ name }: { name: string }) => `With the account ${name}`,
  'approval.changes': 'What changes in your wallet',
  'approval.gives': 'You give',
  'approval.gets': 'You get',
  'approval.tried': 'Tried out just now on a copy of the network.',
  'approval.no-changes': 'Nothing that you hold changes.',
  'approval.unknown.runs': 'It would not fail, and your node tells no more than that.',
  'approval.unknown.untold': 'Your node did not answer when it was asked to try it out.',
  'approval.more-changes': ({ count }: { count: number }, f: Format) =>
    `More changes: ${f.number(count)}. They do not fit here.`,
  'approval.also-allows': ({ who, amount }: { who: string; amount: string }) =>
    `May take something afterwards: ${who}. How much: ${amount}`,
  'approval.also-collection': ({ who, collection }: { who: string; collection: string }) =>
    `${who} may take everything of ${collection} afterwards`,
  'approval.more-rights': ({ count }: { count: number }, f: Format) =>
    `More rights: ${f.number(count)}. They do not fit here.`,
  'approval.amount.unlimited': ({ symbol }: { symbol: string }) => `All your ${symbol}, no limit`,
  'approval.amount.at-least': ({ amount }: { amount: string }) => `At least ${amount}`,
  'approval.amount.at-most': ({ amount }: { amount: string }) => `At most ${amount}`,
  'approval.amount.one': ({ symbol, id }: { symbol: string; id: string }) => `${symbol} no. ${id}`,
  'approval.amount.any': ({ symbol }: { symbol: string }) => `Any of ${symbol}`,
  'approval.amount.raw': ({ units, symbol }: { units: string; symbol: string }) =>
    `${units} of the smallest unit of ${symbol}`,
  'approval.unknown-token': 'an unknown token',
  'approval.domain': 'For',
  'approval.goes-to': 'Goes to',
  'approval.comes-from': 'Comes from',
  'approval.spender': 'Who may take it',
  'approval.how-much': 'How much',
  'approval.you-hold': 'You hold',
  'approval.until': 'Until',
  'approval.never-ends': 'It never ends',
  'approval.use-by': 'Can be used until',
  'approval.right-itself': 'The right itself',
  'approval.left-out': ({ count }: { count: number }, f: Format) => `Left out here: ${f.number(count)}`,
  'approval.known': 'Known',
  'approval.own': 'Yours',
  'approval.contract': 'Contract',
  'approval.contact-new': 'New',
  'approval.function': 'Function',
  'approval.raw': 'Raw details',
  'approval.raw.to': 'To',
  'approval.raw.value': 'Value, smallest unit',
  'approval.raw.data': 'Data',
  'approval.raw.access-list': 'Access list',
  'approval.raw.calls': 'All other calls',
  'approval.raw.nonce': 'Number in the account',
  'approval.raw.gas': 'Units of gas',
  'approval.raw.message': 'Message',
  'approval.raw.hex': 'Bytes',
  'approval.raw.typed-data': 'Typed data',
  'approval.raw.digest': 'Digest',
  'approval.raw.method': 'Method',
  'approval.raw.function': 'Function',
  'approval.cut': ({ count }: { count: number }, f: Format) => `Characters left out: ${f.number(count)}`,
  'approval.rows-more': ({ count }: { count: number }, f: Format) => `Lines left out: ${f.number(count)}`,
  'approval.text': 'What you would sign',
  'approval.on-device': 'On your device',
  'approval.on-device.text':
    'It shows the text above, or these two hashes in its place. Confirm there only if they are the same.',
  'approval.bytes': 'These bytes are no text',
  'approval.fees.too-little': ({ symbol }: { symbol: string }) => `There is not enough ${symbol} for it and its fee.`,
  'approval.fees.site': 'The site chose the fee. It stays as it is until you choose.',
  'approval.allowance': 'How much may it spend?',
  'approval.allowance.held': 'What you hold now',
  'approval.allowance.none': 'No limit',
  'approval.allowance.asked': 'What the site asked for',
  'approval.allowance.safer': 'Safer',
  'approval.call-of': ({ place, total }: { place: number; total: number }, f: Format) =>
    `Step ${f.number(place)} of ${f.number(total)}`,
  'approval.calls-more': ({ count }: { count: number }, f: Format) => `Steps left out: ${f.number(count)}`,
  'approval.consent': 'I know that I can lose what I hold',
  'approval.sign-anyway': 'Sign anyway',
  'approval.title.send': ({ what }: { what: string }) => `Send ${what}`,
  'approval.title.take': ({ what }: { what: string }) => `Move ${what} of somebody else`,
  'approval.title.allow': ({ what }: { what: string }) => `Let this site spend your ${what}`,
  'approval.action.allow': ({ what }: { what: string }) => `Allow ${what}`,
  'approval.action.allow-all': 'Allow no limit',
  'approval.title.allow-one': ({ what }: { what: string }) => `Let somebody take ${what}`,
  'approval.title.allow-ended': ({ what }: { what: string }) => `End a right to spend your ${what}`,
  'approval.action.allow-ended': 'End the right',
  'approval.title.allow-collection': ({ what }: { what: string }) => `Give away control of all your ${what}`,
  'approval.action.allow-collection': 'Allow all of it',
  'approval.title.wrap': ({ what }: { what: string }) => `Wrap ${what}`,
  'approval.title.unwrap': ({ what }: { what: string }) => `Unwrap ${what}`,
  'approval.title.swap': ({ give, get }: { give: string; get: string }) => `Swap ${give} for ${get}`,
  'approval.action.swap': ({ give }: { give: string }) => `Swap ${give}`,
  'approval.title.deploy': 'Put a new contract on the network',
  'approval.action.deploy': 'Put it there',
  'approval.title.call': 'Use a contract',
  'approval.action.call': 'Send to the contract',
  'approval.action.call-paying': ({ what }: { what: string }) => `Send ${what} along`,
  'approval.action.described': 'Do it',
  'approval.described': 'In the words of the contract’s makers',
  'approval.title.batch': ({ count }: { count: number }, f: Format) =>
    `Do ${f.number(count)} things, one after the other`,
  'approval.action.batch': 'Do all of it',
  'approval.title.permit': ({ what }: { what: string }) => `Sign away ${what}`,
  'approval.title.permit-unlimited': ({ what }: { what: string }) => `Sign away control of your ${what}`,
  'approval.title.order': ({ what }: { what: string }) => `Offer ${what} for sale`,
  'approval.title.order-unreadable': 'Sign an offer that cannot be read',
  'approval.action.order': 'Sign the offer',
  'approval.title.typed': ({ what }: { what: string }) => `Sign data for ${what}`,
  'approval.title.typed-nameless': 'Sign data',
  'approval.title.message': 'Sign a message',
  'approval.action.sign': 'Sign',
  'approval.title.sign-in': ({ what }: { what: string }) => `Sign in to ${what}`,
  'approval.action.sign-in': 'Sign in',
  'approval.title.connect': 'Show this site your accounts',
  'approval.connect.text':
    'It sees addresses and what they hold, and may ask you to sign. It can take nothing by that.',
  'approval.connect.which': 'Which accounts',
  'approval.connect.none': 'There is no account yet. Make a wallet first.',
  'approval.action.connect': ({ count }: { count: number }, f: Format) =>
    `Connect ${f.number(count)} ${f.plural(count, { one: 'account', other: 'accounts' })}`,
  'approval.title.watch': ({ what }: { what: string }) => `Show ${what} in your wallet`,
  'approval.watch.text': 'It is only shown. Nothing is sent, and the site gets no right.',
  'approval.watch.claimed': ({ name, symbol }: { name: string; symbol: string }) =>
    `The site calls it ${name}. Its contract says ${symbol}.`,
  'approval.watch.contract': 'Its contract',
  'approval.action.watch': 'Show it',
  'approval.title.add-chain': ({ what }: { what: string }) => `Add the network ${what}`,
  'approval.add-chain.text':
    'The site names the node. Whoever runs it sees your addresses, and could tell untrue balances.',
  'approval.add-chain.node': 'Node',
  'approval.add-chain.id': 'Chain id',
  'approval.add-chain.symbol': 'Unit',
  'approval.add-chain.explorer': 'Explorer',
  'approval.action.add-chain': 'Add it',
  'approval.title.switch-chain': ({ what }: { what: string }) => `Go on with ${what}`,
  'approval.switch-chain.text': ({ what, from }: { what: string; from: string }) =>
    `From now on this site works on ${what} instead of ${from}.`,
  'approval.action.switch-chain': ({ what }: { what: string }) => `Use ${what}`,
  'approval.sign-in.statement': 'It says',
  'approval.sign-in.domain': 'Site',
  'approval.sign-in.account': 'Account',
  'approval.sign-in.uri': 'Page',
  'approval.sign-in.chain': 'Chain id',
  'approval.sign-in.nonce': 'Single-use number',
  'approval.sign-in.issued': 'Made',
  'approval.sign-in.expires': 'Good until',
  'approval.sign-in.not-before': 'Good from',
  'approval.sign-in.resources': 'It also names',
  'approval.sign-in.matches': 'The site in the message is the one that asks.',
  'approval.locked.title': 'A site is waiting',
  'approval.locked.text': 'Unlock the wallet to see what it asks.',
  'approval.locked.action': 'Unlock',
  'approval.gone.title': 'The site has gone',
  'approval.gone.text': 'Its page was closed or has moved on. Nothing was signed.',
  'approval.phishing.title': 'This site is on a list of thieves',
  'approval.phishing.text': ({ site }: { site: string }) =>
    `${site} has been reported for stealing from wallets. Nothing has been signed.`,
  'approval.phishing.leave': 'Reject and stay safe',
  'approval.phishing.show': 'Show what it asks',

  'approval.risk.phishing-site': (_: RiskWords) => 'This site is on a list of thieves.',
  'approval.risk.phishing-site.text': ({ name }: RiskWords) => `${name} has been reported for stealing from wallets.`,
  'approval.risk.sign-in-domain': (_: RiskWords) => 'This is a sign-in to another site.',
  'approval.risk.sign-in-domain.text': ({ name }: RiskWords) =>
    `The message names ${name}, and that is not who asks. Whoever has it can sign in there as you.`,
  'approval.risk.sign-in-account': (_: RiskWords) => 'It names another account.',
  'approval.risk.sign-in-account.text': ({ name }: RiskWords) =>
    `It says ${name}. Signed with this account it is good for nothing honest.`,
  'approval.risk.sign-in-malformed': (_: RiskWords) => 'It looks like a sign-in and is none.',
  'approval.risk.sign-in-malformed.text': (_: RiskWords) =>
    'Parts are missing or wrong, so nothing in it can be checked.',
  'approval.risk.loses-more': (_: RiskWords) => 'More leaves than it says.',
  'approval.risk.loses-more.text': ({ amount }: RiskWords) =>
    `When it was tried out, ${amount} left your wallet. What is asked for is less than that, or something else.`,
  'approval.risk.order-for-nothing': (_: RiskWords) => 'You would give it away for nothing.',
  'approval.risk.order-for-nothing.text': ({ amount }: RiskWords) =>
    `${amount} leaves, and next to nothing comes back.`,
  'approval.risk.order-unreadable': (_: RiskWords) => 'Nobody can read what this offers.',
  'approval.risk.order-unreadable.text': (_: RiskWords) =>
    'Only a fingerprint is signed. All that you have offered there before can be taken by it.',
  'approval.risk.permit-unlimited': (_: RiskWords) => 'This looks like a message. It works like a cheque.',
  'approval.risk.permit-unlimited.text': ({ symbol }: RiskWords) =>
    `Whoever has it can take all of your ${symbol}, also what you add later. It costs no fee and shows up nowhere until they do.`,
  'approval.risk.permit': (_: RiskWords) => 'This looks like a message. It works like a cheque.',
  'approval.risk.permit.text': ({ amount }: RiskWords) =>
    `Whoever has it can take ${amount}. It costs no fee and shows up nowhere until they do.`,
  'approval.risk.allow-collection': (_: RiskWords) => 'It asks for all of them, for ever.',
  'approval.risk.allow-collection.text': ({ who, name }: RiskWords) =>
    `${who} could take everything of ${name}, also what you get later, without asking again.`,
  'approval.risk.allow-unlimited': (_: RiskWords) => 'It asks for all of it, for ever.',
  'approval.risk.allow-unlimited.text': ({ held }: RiskWords) =>
    `You hold ${held} now; anything you add later could be taken too, without asking again.`,
  'approval.risk.look-alike': (_: RiskWords) => 'This only looks like an address you know.',
  'approval.risk.look-alike.text': ({ name }: RiskWords) =>
    `It begins and ends like ${name}, and is another one. Somebody may have made it to be mistaken.`,
  'approval.risk.spender-is-person': (_: RiskWords) => 'The right goes to a person, not to a contract.',
  'approval.risk.spender-is-person.text': ({ who }: RiskWords) =>
    `Honest sites use contracts. Whoever holds the key of ${who} may take it on any day.`,
  'approval.risk.hash-message': (_: RiskWords) => 'Nobody can read what this stands for.',
  'approval.risk.hash-message.text': (_: RiskWords) =>
    'It is only a fingerprint. Behind it can be an order or a payment.',
  'approval.risk.transaction-message': (_: RiskWords) => 'This is built like a transaction.',
  'approval.risk.transaction-message.text': (_: RiskWords) =>
    'A message is for reading. Nobody honest asks for this one.',
  'approval.risk.wrong-chain': (_: RiskWords) => 'It is good on every network.',
  'approval.risk.wrong-chain.text': (_: RiskWords) => 'No network is named in it, so it can be used on all of them.',
  'approval.risk.foreign-contract': (_: RiskWords) => 'It is not for the contract it pretends to be for.',
  'approval.risk.foreign-contract.text': (_: RiskWords) =>
    'The words are those of Permit2, the contract is another one.',
  'approval.risk.delegated-account': (_: RiskWords) => 'Your account lets a contract act for it.',
  'approval.risk.delegated-account.text': ({ name }: RiskWords) =>
    `${name} can move what you hold. If you did not set that up, move everything to another account.`,
  'approval.risk.to-token-contract': (_: RiskWords) => 'That is the contract of a token, not a person.',
  'approval.risk.to-token-contract.text': (_: RiskWords) => 'What is sent there is lost: nobody can take it out again.',
  'approval.risk.failing': (_: RiskWords) => 'It would fail.',
  'approval.risk.failing.text': ({ name }: RiskWords) => `The fee would be paid all the same. ${name}`,
  'approval.risk.imitation': (_: RiskWords) => 'It only calls itself like a token you know.',
  'approval.risk.imitation.text': ({ name }: RiskWords) => `The contract is not that of ${name}.`,
  'approval.risk.order': (_: RiskWords) => 'Whoever takes the offer up gets it at once.',
  'approval.risk.order.text': ({ amount }: RiskWords) =>
    `${amount} can leave at any time while the offer is good, without asking again.`,
  'approval.risk.hidden-characters': (_: RiskWords) => 'It hides characters.',
  'approval.risk.hidden-characters.text': (_: RiskWords) =>
    'Some are not seen or turn the line around. They are marked here.',
  'approval.risk.sign-in-chain': (_: RiskWords) => 'It names another network.',
  'approval.risk.sign-in-chain.text': ({ chain }: RiskWords) => `The message says chain ${chain}.`,
  'approval.risk.sign-in-time': (_: RiskWords) => 'It is not good now.',
  'approval.risk.sign-in-time.text': ({ until }: RiskWords) => `The time in it is ${until}.`,
  'approval.risk.unknown-effects': (_: RiskWords) => 'We cannot tell what this changes.',
  'approval.risk.unknown-effects.text': (_: RiskWords) =>
    'It could not be tried out. Go on only if you trust the site with what you hold.',
  'approval.risk.allow-beyond': (_: RiskWords) => 'It asks for far more than you hold.',
  'approval.risk.allow-beyond.text': ({ held, amount }: RiskWords) =>
    `You hold ${held} now. Up to ${amount} could be taken, also of what you add later.`,
  'approval.risk.not-understood': (_: RiskWords) => 'We do not know what this means.',
  'approval.risk.not-understood.text': (_: RiskWords) =>
    'It follows no standard that we know. Its parts are shown below as they are.',
  'approval.risk.described-only': (_: RiskWords) => 'The words come from the contract’s makers.',
  'approval.risk.described-only.text': (_: RiskWords) =>
    'They can leave something out. What changes in your wallet counts more.',
  'approval.risk.unlisted-token': (_: RiskWords) => 'Not a token of our list.',
  'approval.risk.unlisted-token.text': ({ symbol }: RiskWords) =>
    `It calls itself ${symbol}. Anybody can choose that name.`,
  'approval.risk.insecure-site': (_: RiskWords) => 'The way to this site is not sealed.',
  'approval.risk.insecure-site.text': ({ name }: RiskWords) => `Somebody on the way can change what ${name} asks.`,
  'approval.risk.embedded': (_: RiskWords) => 'One site inside another asks.',
  'approval.risk.embedded.text': ({ name }: RiskWords) =>
    name === '' ? 'Which page it stands in cannot be told.' : `It stands in a page of ${name}.`,
  'approval.risk.expired': (_: RiskWords) => 'Its time is over.',
  'approval.risk.expired.text': ({ until }: RiskWords) => `It was good until ${until}.`,
  'approval.risk.to-self': (_: RiskWords) => 'That is the account you send from.',
  'approval.risk.to-self.text': (_: RiskWords) => 'Nothing moves, and the fee is paid.',
  'approval.risk.new-recipient': (_: RiskWords) => 'You have not sent there before.',
  'approval.risk.new-recipient.text': (_: RiskWords) => 'Compare the whole address.',
  'approval.risk.gas-unusual': (_: RiskWords) => 'The site chose an unusual amount of gas.',
  'approval.risk.gas-unusual.text': (_: RiskWords) => 'The fee can be higher than needed, or it can fail.',
  'approval.risk.nonce-chosen': (_: RiskWords) => 'The site chose its place in your account.',
  'approval.risk.nonce-chosen.text': (_: RiskWords) => 'It can take the place of another transaction that is waiting.',
  'approval.risk.for-another': (_: RiskWords) => 'What comes out goes to somebody else.',
  'approval.risk.for-another.text': ({ who }: RiskWords) => `It goes to ${who}, not to your account.`,
};
