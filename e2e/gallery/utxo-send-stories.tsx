import type { ReactNode } from 'react';
import { ChooseAddressSheet, type MessageDraft, MessageScreen } from '@/components/screens/utxo/message/Screen';
import { PsbtScreen, PsbtSignedScreen } from '@/components/screens/utxo/psbt/Screen';
import { RateSheet } from '@/components/screens/utxo/send/FeePart';
import { PickCoinsScreen } from '@/components/screens/utxo/send/PickCoins';
import { CoinReviewSheet } from '@/components/screens/utxo/send/Review';
import { CoinSendScreen, type CoinSendScreenProps, type RecipientFacts } from '@/components/screens/utxo/send/Screen';
import { CoinSentScreen } from '@/components/screens/utxo/send/Sent';
import { UtxoSheet } from '@/components/screens/utxo/utxos/Screen';
import { addressProblem, amountProblem, feeProblem, fundsProblem, psbtProblem } from '@/components/screens/utxo/words';
import { XpubScreen } from '@/components/screens/utxo/xpub/Screen';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { nothing } from './invented';
import { BITCOIN, DRAFT, FEES, FILLED, OTHERS, OWN, OWN_CHANGE, QUOTE, THEIRS, UTXOS, utxo } from './utxo-invented';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });

const plain: RecipientFacts = {
  address: null,
  says: null,
  toError: undefined,
  amountError: undefined,
  asksLegacy: false,
};
const sending: CoinSendScreenProps = {
  coin: BITCOIN,
  spendable: '5043210',
  draft: DRAFT,
  facts: [plain],
  picked: null,
  fees: FEES,
  feeError: undefined,
  coinsError: undefined,
  problem: null,
  quote: null,
  checking: false,
  onDraft: nothing,
  onLeave: nothing,
  onLegacyMeant: nothing,
  onPickCoins: nothing,
  onScan: nothing,
  onReview: nothing,
  onBack: nothing,
};
const filled: CoinSendScreenProps = { ...sending, draft: FILLED, facts: [{ ...plain, address: THEIRS }], quote: QUOTE };
const withRecipients = (...recipients: (typeof FILLED)['recipients']) => ({ ...FILLED, recipients });
const several = withRecipients(
  { to: THEIRS, amount: '0.0025', everything: false },
  { to: OTHERS, amount: '0.001', everything: false },
);
const toCash: CoinSendScreenProps = {
  ...sending,
  coin: { coin: 'bch', name: 'Bitcoin Cash', symbol: 'BCH' },
  draft: { ...DRAFT, coin: 'bch', recipients: [{ to: OTHERS, amount: '', everything: false }] },
};

const review = {
  quote: QUOTE,
  symbol: 'BTC',
  title: '',
  action: '',
  sending: false,
  error: null,
  onConfirm: nothing,
  onSaveUnsigned: nothing,
  onClose: nothing,
};
const reviewed = (quote: UtxoQuote, more: { readonly error?: ErrorFacts } = {}) => (
  <>
    <CoinSendScreen {...filled} />
    <CoinReviewSheet
      {...review}
      {...more}
      quote={quote}
      title={t('send.review.title', { amount: '0.0025 BTC' })}
      action={t('send.action', { amount: '0.0025 BTC' })}
    />
  </>
);

const MESSAGE: MessageDraft = { mode: 'sign', address: '', message: '', signature: '' };
const WRITTEN: MessageDraft = { ...MESSAGE, address: OWN, message: 'I live at this address.' };
/** Invented. */
const SIGNATURE = 'KLIHbLJMAXEsZCLT0NBOKgZ6Wqx3+1ehvqJ0hBBmGjMrc2+ksYhSBDmBVT0qRnoN8gkBoAQ5xUCpBOHxN1kUlrc=';
const message = {
  draft: MESSAGE,
  taproot: false,
  watchOnly: false,
  errors: {},
  problem: null,
  busy: false,
  signed: null,
  valid: null,
  onDraft: nothing,
  onChoose: nothing,
  onSign: nothing,
  onVerify: nothing,
  onCopy: nothing,
  onBack: nothing,
};
const checking = (valid: boolean) => (
  <MessageScreen {...message} draft={{ ...WRITTEN, mode: 'verify', signature: SIGNATURE }} valid={valid} />
);

const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const xpub = {
  accountName: 'Account 1, Native SegWit',
  facts: null,
  asking: false,
  error: null,
  onShow: nothing,
  onCopy: nothing,
  onBack: nothing,
};

/** The beginning of one; nothing reads it. */
const PSBT = 'cHNidP8BAHECAAAAAbMMGmUMq8dXqA5S'.repeat(6);
const psbt = {
  text: '',
  error: undefined,
  problem: null,
  looking: false,
  onText: nothing,
  onFile: nothing,
  onLook: nothing,
  onBack: nothing,
};
const signed = {
  psbt: PSBT,
  sending: false,
  error: null,
  onSave: nothing,
  onCopy: nothing,
  onSend: nothing,
  onDone: nothing,
};

export const UTXO_SEND_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '41-send': () => <CoinSendScreen {...filled} />,
  '41-send-empty': () => <CoinSendScreen {...sending} spendable={null} fees={null} />,
  '41-send-several': () => (
    <CoinSendScreen
      {...filled}
      draft={several}
      facts={[plain, { ...plain, amountError: amountProblem({ reason: 'dust' }, 'btc') }]}
      picked={{ count: 2, amount: '5043210' }}
      quote={null}
    />
  ),
  '41-send-request': () => (
    <CoinSendScreen {...filled} facts={[{ ...plain, address: THEIRS, says: 'Donation to the library' }]} />
  ),
  '41-send-refused': () => (
    <CoinSendScreen
      {...sending}
      draft={withRecipients({ to: `${THEIRS}x`, amount: '0.0000001', everything: false })}
      facts={[
        {
          ...plain,
          toError: addressProblem({ reason: 'checksum' }, 'btc'),
          amountError: amountProblem({ reason: 'dust' }, 'btc'),
        },
      ]}
      feeError={feeProblem({ reason: 'above-limit' }, FEES)}
    />
  ),
  '41-send-legacy': () => (
    <CoinSendScreen
      {...toCash}
      facts={[{ ...plain, toError: addressProblem({ reason: 'maybe-bitcoin' }, 'bch'), asksLegacy: true }]}
    />
  ),
  '41-send-frozen': () => (
    <CoinSendScreen {...filled} quote={null} facts={[{ ...plain, amountError: fundsProblem({ reason: 'frozen' }) }]} />
  ),
  '41-send-held': () => (
    <CoinSendScreen
      {...filled}
      quote={null}
      draft={several}
      facts={[plain, plain]}
      coinsError={fundsProblem({ reason: 'no-coins' })}
    />
  ),
  '41-send-everything': () => (
    <CoinSendScreen
      {...filled}
      draft={withRecipients({ to: THEIRS, amount: '', everything: true })}
      quote={{ ...QUOTE, change: [], surplus: '112' }}
    />
  ),
  '41-send-own-rate': () => <CoinSendScreen {...filled} draft={{ ...FILLED, fee: { satPerVb: '3.2' } }} />,
  '41-send-rate': () => (
    <>
      <CoinSendScreen {...filled} />
      <RateSheet
        fee={{ satPerVb: '0.2' }}
        fees={FEES}
        feeError={feeProblem({ reason: 'too-low' }, FEES)}
        onFee={nothing}
        onClose={nothing}
      />
    </>
  ),
  '41-send-fees-unknown': () => (
    <CoinSendScreen {...sending} fees={{ ...FEES, levels: { slow: null, normal: null, fast: null } }} />
  ),
  '41-send-offline': () => <CoinSendScreen {...filled} quote={null} problem={problem('chain-unreachable')} />,
  '41-send-coins': () => (
    <PickCoinsScreen
      symbol="BTC"
      utxos={UTXOS}
      picked={[UTXOS[0]?.outpoint ?? '']}
      onPicked={nothing}
      onBack={nothing}
    />
  ),
  '41-send-coins-loading': () => (
    <PickCoinsScreen symbol="BTC" utxos={null} picked={null} onPicked={nothing} onBack={nothing} />
  ),
  '41-send-coins-empty': () => (
    <PickCoinsScreen symbol="BTC" utxos={[]} picked={null} onPicked={nothing} onBack={nothing} />
  ),
  '41-send-review': () => reviewed(QUOTE),
  '41-send-review-several': () =>
    reviewed({
      ...QUOTE,
      recipients: [
        { address: THEIRS, amount: '10000', isOwn: false },
        { address: OWN_CHANGE, amount: '2000', isOwn: true },
        { address: null, amount: '0', isOwn: false },
      ],
      total: '10740',
      fee: '2740',
    }),
  '41-send-review-device': () =>
    reviewed({
      ...QUOTE,
      onDevice: true,
      inputs: Array.from({ length: 24 }, (_, at) => ({ ...utxo('1', '1000'), outpoint: `${'1'.repeat(64)}:${at}` })),
    }),
  '41-send-review-refused': () =>
    reviewed(QUOTE, { error: problem('transaction-refused', { reason: 'inputs-spent' }) }),
  '41-sent': () => <CoinSentScreen symbol="BTC" amount="0.0025 BTC" txid={'b'.repeat(64)} onDone={nothing} />,
  '41-utxo': () => (
    <UtxoSheet
      utxo={utxo('2', '1500000', { label: 'Gift for Mira', hold: 'frozen', isFrozen: true })}
      symbol="BTC"
      label="Gift for Mira"
      error={null}
      onLabel={nothing}
      onSave={nothing}
      onFreeze={nothing}
      onClose={nothing}
    />
  ),
  '41-utxo-token': () => (
    <UtxoSheet
      utxo={utxo('6', '1000', { hold: 'token' })}
      symbol="BCH"
      label=""
      error={problem('storage-failed')}
      onLabel={nothing}
      onSave={nothing}
      onFreeze={nothing}
      onClose={nothing}
    />
  ),
  '42-message': () => <MessageScreen {...message} />,
  '42-message-signed': () => <MessageScreen {...message} draft={WRITTEN} signed={SIGNATURE} />,
  '42-message-taproot': () => <MessageScreen {...message} taproot />,
  '42-message-refused': () => (
    <MessageScreen
      {...message}
      draft={{ ...MESSAGE, mode: 'verify', address: OTHERS }}
      errors={{ address: addressProblem({ reason: 'other-chain', party: 'Litecoin' }, 'btc') }}
    />
  ),
  '42-message-good': () => checking(true),
  '42-message-bad': () => checking(false),
  '42-message-addresses': () => (
    <>
      <MessageScreen {...message} />
      <ChooseAddressSheet
        addresses={[
          { address: OWN, path: "m/84'/0'/0'/0/0", label: '' },
          { address: OWN_CHANGE, path: "m/84'/0'/0'/0/1", label: 'Rent, May' },
        ]}
        onAddress={nothing}
        onClose={nothing}
      />
    </>
  ),
  '42-xpub': () => <XpubScreen {...xpub} />,
  '42-xpub-shown': () => (
    <XpubScreen {...xpub} facts={{ xpub: ZPUB, descriptor: `wpkh(${ZPUB}/<0;1>/*)`, path: "m/84'/0'/0'" }} />
  ),
  '42-xpub-failed': () => <XpubScreen {...xpub} error={problem('locked')} />,
  '42-psbt': () => <PsbtScreen {...psbt} />,
  '42-psbt-refused': () => <PsbtScreen {...psbt} text={PSBT} error={psbtProblem({ reason: 'foreign-input' }, 'btc')} />,
  '42-psbt-review': () => (
    <>
      <PsbtScreen {...psbt} text={PSBT} />
      <CoinReviewSheet
        {...review}
        quote={{ ...QUOTE, kind: 'psbt' }}
        title={u('psbt.review')}
        action={u('psbt.sign')}
        onSaveUnsigned={null}
      />
    </>
  ),
  '42-psbt-signed': () => <PsbtSignedScreen {...signed} />,
  '42-psbt-signed-offline': () => <PsbtSignedScreen {...signed} error={problem('chain-unreachable')} />,
};
