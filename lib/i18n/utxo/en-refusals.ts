/** Why something of Bitcoin and its relatives is refused: a sentence for each reason, at the field or in a note. */
export const refusals = {
  'bad-address.empty': 'An address is missing.',
  'bad-address.format': ({ coin }: { coin: string }) => `That is not an address of ${coin}.`,
  'bad-address.checksum': 'A character is wrong or missing. Copy the address again.',
  'bad-address.other-chain': ({ chain, coin }: { chain: string; coin: string }) =>
    `That is an address of ${chain}, and this is ${coin}. What is sent there is lost.`,
  'bad-address.test-network': 'That is an address of a network for tests, where nothing has a value.',
  'bad-address.no-segwit': ({ coin }: { coin: string }) =>
    `${coin} has no addresses of this kind. Anybody could take what is sent there. Ask for another one.`,
  'bad-address.type': 'That is a kind of address that this wallet does not send to. Ask for another one.',
  'bad-address.mweb': 'MWEB addresses are not supported. Ask for an address that begins with ltc1, L or M.',
  'bad-address.token-aware': 'That address is for tokens. Ask for one without them, which begins with bitcoincash:q.',
  'bad-address.maybe-bitcoin': 'In this old form it could be of Bitcoin. Say below which one is meant.',
  'bad-address.amount': 'The amount in this request cannot be read. Ask for it again.',
  'bad-address.uri-malformed': 'This request cannot be read: a part of it is broken. Ask for it again.',
  'bad-address.uri-twice':
    'This request says an amount, a label or a message twice: which one counts is not clear. Ask for an address alone.',
  'bad-address.uri': 'This request asks for something that this wallet does not know. Ask for an address alone.',

  'bad-amount.dust': ({ least }: { least: string }) => `The network passes on nothing below ${least}.`,
  'bad-amount.empty': 'An amount is missing.',
  'bad-amount.format': 'That is not an amount. Type a number, such as 0.05.',
  'bad-amount.zero': 'The amount has to be more than nothing.',
  'bad-amount.too-many-decimals': ({ symbol }: { symbol: string }) => `${symbol} has eight decimals at most.`,
  'bad-amount.too-large': 'So much does not exist.',
  'insufficient-funds.amount': 'That is more than you have here.',
  'insufficient-funds.fee': 'Nothing is left for the fee. Send a little less, or all of it.',
  'insufficient-funds.no-coins': 'There is nothing here to spend yet.',
  'insufficient-funds.frozen': 'It would be enough with the coins that you put aside. Allow them first.',
  'insufficient-funds.not-spendable': 'A coin that you picked cannot be spent now. Pick again.',

  'bad-fee.too-low': ({ least }: { least: string }) => `Too low: nodes pass on nothing below ${least}.`,
  'bad-fee.above-limit': ({ most }: { most: string }) => `Above ${most} it is surely a slip. Look at the number again.`,
  'bad-fee.format': 'That is not a rate. Type a number, such as 1.5.',
  'bad-fee.not-replaceable': 'This one cannot be replaced any more. It stays in line with its fee.',

  'transaction-refused.fee-too-low': 'The network wants a higher fee now. Nothing was sent.',
  'transaction-refused.inputs-spent': 'One of the coins is spent already. Look at the history, then try again.',
  'transaction-refused.dust': 'The network finds one of the amounts too small. Nothing was sent.',
  'transaction-refused.already-known': 'The network has this transaction already. It is not paid twice.',
  'transaction-refused.other': 'The network did not take it. Nothing was sent.',

  'bad-server.empty': 'The address of a server is missing.',
  'bad-server.format': 'That is not an address of a server. It begins with https:// or wss:// and holds no password.',
  'bad-server.insecure':
    'Anybody on the way could read and change that. Use https:// or wss://, or a server on this machine.',
  'bad-server.out-of-reach': 'This build of Halfkey reaches servers on this machine only.',
  'bad-server.permission': 'The browser was not allowed to reach that host. Nothing was saved.',
  'bad-server.silent': 'Nobody answers there. Look at the address, or try again later.',
  'bad-server.answer': 'Something answers there, but it is no server of this kind.',
  'bad-server.kind': 'A server of this kind does not know this currency.',
  'bad-server.none': 'Pick a server first.',
  'bad-server.other-coin': ({ coin }: { coin: string }) => `That server is for another currency, not for ${coin}.`,
  'bad-server.other-fork': ({ coin }: { coin: string }) =>
    `That server follows another chain with the same beginning, not ${coin}.`,
  'bad-server.behind': 'That server is still reading the chain. Try again once it is done.',

  'server-lies.wrong-txid': 'It handed over another transaction than the one it was asked for.',
  'server-lies.wrong-amount': 'It says another amount than the transaction holds.',
  'server-lies.wrong-script': 'It calls something yours that goes to somebody else.',
  'server-lies.no-such-output': 'It names a coin that its transaction does not have.',
  'server-lies.malformed-transaction': 'It handed over a transaction that cannot be read.',
  'server-lies.wrong-coinbase': 'It calls something mined a payment, or the other way round.',
  'server-lies.other-txid':
    'It took the transaction, and calls it by another name. Look at the history before you pay again.',
  'server-lies.future-height': 'It names a block that the chain does not have yet.',
  'server-lies.duplicate': 'It names the same coin twice.',
  'server-lies.endless': 'It calls every address used.',
  'server-lies.foreign-address': 'It calls an address yours that is not of this account.',
  'server-lies.foreign-transaction': 'It lists a transaction in which nothing of this account has part.',
  'server-lies.no-descriptors':
    'It does not take keys of accounts. Update it, or pick it again without “This server is mine”.',
  'server-lies.refusal': 'It refused a question that every server of this kind answers.',
  'server-lies.answer': 'Its answer cannot be read.',

  'bad-labels.malformed': ({ line }: { line: number }) =>
    `Line ${line} is no label as BIP-329 writes them. Ask the other wallet for a JSONL file.`,
  'bad-labels.too-large': 'The file is too large. Split it, and take the parts over one after the other.',
  'bad-labels.too-many': 'The file has more than 10,000 lines. Split it, and take the parts over one after the other.',

  'bad-psbt.no-psbt': ({ coin }: { coin: string }) => `Transactions of ${coin} do not travel this way.`,
  'bad-psbt.malformed': 'That is not such a transaction, or a part of it is missing.',
  'bad-psbt.foreign-input': 'It also spends what is not in this account. Choose the account that it is for.',
  'bad-psbt.not-spendable': 'It spends a coin that you put aside, or one that cannot be spent now.',
  'bad-psbt.wrong-amount': 'It says another amount than the coin holds. That would hide a fee.',
  'bad-psbt.hash-type': 'It asks for a signature that leaves others free to change the payment.',
  'bad-psbt.overspent': 'More comes out than goes in.',
  'bad-psbt.fee-above-limit': 'What is left for the fee is far above any sane one. Ask whoever made it what was meant.',
  'bad-psbt.too-large': 'The file is too large for such a transaction.',

  'bad-text.empty': 'Type the message first.',
  'bad-text.too-long': 'The message is too long.',
  'bad-text.taproot': 'Taproot addresses cannot sign messages here.',
  'bad-text.not-own': 'Choose an address of this account.',

  'bad-account.previous-unused':
    'The last account of this kind is not used yet. Use that one first: an empty one after it would not be found again.',
  'bad-account.type': 'This currency has no accounts of this kind.',
  'bad-account.device': 'Connect the device to add an account of it.',
  'bad-account.in-use': 'A payment is still waiting. Try again once a block has it.',
  'already-mined': 'A block has it already. There is nothing to speed up.',
};
