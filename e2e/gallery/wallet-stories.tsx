import type { ReactNode } from 'react';
import { RemoveWalletSheet } from '@/components/screens/account/RemoveWalletSheet';
import { AccountScreen, type AccountScreenProps } from '@/components/screens/account/Screen';
import { AccountsSheet, type AccountsSheetProps } from '@/components/screens/accounts/Screen';
import { AddKeylessScreen } from '@/components/screens/add-keyless/Screen';
import { AddWalletScreen, UnlockFirstScreen } from '@/components/screens/add-wallet/Screen';
import { ImportKeyScreen } from '@/components/screens/import-key/Screen';
import { ImportPhraseScreen } from '@/components/screens/import-phrase/Screen';
import { BeforePhraseScreen, PhraseQuizScreen, PhraseWordsScreen } from '@/components/screens/new-phrase/Screen';
import { ProveScreen } from '@/components/screens/prove/Screen';
import { RevealScreen } from '@/components/screens/reveal/Screen';
import { walletName } from '@/components/screens/shared/wallet-words';
import { WatchAddressScreen } from '@/components/screens/watch-address/Screen';
import type { AccountView, ErrorFacts, WalletView } from '@/lib/bus/snapshot';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { Acted } from './Acted';
import { EVERYDAY, GOOGLE, LOCAL_GOOGLE, MIRA, NETWORK, nothing, SAVINGS } from './invented';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });

/** From the test vectors of BIP-39: it belongs to nobody. */
const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
const KEY = '0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';

const SUBMIT = 'button[type=submit]';

const account = (wallet: string, index: number, name: string, digit: string): AccountView => ({
  walletId: wallet.repeat(22),
  index,
  name,
  address: `0x${digit.repeat(40)}`,
  balance: { wei: `${(index + 1) * 37}0000000000000000`, asOfMs: 0 },
});

const KEYLESS: WalletView = {
  id: EVERYDAY.walletId,
  type: 'keyless',
  name: '',
  accounts: [EVERYDAY, { ...SAVINGS, avatar: 4 }],
};
/** One of its accounts was added while the network did not answer. */
const UNHEARD: WalletView = { ...KEYLESS, accounts: [EVERYDAY, { ...SAVINGS, balance: null }] };
const PHRASE: WalletView = {
  id: 'B'.repeat(22),
  type: 'phrase',
  name: '',
  accounts: [account('B', 0, 'Old phrase', '1'), account('B', 1, 'Holidays', '2')],
};
const SINGLE: WalletView = {
  id: 'C'.repeat(22),
  type: 'private-key',
  name: '',
  accounts: [account('C', 0, 'Miner', '3')],
};
const WATCHED: WalletView = {
  id: 'D'.repeat(22),
  type: 'watch',
  name: '',
  accounts: [{ ...account('D', 0, 'Mira', '4'), address: MIRA }],
};
const MANY: WalletView = {
  ...PHRASE,
  name: 'Team',
  accounts: Array.from({ length: 24 }, (_, index) =>
    account('B', index, `Account ${index + 1}`, '0123456789abcdef'[index % 16] ?? '0'),
  ),
};

const accounts: AccountsSheetProps = {
  open: true,
  wallets: [KEYLESS, PHRASE, SINGLE, WATCHED],
  selected: EVERYDAY,
  symbol: 'ETH',
  networkDown: false,
  provider: GOOGLE,
  addingTo: null,
  error: null,
  onClose: nothing,
  onSelect: nothing,
  onAdd: nothing,
  onEdit: nothing,
  onAddWallet: nothing,
};
const editing: Omit<AccountScreenProps, 'walletName'> = {
  account: SAVINGS,
  wallet: KEYLESS,
  error: null,
  onSave: nothing,
  onAvatar: nothing,
  onMove: nothing,
  onReveal: nothing,
  onRemove: nothing,
  onBack: nothing,
};
const adding = { first: false, keylessOffered: false, error: null, onChoose: nothing, onBack: nothing };
const importing = { busy: false, error: null, onImport: nothing, onBack: nothing };
const quiz = {
  questions: [{ place: 4, choices: ['sausage', 'year', 'legal', 'worth'], right: 1 }],
  busy: false,
  error: null,
  onPassed: nothing,
  onAgain: nothing,
  onBack: nothing,
};
const proving = () => ({
  title: t('reveal.phrase.title'),
  lead: t('reveal.lead'),
  text: t('reveal.text.phrase'),
  warning: t('reveal.never'),
  actionLabel: t('reveal.action'),
  passkeyLabel: t('reveal.passkey'),
  byPassword: true,
  byPasskey: false,
  busy: null,
  error: null,
  onPassword: nothing,
  onPasskey: nothing,
  onBack: nothing,
});

/** Wallets and accounts, by the name of their pictures. */
export const WALLET_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '20-accounts': () => <AccountsSheet {...accounts} />,
  '20-accounts-many': () => <AccountsSheet {...accounts} wallets={[KEYLESS, MANY]} />,
  '20-accounts-offline': () => <AccountsSheet {...accounts} networkDown wallets={[UNHEARD]} />,
  '20-accounts-error': () => <AccountsSheet {...accounts} wallets={[KEYLESS]} error={problem('locked')} />,
  '20-account': () => <AccountScreen {...editing} walletName={walletName(KEYLESS, [KEYLESS], GOOGLE)} />,
  '20-account-phrase': () => (
    <AccountScreen
      {...editing}
      account={account('B', 0, 'Old phrase', '1')}
      wallet={PHRASE}
      walletName={t('wallet.phrase')}
    />
  ),
  '20-account-remove': () => (
    <RemoveWalletSheet open type="phrase" name={t('wallet.phrase')} onRemove={nothing} onClose={nothing} />
  ),
  '20-account-remove-watched': () => (
    <RemoveWalletSheet open type="watch" name={t('wallet.watch')} onRemove={nothing} onClose={nothing} />
  ),
  '21-add-wallet': () => <AddWalletScreen {...adding} />,
  '21-add-wallet-first': () => <AddWalletScreen {...adding} first keylessOffered onBack={undefined} />,
  '21-unlock-first': () => <UnlockFirstScreen onChoose={nothing} onBack={nothing} />,
  '21-add-keyless': () => (
    <AddKeylessScreen providers={[LOCAL_GOOGLE]} error={null} onChoose={nothing} onBack={nothing} />
  ),
  '21-add-keyless-error': () => (
    <AddKeylessScreen providers={[GOOGLE]} error={problem('vault-unreachable')} onChoose={nothing} onBack={nothing} />
  ),
  '22-new-phrase': () => <BeforePhraseScreen busy={false} error={null} onMake={nothing} onBack={nothing} />,
  '22-new-phrase-words': () => <PhraseWordsScreen words={WORDS} onWritten={nothing} onBack={nothing} />,
  '22-new-phrase-quiz': () => <PhraseQuizScreen {...quiz} />,
  '22-new-phrase-quiz-wrong': () => (
    <Acted pressed="fieldset button">
      <PhraseQuizScreen {...quiz} />
    </Acted>
  ),
  '23-import-phrase': () => <ImportPhraseScreen {...importing} />,
  '23-import-phrase-typing': () => (
    <Acted typed={['legal', 'winner', 'th']}>
      <ImportPhraseScreen {...importing} />
    </Acted>
  ),
  '23-import-phrase-unknown': () => (
    <Acted typed={WORDS.with(6, 'worht')} pressed={SUBMIT}>
      <ImportPhraseScreen {...importing} />
    </Acted>
  ),
  '23-import-phrase-checksum': () => (
    <Acted typed={WORDS.with(3, 'near')} pressed={SUBMIT}>
      <ImportPhraseScreen {...importing} />
    </Acted>
  ),
  '23-import-phrase-duplicate': () => (
    <Acted typed={WORDS} pressed={SUBMIT}>
      <ImportPhraseScreen {...importing} error={problem('wallet-duplicate', { reason: 'phrase' })} />
    </Acted>
  ),
  '23-import-phrase-passphrase': () => (
    <Acted typed={WORDS} pressed="main .grid > button:last-child">
      <ImportPhraseScreen {...importing} />
    </Acted>
  ),
  '24-import-key': () => <ImportKeyScreen {...importing} />,
  '24-import-key-wrong': () => (
    <Acted typed={[KEY.slice(0, 40)]} pressed={SUBMIT}>
      <ImportKeyScreen {...importing} error={problem('bad-private-key', { reason: 'too-short' })} />
    </Acted>
  ),
  '24-watch': () => (
    <WatchAddressScreen network={NETWORK} busy={false} error={null} onWatch={nothing} onBack={nothing} />
  ),
  '24-watch-wrong': () => (
    <Acted typed={[`${MIRA}1`]} pressed={SUBMIT}>
      <WatchAddressScreen
        network={NETWORK}
        busy={false}
        error={problem('bad-address', { reason: 'format' })}
        onWatch={nothing}
        onBack={nothing}
      />
    </Acted>
  ),
  '25-reveal': () => <ProveScreen {...proving()} />,
  '25-reveal-wrong': () => <ProveScreen {...proving()} byPasskey error={problem('password-wrong')} />,
  '25-reveal-words': () => (
    <RevealScreen secret={{ type: 'phrase', words: WORDS.join(' '), passphrase: '' }} onDone={nothing} />
  ),
  '25-reveal-word': () => (
    <Acted pressed="li:nth-child(5) button">
      <RevealScreen secret={{ type: 'phrase', words: WORDS.join(' '), passphrase: '' }} onDone={nothing} />
    </Acted>
  ),
  '25-reveal-passphrase': () => (
    <RevealScreen secret={{ type: 'phrase', words: WORDS.join(' '), passphrase: 'not a word' }} onDone={nothing} />
  ),
  '25-reveal-key': () => <RevealScreen secret={{ type: 'private-key', key: KEY }} onDone={nothing} />,
};
